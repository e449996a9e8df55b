import { CONSOLE, ENGLISH_DOCS, SERVICE_DOCS, SUBSCRIPTION_DOCS, text, type HelpArticle } from './article';

export const START_ARTICLES: readonly HelpArticle[] = [
  {
    id: 'which-account',
    group: 'start',
    question: text('该注册哪一种公众号？', 'Which kind of account should I register?'),
    answer: [
      text(
        '如果要和客户一对一沟通、发通知、做菜单和带参数的二维码，建议注册内地主体的服务号，并完成微信认证。这种账号开放的功能最多。',
        'If you want to answer customers, send notices, and use menus and parametric QR codes, register a service account of a mainland entity and get it verified. It opens the most.',
      ),
      text(
        '订阅号适合经常发文章：每天可以群发一次，但消息折叠在“订阅号消息”里，也没有推送提醒；模板消息、带参数二维码和网页授权都不开放。',
        'A subscription account suits frequent articles: one broadcast a day, but folded into one list and without a push alert. Template messages, parametric QR codes and web authorization stay closed.',
      ),
      text(
        '注册后账号类型不能随意更改，请先想好。',
        'The kind cannot simply be changed later, so decide first.',
      ),
    ],
    links: [CONSOLE, SERVICE_DOCS, SUBSCRIPTION_DOCS],
    keywords: '服务号 订阅号 区别 推荐 service subscription difference recommended',
  },
  {
    id: 'personal-account',
    group: 'start',
    question: text('可以用个人微信号吗？', 'Can I use my personal WeChat account?'),
    answer: [
      text(
        '不可以。个人微信号没有对外的接口，只有公众号（服务号、订阅号）可以接入。请不要把个人微信交给任何“代管”工具：那违反微信的规定，可能被封号。',
        'No. Personal accounts have no interface for programs; only Official Accounts (service and subscription accounts) have. Do not hand a personal account to a tool that claims otherwise: it breaks WeChat’s rules and may cost you the account.',
      ),
      text(
        '个人主体的订阅号可以手动连接，但没有认证，只能收消息和自动回复。',
        'A subscription account of a private person can be connected manually, but is unverified: it can receive and reply automatically, no more.',
      ),
    ],
    links: [CONSOLE],
    keywords: '私人 私号 personal private',
  },
  {
    id: 'enterprise-account',
    group: 'start',
    question: text('企业微信（企业号）可以连接吗？', 'Can I connect WeCom or an enterprise account?'),
    answer: [
      text(
        '不可以。企业号已升级为企业微信，它有自己的后台和接口，不是公众号。请在企业微信的管理后台使用“微信客服”等功能。',
        'No. Enterprise accounts became WeCom, which has its own console and interface and is not an Official Account. Use WeCom’s own console, for example its WeChat customer service.',
      ),
      text(
        '小程序也不是公众号。如果授权时选中了小程序，OA Desk 会拒绝并请您改选公众号。',
        'A mini program is not an Official Account either. If one is chosen while authorizing, OA Desk refuses it and asks for an Official Account.',
      ),
    ],
    links: [
      { label: text('企业微信管理后台', 'WeCom console'), url: 'https://work.weixin.qq.com/' },
      CONSOLE,
    ],
    keywords: '企业号 企微 wecom wework 小程序 mini program',
  },
  {
    id: 'find-qr',
    group: 'start',
    question: text('在哪里下载公众号的二维码？', 'Where do I get the QR code of my account?'),
    answer: [
      text(
        '官方二维码在公众平台后台下载，有多种尺寸，可以直接打印。',
        'The official QR code is in WeChat’s console, in several sizes, ready to print.',
      ),
    ],
    steps: [
      text('登录 mp.weixin.qq.com。', 'Log in at mp.weixin.qq.com.'),
      text(
        '打开“设置与开发”里的“账号设置”（或“公众号设置”）。',
        'Open “设置与开发” (settings and development), then “账号设置” (account settings).',
      ),
      text(
        '在“账号详情”里点“二维码”旁的“下载”，选择尺寸。',
        'Under “账号详情” (details) choose “下载” (download) next to the QR code and pick a size.',
      ),
    ],
    links: [CONSOLE],
    keywords: '打印 海报 print poster download',
  },
  {
    id: 'be-found',
    group: 'start',
    question: text('怎样让客户搜到我的公众号？', 'How do customers find my account by searching?'),
    answer: [
      text(
        '微信搜索主要看名称和简介。名称里写上店名和行业，简介里写上城市、主营商品和客户会搜的词；通过认证的账号更容易被信任。',
        'WeChat’s search looks at the name and the description. Put shop and trade into the name, and town, goods and the words that customers use into the description. A verified account is trusted more.',
      ),
      text(
        '把二维码放在收银台、包装和朋友圈里，比等别人搜索更快。',
        'A QR code at the till, on wrappings and in Moments works faster than being searched for.',
      ),
    ],
    links: [CONSOLE],
    keywords: '搜索 名称 简介 关键词 search name description',
  },
  {
    id: 'english-docs',
    group: 'start',
    question: text('英文文档可以参考吗？', 'Can I rely on the English documentation?'),
    answer: [
      text(
        '英文文档缺少很多页面，也更新得慢。OA Desk 的每条帮助和错误说明都附上中文官方页面；两者不一致时以中文为准。',
        'It lacks many pages and is updated late. Every help text and error card of OA Desk also links the Chinese page; where they differ, the Chinese one holds.',
      ),
    ],
    links: [SERVICE_DOCS, SUBSCRIPTION_DOCS, ENGLISH_DOCS],
    keywords: 'english documentation 翻译',
  },
];
