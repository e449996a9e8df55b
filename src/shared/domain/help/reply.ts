import { ENGLISH_DOCS, SERVICE_DOCS, text, type HelpArticle } from './article';

export const REPLY_ARTICLES: readonly HelpArticle[] = [
  {
    id: 'who-writes-first',
    group: 'reply',
    question: text('可以主动给粉丝发消息吗？', 'Can I write to a follower first?'),
    answer: [
      text(
        '不可以。客户要先关注，并且先发来消息（或扫码、点菜单），您才能回复。所以没有“发起聊天”的按钮。',
        'No. The person has to follow and to write first, or scan a code or tap a menu; only then you can answer. That is why there is no “start a chat”.',
      ),
      text(
        '要主动通知，请用模板消息、订阅通知或群发，它们各有条件。',
        'To notify people by yourself use template messages, subscription notices or a broadcast, each under its own conditions.',
      ),
    ],
    links: [SERVICE_DOCS],
    keywords: '主动 发起 无限 unlimited start chat',
  },
  {
    id: 'reply-window',
    group: 'reply',
    question: text('为什么有时间和条数限制？', 'Why is there a limit of time and count?'),
    answer: [
      text(
        '微信规定：客户发来消息后 48 小时内可以回复，最多 5 条；关注、扫码或点菜单只给 1 分钟、3 条。时间到或条数用完，哪个先到就以哪个为准。客户再发一条消息，两者都重新计算。',
        'WeChat’s rule: after a message from a customer you have 48 hours and five replies; after a follow, a scan or a menu tap only one minute and three. Whichever ends first closes it. A new message from the customer renews both.',
      ),
      text(
        '这是 2023-06-12 起的规定。OA Desk 在每个会话上显示还剩多久、还剩几条。',
        'This holds since 2023-06-12. OA Desk shows on each conversation how long and how many are left.',
      ),
    ],
    links: [SERVICE_DOCS],
    keywords: '48小时 5条 45015 45047 window quota',
  },
  {
    id: 'no-read-receipt',
    group: 'reply',
    question: text('能看到客户有没有读吗？', 'Can I see whether a message was read?'),
    answer: [
      text(
        '不能。微信不告诉公众号消息是否送达或已读，所以 OA Desk 只显示“已发送”或“失败”，不显示做不到的状态。',
        'No. WeChat tells an account neither delivery nor reading, so OA Desk shows “sent” or “failed” and nothing it cannot know.',
      ),
    ],
    keywords: '已读 送达 read delivered receipt',
  },
  {
    id: 'no-names',
    group: 'reply',
    question: text('为什么看不到客户的昵称和头像？', 'Why are there no names and pictures of customers?'),
    answer: [
      text(
        '2021-12-27 起，微信不再向公众号提供粉丝的昵称、头像、性别和地区。OA Desk 给每位粉丝一个固定的代号和图案；您可以自己起备注名，只存在本机。',
        'Since 2021-12-27 WeChat gives accounts no nickname, picture, sex or place of a follower. OA Desk gives each a fixed placeholder; you can name people yourself, kept on this computer.',
      ),
    ],
    keywords: '昵称 头像 备注 nickname avatar name',
  },
  {
    id: 'notify-use-case',
    group: 'reply',
    question: text('预约提醒、付款成功这类通知怎么发？', 'How do I send reminders and receipts?'),
    answer: [
      text(
        '这类服务通知不要用聊天消息：窗口一关就发不出去。请用订阅通知或模板消息（认证服务号），它们不受 48 小时限制。',
        'Do not use the chat for them: it stops when the window closes. Use subscription notices or template messages of a verified service account, which know no 48 hours.',
      ),
    ],
    links: [SERVICE_DOCS],
    keywords: '预约 付款 提醒 通知 appointment payment reminder',
  },
  {
    id: 'media-limits',
    group: 'reply',
    question: text('图片、语音、视频有多大的限制？', 'How large may pictures, voice and video be?'),
    answer: [
      text(
        '图片不超过 10 MB，语音不超过 2 MB 且不超过 60 秒，视频不超过 10 MB。超过的文件在上传前就会提示。',
        'Pictures up to 10 MB, voice up to 2 MB and 60 seconds, video up to 10 MB. Larger files are refused before they are uploaded.',
      ),
    ],
    links: [SERVICE_DOCS, ENGLISH_DOCS],
    keywords: '大小 上传 image voice video size',
  },
];
