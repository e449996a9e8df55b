import { CONSOLE, OPEN_PLATFORM, text, type HelpArticle } from './article';

export const CONNECT_ARTICLES: readonly HelpArticle[] = [
  {
    id: 'who-scans',
    group: 'connect',
    question: text('授权时应该由谁扫码？', 'Who has to scan the code when authorizing?'),
    answer: [
      text(
        '只有公众号的管理员本人可以确认，长期或短期运营者都不行。扫码要用手机微信对着屏幕现场扫；从相册选图片会被拒绝。',
        'Only the account’s administrator can confirm; operators, long-term or short-term, cannot. The code must be scanned live from the screen with WeChat on the phone; a picture from the album is refused.',
      ),
      text(
        '不知道谁是管理员？登录 mp.weixin.qq.com，在“设置与开发”的“人员设置”里可以看到，也可以在那里更换。',
        'Not sure who that is? At mp.weixin.qq.com, “设置与开发”, “人员设置” (staff) names the administrator, and lets you change it.',
      ),
    ],
    links: [CONSOLE],
    keywords: '管理员 运营者 相册 administrator operator album',
  },
  {
    id: 'suppliers',
    group: 'connect',
    question: text(
      '一个公众号可以授权给几家服务商？',
      'To how many providers can one account be authorized?',
    ),
    answer: [
      text(
        '最多 5 家。已经有 5 家时，请先取消一家再授权。',
        'To five at most. With five in place, cancel one first.',
      ),
      text(
        '网页服务、开放平台账号管理、微信商品库和服务号对话管理这几个权限集是独占的：授权给新的一家，原来那家就会失去。',
        'The permission sets for web service, Open Platform account, product library and service-account dialogues are exclusive: granting one to a new provider takes it from the former.',
      ),
    ],
    links: [CONSOLE],
    keywords: '五家 独占 权限集 exclusive limit five',
  },
  {
    id: 'cancel-authorization',
    group: 'connect',
    question: text('怎样取消授权？', 'How do I cancel an authorization?'),
    answer: [
      text(
        '只能由管理员在公众平台取消，任何服务商都不能代为取消。取消后 OA Desk 立刻把账号标为“已解绑”，粉丝和消息都保留在本机。',
        'Only the administrator can, in WeChat’s console; no provider can do it for you. OA Desk then marks the account as unbound at once; followers and messages stay on this computer.',
      ),
    ],
    steps: [
      text('登录 mp.weixin.qq.com。', 'Log in at mp.weixin.qq.com.'),
      text(
        '打开“设置与开发”→“账号设置”→“授权管理”。',
        'Open “设置与开发”, “账号设置”, “授权管理” (authorizations).',
      ),
      text('在平台列表里点“查看平台详情”。', 'Choose “查看平台详情” (details) of the platform.'),
      text('点“取消授权”并确认。', 'Choose “取消授权” (cancel) and confirm.'),
    ],
    links: [CONSOLE],
    keywords: '解绑 解除 unbind remove 61003',
  },
  {
    id: 'server-switches-off',
    group: 'connect',
    question: text(
      '启用服务器配置后，原来的菜单和自动回复怎么不见了？',
      'Why do menu and automatic replies stop when the server is switched on?',
    ),
    answer: [
      text(
        '这是微信的规则：启用“服务器配置”后，在公众平台网页上设置的自定义菜单和自动回复会停用，改由接口管理。',
        'That is WeChat’s rule: once the server configuration (服务器配置) is on, the menu and automatic replies made on the website stop, and are managed by programs instead.',
      ),
      text(
        'OA Desk 的“安全接管”会先把它们读下来保存，可以用接口重新发布菜单、把自动回复导入为规则，也可以一键还原。',
        'OA Desk’s safe takeover reads and keeps them first, offers to publish the menu again and to import the replies as rules, and can put everything back.',
      ),
    ],
    links: [CONSOLE],
    keywords: '接管 菜单 自动回复 takeover menu disappeared',
  },
  {
    id: 'ip-whitelist',
    group: 'connect',
    question: text('为什么要填 IP 白名单？', 'Why is there an IP whitelist?'),
    answer: [
      text(
        '微信只向白名单里的地址发放接口凭证（否则报 40164）。家里和店里的网络地址会变，所以 OA Desk 通过中继的固定地址申请；请把中继的地址填进白名单。',
        'WeChat hands out access tokens to listed addresses only, and answers 40164 to others. The address of a home or shop line changes, so OA Desk asks through the relay, whose address stays. Put the relay’s address on the list.',
      ),
      text(
        '这条通道是端到端加密的，中继看不到您的 AppSecret。',
        'That way is encrypted from end to end: the relay does not see your AppSecret.',
      ),
    ],
    steps: [
      text(
        '在 OA Desk 的连接向导里复制中继的地址。',
        'Copy the relay’s address in OA Desk’s connection wizard.',
      ),
      text(
        '登录 mp.weixin.qq.com，打开“设置与开发”→“基本配置”→“IP白名单”。',
        'At mp.weixin.qq.com open “设置与开发”, “基本配置”, “IP白名单”.',
      ),
      text('粘贴地址并保存，几分钟内生效。', 'Paste the address and save; it takes effect within minutes.'),
    ],
    links: [CONSOLE],
    keywords: '40164 61004 白名单 固定IP whitelist address',
  },
  {
    id: 'sealed-or-assisted',
    group: 'connect',
    question: text('密封模式和协助模式有什么不同？', 'Sealed or assisted: what is the difference?'),
    answer: [
      text(
        '密封模式（默认）：中继只核对签名，保存的是微信的密文，读不到任何消息。电脑关机时消息在中继上等着，但没有自动回复。',
        'Sealed (default): the relay only checks signatures and keeps WeChat’s ciphertext; it can read nothing. While the computer is off messages wait there, and nothing is answered automatically.',
      ),
      text(
        '协助模式：您把消息密钥和回复规则交给中继，电脑关机时它也能在 5 秒内自动回复。消息只在内存里解密，磁盘上仍然只有密文。请只在信得过的中继上使用。',
        'Assisted: you give the relay the message key and reply rules, and it answers within five seconds even while the computer is off. Messages are opened in memory only; its disk still holds ciphertext. Use it with a relay you trust.',
      ),
      text(
        '两种模式可以随时切换，回调地址不变。',
        'You can change between them at any time; the address stays the same.',
      ),
    ],
    keywords: '隐私 关机 自动回复 privacy computer off',
  },
  {
    id: 'platform-needed',
    group: 'connect',
    question: text('“扫码授权”为什么不能用？', 'Why is scanning to authorize not available?'),
    answer: [
      text(
        '扫码授权需要中继的运营者在微信开放平台注册第三方平台。自己架设的中继一般没有，请改用“手动连接”，功能完全一样。',
        'It needs a third-party platform that the operator of the relay has registered at WeChat’s Open Platform. A relay of your own usually has none: connect manually instead, nothing is missing.',
      ),
    ],
    links: [OPEN_PLATFORM],
    keywords: '第三方平台 component third-party platform',
  },
  {
    id: 'second-computer',
    group: 'connect',
    question: text('怎样在另一台电脑上一起用？', 'How do I use a second computer as well?'),
    answer: [
      text(
        '两台电脑通过同一个中继收到同样的消息，都可以回复。称呼、备忘和快捷回复各存在自己的电脑上。',
        'Two computers receive the same messages through one relay, and both can reply. Names, notes and quick replies stay on the computer where they were written.',
      ),
      text(
        '手动连接的公众号，请在第二台电脑的“高级”里粘贴第一台的 Token 和 EncodingAESKey：微信后台只认一组，换成新的，第一台就收不到消息了。',
        'For an account connected manually, paste Token and EncodingAESKey of the first computer under Advanced on the second: WeChat’s console knows one pair, and new ones would cut the first computer off.',
      ),
    ],
    steps: [
      text(
        '在第一台电脑上：“设置 → 中继与电脑 → 邀请另一台电脑”。',
        'On the first computer: Settings › Relay and computers › Invite another computer.',
      ),
      text(
        '在第二台电脑上：“设置 → 中继与电脑 → 加入中继”，填显示的地址和配对码。',
        'On the second: Settings › Relay and computers › Join a relay, with the address and code that are shown.',
      ),
      text(
        '再在第二台电脑上添加公众号：扫码授权的再扫一次，手动连接的填同一个 AppID 和 AppSecret。',
        'Then add the accounts there: scan again, or enter the same AppID and AppSecret.',
      ),
    ],
    keywords: '多台电脑 第二台 配对码 移除 丢失 computer second pair device lost remove',
  },
];
