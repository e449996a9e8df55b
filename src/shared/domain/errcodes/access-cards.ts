/** The refusals that a shop meets while connecting an account: credentials, addresses, permissions, limits. */
import { fullCard } from './card';
import { GLOBAL_CODES_PAGE, KF_MESSAGES_PAGE, MEDIA_PAGE, TOKEN_PAGE } from './links';

const ANY_CALL = ['调用任何微信接口时', 'On any call to WeChat'] as const;
const TOKEN_CALL = ['获取访问令牌时', 'When asking for an access token'] as const;

export const ACCESS_CARDS = [
  fullCard({
    errcode: -1,
    errmsg: 'system error',
    meaning: ['微信繁忙', 'WeChat is busy'],
    cause: ['微信的服务器暂时处理不过来', 'WeChat’s servers cannot keep up for the moment'],
    trigger: ANY_CALL,
    why: ['微信在高峰时会拒绝部分请求', 'WeChat turns some requests away at peak times'],
    checklist: [
      ['读取数据会自动重试，稍等即可', 'Reading is retried by itself; just wait'],
      [
        '发送的消息不会自动重发，请确认对方没有收到再重新发送',
        'Messages are not sent again by themselves; make sure that they did not arrive before you resend',
      ],
    ],
    actions: ['retry'],
    retry: 'later',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 40001,
    errmsg:
      'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
    meaning: ['访问令牌失效，或 AppSecret 不对', 'The access token is dead, or the AppSecret is wrong'],
    cause: [
      '令牌过期，或被另一个使用同一 AppSecret 的系统换掉了；在获取令牌时出现则说明 AppSecret 不对',
      'The token expired, or another system with the same AppSecret replaced it; while asking for a token it means a wrong AppSecret',
    ],
    trigger: ANY_CALL,
    why: [
      '令牌有效期最长 2 小时，旧方式每取一次新的，之前的就会作废',
      'Tokens live two hours at most, and with the classic method each new one ends the one before',
    ],
    checklist: [
      ['程序会刷新令牌并重试一次', 'The app refreshes the token and tries once more'],
      [
        '如果反复出现，请查找还有哪个系统在用同一个 AppSecret，并让它改用稳定版令牌',
        'If it repeats, find the other system that uses this AppSecret and let it use stable tokens',
      ],
      ['在绑定账号时出现，请重新粘贴 AppSecret', 'While binding an account, paste the AppSecret again'],
    ],
    actions: ['refresh-token-and-retry', 'check-secret'],
    retry: 'after-token',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 40013,
    errmsg: 'invalid appid',
    meaning: ['AppID 不对', 'The AppID is not valid'],
    cause: [
      'AppID 抄错了，或者填成了小程序等其他账号的',
      'It was mistyped, or belongs to something else such as a mini program',
    ],
    trigger: TOKEN_CALL,
    why: ['微信用 AppID 识别公众号', 'WeChat tells accounts apart by their AppID'],
    checklist: [
      [
        '从公众平台“基本配置”复制 AppID，以 wx 开头共 18 位',
        'Copy the AppID from 基本配置 at mp.weixin.qq.com: “wx” and 16 more characters',
      ],
      ['不要填原始 ID（gh_ 开头）或微信号', 'Do not use the original id (gh_…) or the WeChat ID'],
    ],
    actions: ['check-appid', 'open-mp'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 40125,
    errmsg: 'invalid appsecret',
    meaning: ['AppSecret 不对', 'The AppSecret is wrong'],
    cause: [
      'AppSecret 抄错了，或者已在公众平台重置，旧的立即失效',
      'It was mistyped, or was reset at mp.weixin.qq.com, which ends the old one at once',
    ],
    trigger: TOKEN_CALL,
    why: ['AppSecret 相当于公众号的接口密码', 'The AppSecret is the account’s password for the API'],
    checklist: [
      [
        '重新粘贴最新的 AppSecret，共 32 位，不带空格',
        'Paste the newest AppSecret: 32 characters, no spaces',
      ],
      [
        '忘记了只能由管理员在公众平台重置，其他使用它的系统也要一起更新',
        'If it is lost the administrator must reset it, and every other system that uses it needs the new one',
      ],
    ],
    actions: ['check-secret', 'open-mp'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 40164,
    errmsg: 'invalid ip, not in whitelist',
    meaning: ['IP 不在白名单', 'The address is not on the whitelist'],
    cause: [
      '获取令牌的请求来自 {ip}，公众平台的 IP 白名单里没有它',
      'The request for a token came from {ip}, which is not on the account’s IP whitelist',
    ],
    trigger: TOKEN_CALL,
    why: ['即使 AppSecret 泄露，别处也拿不到令牌', 'Even a leaked AppSecret is then useless elsewhere'],
    checklist: [
      ['复制地址 {ip}', 'Copy the address {ip}'],
      [
        '由管理员加到公众平台“设置与开发 → 基本配置 → IP 白名单”',
        'Let the administrator add it under 基本配置 → IP白名单 at mp.weixin.qq.com',
      ],
      [
        '几分钟后再试；使用中继时，加中继的固定地址',
        'Try again after a few minutes; with a relay, add its fixed address',
      ],
    ],
    actions: ['copy-ip', 'open-mp', 'retry'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 40243,
    errmsg: 'AppSecret已被冻结',
    meaning: ['AppSecret 已被冻结', 'The AppSecret is frozen'],
    cause: ['管理员在开发者平台冻结了 AppSecret', 'The administrator froze it in the developers’ console'],
    trigger: TOKEN_CALL,
    why: [
      '冻结可以防止泄露的 AppSecret 被使用；第三方平台授权不受影响',
      'Freezing stops a leaked secret from being used; authorisations to third-party platforms go on',
    ],
    checklist: [
      [
        '请管理员在开发者平台解冻 AppSecret',
        'Ask the administrator to unfreeze it in the developers’ console',
      ],
      ['如果是因为泄露，请重置后再填新的', 'If it had leaked, reset it and enter the new one'],
    ],
    actions: ['ask-admin', 'open-mp', 'check-secret'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 45009,
    errmsg: 'reach max api daily quota limit',
    meaning: ['今天的调用次数用完了', 'Today’s quota is used up'],
    cause: [
      '这个接口今天的调用已达上限，所有使用这个公众号的系统共用同一份额度',
      'This interface has reached its daily limit, which all systems of the account share',
    ],
    trigger: ANY_CALL,
    why: [
      '微信按账号限制每天的调用，防止程序出错时压垮服务器',
      'WeChat limits the calls of each account per day, so that a faulty program cannot swamp it',
    ],
    checklist: [
      ['北京时间次日零点恢复', 'It is restored at midnight, Beijing time'],
      ['急用可以清零，每月最多 10 次', 'In urgent cases reset it; ten times a month at most'],
      ['查找是哪个系统在大量调用', 'Find out which system makes so many calls'],
    ],
    actions: ['wait-until-tomorrow', 'clear-quota'],
    retry: 'later',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 45011,
    errmsg: 'api minute-quota reach limit, must slower, retry next minute',
    meaning: ['调用太快', 'Too many calls in one minute'],
    cause: ['一分钟内的调用次数超过上限', 'The limit of calls per minute has been reached'],
    trigger: ANY_CALL,
    why: ['微信限制每分钟的调用，平滑流量', 'WeChat limits calls per minute to even out its load'],
    checklist: [
      ['等一分钟，程序会放慢并自动继续', 'Wait a minute; the app slows down and goes on by itself'],
    ],
    actions: ['wait-a-minute'],
    retry: 'later',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 48001,
    errmsg: 'api unauthorized',
    meaning: ['这个公众号没有此接口的权限', 'The account may not use this interface'],
    cause: [
      '账号类型不支持、没有微信认证或认证已过期，或者授权时没有勾选对应的权限集',
      'Its kind does not support it, it is not verified or the verification has expired, or the permission set was not granted',
    ],
    trigger: [
      '使用客服消息、菜单、模板等高级功能时',
      'When using customer-service messages, menus, templates and the like',
    ],
    why: [
      '微信只向认证过身份的企业和组织开放这些接口，其中一部分仅限服务号',
      'WeChat opens these interfaces to verified organisations, some of them to service accounts only',
    ],
    checklist: [
      [
        '核对账号类型：模板、带参二维码等只有服务号可用',
        'Check the kind: templates, parametric QR codes and more are for service accounts',
      ],
      [
        '核对微信认证是否有效，每年需要年审',
        'Check that the verification is valid; it is renewed every year',
      ],
      [
        '扫码授权的账号：核对权限集，缺少时重新授权',
        'For accounts bound by scanning: check the permission sets and authorise again if one is missing',
      ],
    ],
    actions: ['check-account-type', 'check-verification', 're-authorise'],
    retry: 'after-fix',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 48004,
    errmsg: 'api forbidden for irregularities, view detail on mp.weixin.qq.com',
    meaning: ['接口因违规被封禁', 'The interface is blocked because of a breach'],
    cause: [
      '微信判定账号违反平台规则，停用了这个接口',
      'WeChat found a breach of its rules and blocked this interface',
    ],
    trigger: ANY_CALL,
    why: ['封禁接口是微信的一种处罚', 'Blocking interfaces is one of WeChat’s penalties'],
    checklist: [
      ['登录微信公众平台查看处罚详情和期限', 'Log in to mp.weixin.qq.com and read the reason and term'],
      ['按要求整改或申诉', 'Correct the matter or appeal'],
    ],
    actions: ['open-mp'],
    retry: 'after-fix',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 50002,
    errmsg: 'user limited',
    meaning: ['账号受限', 'The account is restricted'],
    cause: [
      '公众号或用户被冻结、注销，或违规后受限',
      'The account or the user is frozen, cancelled or restricted after a breach',
    ],
    trigger: ANY_CALL,
    why: ['受限的账号不能使用接口', 'Restricted accounts may not use the API'],
    checklist: [
      ['登录微信公众平台查看账号状态和通知', 'Log in to mp.weixin.qq.com and look at the status and notices'],
      [
        '只影响个别粉丝时，是对方的账号受限，无需处理',
        'If only one follower is affected, it is their account; nothing to do',
      ],
    ],
    actions: ['open-mp'],
    retry: 'after-fix',
    link: GLOBAL_CODES_PAGE,
  }),
  fullCard({
    errcode: 50007,
    errmsg: '账号已冻结',
    meaning: ['公众号已被冻结', 'The official account is frozen'],
    cause: [
      '公众号因长期不用、违规或管理员申请而被冻结',
      'It was frozen after long disuse, a breach, or on the administrator’s request',
    ],
    trigger: TOKEN_CALL,
    why: ['冻结的公众号不能收发任何内容', 'A frozen account can neither send nor receive'],
    checklist: [
      ['登录微信公众平台查看冻结原因', 'Log in to mp.weixin.qq.com and read the reason'],
      ['按页面提示解冻', 'Follow the page to unfreeze it'],
    ],
    actions: ['open-mp', 'ask-admin'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 89503,
    errmsg: '此次调用需要管理员确认，请耐心等候',
    meaning: ['需要管理员在手机上确认', 'The administrator must confirm on the phone'],
    cause: [
      '账号开启了风险确认，新 IP 的第一次调用要由管理员同意',
      'The account asks for confirmation, and the first call from a new address needs the administrator’s consent',
    ],
    trigger: TOKEN_CALL,
    why: ['防止 AppSecret 泄露后被陌生服务器使用', 'It stops strange servers from using a leaked AppSecret'],
    checklist: [
      [
        '请管理员打开微信里的“公众平台安全助手”，点同意',
        'Ask the administrator to open 公众平台安全助手 in WeChat and agree',
      ],
      [
        '同意后再试；被拒绝会停用 1 到 24 小时',
        'Then try again; a refusal blocks the address for 1 to 24 hours',
      ],
    ],
    actions: ['ask-admin', 'retry'],
    retry: 'after-fix',
    link: TOKEN_PAGE,
  }),
  fullCard({
    errcode: 40003,
    errmsg: 'invalid openid',
    meaning: ['粉丝编号 (openid) 不对', 'The openid is not valid'],
    cause: [
      '这个 openid 属于另一个公众号、格式不对，或对方不是粉丝',
      'It belongs to another account, is malformed, or the person is not a follower',
    ],
    trigger: ['给一位用户发消息或查询资料时', 'When writing to a person or reading a profile'],
    why: ['同一个人在每个公众号的 openid 都不同', 'The same person has a different openid in every account'],
    checklist: [
      ['确认选对了公众号', 'Make sure that the right account is chosen'],
      ['重新同步这位粉丝', 'Sync this follower again'],
      ['导入的名单请核对来源', 'For an imported list, check where it came from'],
    ],
    actions: ['resync-follower', 'check-appid'],
    retry: 'never',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 40007,
    errmsg: 'invalid media_id',
    meaning: ['素材已失效', 'The media is no longer valid'],
    cause: [
      '临时素材超过 3 天已过期，或已删除，或属于另一个公众号',
      'Temporary media expire after three days; or it was deleted or belongs to another account',
    ],
    trigger: ['发送图片、语音、视频或下载素材时', 'When sending or downloading images, voice or video'],
    why: ['微信只保留临时素材 3 天', 'WeChat keeps temporary media for three days only'],
    checklist: [
      ['重新上传文件再发送', 'Upload the file again and send it'],
      ['要长期使用，请存为永久素材', 'For long use keep it as permanent media'],
      ['下载对方发来的文件时出现，请对方再发一次', 'For a file they sent, ask them to send it again'],
    ],
    actions: ['reupload'],
    retry: 'after-fix',
    link: MEDIA_PAGE,
  }),
];
