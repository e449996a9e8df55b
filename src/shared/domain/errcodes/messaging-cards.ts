/** The refusals that a shop meets while writing to its customers. */
import { fullCard } from './card';
import { KF_MESSAGES_PAGE, MASS_PAGE, TEMPLATE_PAGE } from './links';

const SENDING = ['发送客服消息时', 'When sending a customer-service message'] as const;

export const MESSAGING_CARDS = [
  fullCard({
    errcode: 45015,
    errmsg: 'response out of time limit or subscription is canceled',
    meaning: ['已超过可回复的时间', 'The time to reply is over'],
    cause: [
      '对方上次互动后的可回复时间已过：发消息后 48 小时，点菜单、扫码、关注后 1 分钟；也可能对方已取消关注',
      'The reply window after their last interaction has closed: 48 hours after a message, one minute after a menu click, scan or follow; or they have unfollowed',
    ],
    trigger: SENDING,
    why: [
      '微信只允许公众号回应主动找来的用户，防止骚扰',
      'WeChat lets accounts answer people who come to them, so that nobody is pestered',
    ],
    checklist: [
      [
        '等对方再发一条消息，时间和条数会重新计算',
        'Wait for their next message: time and count start afresh',
      ],
      [
        '设置自动回复：对方发来消息的 5 秒内自动答复，不占条数',
        'Set up an automatic reply: it answers within 5 seconds of a message and uses no quota',
      ],
      [
        '要通知订单、预约等事项，用订阅通知或模板消息',
        'For notices such as orders and bookings use a subscription notice or a template message',
      ],
      ['查询对方是否已取消关注', 'Check whether they have unfollowed'],
    ],
    actions: ['wait-for-user', 'use-passive-reply', 'use-subscription-notice'],
    retry: 'after-user',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 45047,
    errmsg: 'out of response count limit',
    meaning: ['可回复的条数已用完', 'All replies have been used'],
    cause: [
      '对方每发一条消息最多回 5 条，点菜单、扫码、关注后最多 3 条；网页后台或其他系统发的也算在内',
      'A message allows 5 replies, a menu click, scan or follow 3; replies from other systems of the account count as well',
    ],
    trigger: SENDING,
    why: [
      '微信限制每次互动后的条数，防止一次互动换来大量推送',
      'WeChat limits replies per interaction, so that one contact does not bring a flood',
    ],
    checklist: [
      ['等对方再发一条消息，条数会恢复', 'Wait for their next message: it restores the count'],
      ['把几句话合成一条发送', 'Put several sentences into one message'],
      ['设置自动回复，不占条数', 'Set up an automatic reply, which uses no quota'],
      ['要通知事项，用订阅通知或模板消息', 'For notices use a subscription notice or a template message'],
    ],
    actions: ['wait-for-user', 'use-passive-reply', 'use-subscription-notice'],
    retry: 'after-user',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 43004,
    errmsg: 'require subscribe',
    meaning: ['对方没有关注公众号', 'This person does not follow the account'],
    cause: [
      '对方从未关注、已取消关注，或关注后很快退出；接口无权限时请看账号类型',
      'They never followed, have unfollowed, or left right after following; when the account lacks the interface, its kind is the cause',
    ],
    trigger: ['给一位用户发消息或改备注时', 'When writing to a person or changing a remark'],
    why: [
      '公众号只能联系自己的关注者，用户随时可以退出',
      'An account may reach its followers only, and anyone may leave at any time',
    ],
    checklist: [
      ['查询对方现在是否仍然关注', 'Check whether they follow now'],
      [
        '若已取消关注：记录会标记为已取消，之后不再主动发送',
        'If they left, the record is marked and nothing more is sent to them',
      ],
      ['引导对方扫码重新关注并发来一条消息', 'Invite them to follow again by QR code and to write'],
      [
        '若仍在关注：核对账号类型和认证，订阅号没有部分接口',
        'If they still follow, check the kind and verification of the account: subscription accounts lack some interfaces',
      ],
    ],
    actions: ['guide-to-follow', 'check-unfollow', 'check-account-type', 'mark-unfollowed'],
    retry: 'never',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 48002,
    errmsg: 'user block receive message',
    meaning: ['对方关闭了接收消息', 'This person switched messages off'],
    cause: [
      '对方在公众号的设置里关闭了“接收消息”',
      'They turned off “receive messages” in the account’s settings in WeChat',
    ],
    trigger: SENDING,
    why: ['是否接收消息由用户自己决定', 'Whether to receive messages is the user’s own choice'],
    checklist: [
      ['不要反复尝试，等对方主动发来消息', 'Do not keep trying; wait until they write'],
      ['在自动回复里请对方打开“接收消息”', 'Let an automatic reply ask them to switch messages on'],
    ],
    actions: ['wait-for-user', 'use-passive-reply'],
    retry: 'after-user',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 43019,
    errmsg: 'require remove blacklist',
    meaning: ['对方在黑名单里', 'This person is on the blacklist'],
    cause: [
      '公众号把对方拉进了黑名单，可能是在公众平台网页上操作的',
      'The account put them on its blacklist, perhaps on the website',
    ],
    trigger: SENDING,
    why: ['拉黑后双方的消息都不再送达', 'The blacklist stops messages in both directions'],
    checklist: [
      ['先把对方移出黑名单，再发送', 'Remove them from the blacklist, then send'],
      ['移出后几分钟内生效', 'It takes effect within minutes'],
    ],
    actions: ['unblock'],
    retry: 'after-fix',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 45002,
    errmsg: 'content size out of limit',
    meaning: ['文字太长', 'The text is too long'],
    cause: [
      '一条文字消息最多 2048 字节，约 680 个汉字',
      'One text message holds at most 2048 bytes, about 680 Chinese characters',
    ],
    trigger: ['发送文字或保存文章时', 'When sending text or saving an article'],
    why: ['微信限制单条消息的大小', 'WeChat limits the size of one message'],
    checklist: [
      ['精简文字', 'Shorten the text'],
      ['或分成几条发送，每条都占一次回复', 'Or split it; each part uses one reply'],
    ],
    actions: ['shorten'],
    retry: 'after-fix',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 45087,
    errmsg: 'customer service message from this account have been blocked!',
    meaning: ['这个公众号的客服消息被封禁', 'Customer-service messages of this account are blocked'],
    cause: [
      '账号因违规被微信停用了客服消息能力',
      'WeChat has taken the ability away because of a breach of its rules',
    ],
    trigger: SENDING,
    why: [
      '微信会处罚用客服消息骚扰或欺骗用户的账号',
      'WeChat penalises accounts that pester or deceive people by these messages',
    ],
    checklist: [
      [
        '登录微信公众平台，在通知中心查看处罚原因和期限',
        'Log in to mp.weixin.qq.com and read the reason and term in the notice centre',
      ],
      ['按通知整改或申诉', 'Correct the matter or appeal as the notice says'],
      ['处罚期间可用自动回复', 'Use automatic replies meanwhile'],
    ],
    actions: ['open-mp', 'use-passive-reply'],
    retry: 'after-fix',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 70000,
    errmsg: '为保护未成年人权益，该条消息发送失败',
    meaning: ['为保护未成年人，微信拦下了这条消息', 'WeChat stopped this message to protect minors'],
    cause: [
      '微信判断对方可能是未成年人，或内容不适合未成年人',
      'WeChat takes the person for a minor, or the content as unsuitable for one',
    ],
    trigger: SENDING,
    why: ['法律和平台规则要求保护未成年人', 'Law and platform rules require the protection of minors'],
    checklist: [
      ['不要重发同样的内容', 'Do not send the same content again'],
      ['改成与服务直接相关的文字再试', 'Write only what the service needs and try again'],
    ],
    actions: ['edit-content'],
    retry: 'never',
    link: KF_MESSAGES_PAGE,
  }),
  fullCard({
    errcode: 45028,
    errmsg: 'has no masssend quota',
    meaning: ['群发次数已用完', 'No broadcast is left'],
    cause: [
      '订阅号每天 1 次，服务号每位粉丝每月最多收到 4 次；网页后台和接口共用次数',
      'Subscription accounts have one a day, service accounts four a month per follower; website and API share them',
    ],
    trigger: ['群发时', 'When broadcasting'],
    why: ['微信限制群发次数，避免打扰粉丝', 'WeChat limits broadcasts so that followers are not disturbed'],
    checklist: [
      ['订阅号请等到明天，服务号请等到下个月', 'Wait until tomorrow (subscription) or next month (service)'],
      ['紧急事项改用模板消息或订阅通知', 'For urgent matters use template messages or subscription notices'],
    ],
    actions: ['wait-until-tomorrow', 'use-template', 'use-subscription-notice'],
    retry: 'later',
    link: MASS_PAGE,
  }),
  fullCard({
    errcode: 47003,
    errmsg: 'argument invalid!',
    meaning: ['模板里有一项内容不符合要求', 'A field of the template is not valid'],
    cause: [
      '某个字段的长度、格式或类型不对，或者为空；微信会在错误里写出字段名',
      'Length, form or type of a field is wrong, or it is empty; WeChat names the field in the error',
    ],
    trigger: ['发送模板消息或订阅通知时', 'When sending a template message or subscription notice'],
    why: [
      '微信按字段类型限制内容，防止服务通知被用来营销',
      'WeChat restricts each type of field, so that service notices are not used for marketing',
    ],
    checklist: [
      ['找到错误里写的字段，例如 thing1', 'Find the field named in the error, such as thing1'],
      [
        '按类型修改：thing 最多 20 字，phrase 最多 5 个汉字，time 用 24 小时制，金额最多 10 位数字',
        'Fit it to its type: thing ≤ 20 characters, phrase ≤ 5 Chinese characters, time in 24 hours, amount ≤ 10 digits',
      ],
      ['不要留空', 'Leave nothing empty'],
    ],
    actions: ['edit-content', 'reload-templates'],
    retry: 'after-fix',
    link: TEMPLATE_PAGE,
  }),
];
