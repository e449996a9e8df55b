import { CONSOLE, SERVICE_DOCS, text, type HelpArticle } from './article';

export const VERIFY_ARTICLES: readonly HelpArticle[] = [
  {
    id: 'verification',
    group: 'verify',
    question: text('微信认证是什么，为什么需要？', 'What is WeChat verification, and why do I need it?'),
    answer: [
      text(
        '微信认证确认账号背后的企业或机构。客服消息、粉丝列表、标签、菜单、群发等接口都只开放给认证账号；没有认证的账号只能收消息和被动回复。',
        'It confirms the company or organisation behind an account. Customer-service messages, the list of followers, tags, menus and broadcasts are open to verified accounts only; others can receive and reply automatically.',
      ),
      text(
        '认证分两步：先审资质，再审名称。资质通过后接口就开放了，不必等名称通过。',
        'It has two parts: qualification first, then the name. The interface opens as soon as the qualification part has passed, even while the name is pending.',
      ),
      text(
        '新浪微博或腾讯微博的认证不是微信认证，不会开放接口。',
        'A verification by Sina Weibo or Tencent Weibo is not WeChat verification and opens nothing.',
      ),
    ],
    steps: [
      text('用管理员身份登录 mp.weixin.qq.com。', 'Log in at mp.weixin.qq.com as the administrator.'),
      text(
        '打开“设置与开发”里的“微信认证”，点“开通”。',
        'Open “设置与开发”, then “微信认证” (verification), and choose “开通” (apply).',
      ),
      text(
        '按提示提交营业执照等材料并缴费。',
        'Hand in the business licence and what else is asked for, and pay the fee.',
      ),
      text(
        '通过后回到 OA Desk，重新授权或点“重新连接”，新功能随即出现。',
        'Once it has passed, authorize again in OA Desk or choose “Reconnect”; what is new then appears.',
      ),
    ],
    links: [CONSOLE, SERVICE_DOCS],
    keywords: '资质 名称 微博 48001 qualification naming weibo',
  },
  {
    id: 'verification-fee',
    group: 'verify',
    question: text('公众号和认证要花钱吗？', 'What do an account and its verification cost?'),
    answer: [
      text(
        '注册公众号是免费的。微信认证按年收取审核服务费，审核没有通过也不退；具体金额以缴费页面为准。',
        'Registering an account is free. Verification costs a yearly review fee, which is not returned when the review fails. The page where you pay names the amount.',
      ),
      text('OA Desk 本身不收费。', 'OA Desk itself costs nothing.'),
    ],
    links: [CONSOLE],
    keywords: '价格 费用 年费 price fee cost yearly',
  },
  {
    id: 'verification-expiry',
    group: 'verify',
    question: text('认证到期会怎样？', 'What happens when the verification expires?'),
    answer: [
      text(
        '认证每年要年审。到期后账号回到未认证的权限：客服消息、粉丝、标签等调用会失败（48001 或 61016）。',
        'It has to be renewed every year. Afterwards the account has the rights of an unverified one again: messages, followers and tags fail with 48001 or 61016.',
      ),
      text(
        '微信会在到期前发来年审提醒，OA Desk 收到后就在公众号列表和体检里提示，不会等到调用失败。',
        'WeChat announces the renewal in advance. OA Desk then shows it in the list of accounts and in the connection check, before anything fails.',
      ),
    ],
    links: [CONSOLE],
    keywords: '年审 续费 过期 61016 48001 renew annual expired',
  },
  {
    id: 'verification-foreign',
    group: 'verify',
    question: text('境外公司怎样认证？', 'How does a foreign company get verified?'),
    answer: [
      text(
        '境外主体（例如台湾、香港或其他国家和地区的公司）由微信委托的第三方审核机构审核，需要当地的公司注册文件，审核人员可能打电话核实。时间比内地主体长，请提前准备。',
        'Entities outside the mainland, for example a company in Taiwan, are reviewed by a third party on WeChat’s behalf. They need their local registration documents, and the reviewer may call. It takes longer than for a mainland company, so begin early.',
      ),
    ],
    steps: [
      text(
        '准备公司注册证明、申请公函和运营者的身份证件。',
        'Prepare the company’s registration, the application letter and the operator’s identity document.',
      ),
      text(
        '在“微信认证”里选择对应的国家或地区，提交材料。',
        'Choose the country or region under “微信认证” and hand them in.',
      ),
      text('接听审核机构的电话，按要求补充材料。', 'Take the reviewer’s call and add what is asked for.'),
    ],
    links: [CONSOLE],
    keywords: '台湾 香港 海外 境外 taiwan hong kong third party reviewer foreign',
  },
  {
    id: 'unverified-30-days',
    group: 'verify',
    question: text('一直不认证可以吗？', 'Can an account stay unverified?'),
    answer: [
      text(
        '内地账号可以，只是功能很少。境外账号请尽快认证：据其他服务商的经验，30 天内没有完成认证的会被注销。',
        'A mainland account can, with few functions. Get an overseas account verified soon: by the experience of other providers, those not verified within 30 days are cancelled.',
      ),
      text(
        '未认证的账号不能扫码授权，但可以手动连接，作为“仅自动回复”使用。',
        'An unverified account cannot be authorized by scanning. It can be connected manually, and then replies automatically only.',
      ),
    ],
    links: [CONSOLE],
    keywords: '注销 未认证 cancelled unverified',
  },
];
