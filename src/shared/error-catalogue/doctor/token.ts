/** What the doctor finds about the address whitelist and the token. */
import { entry } from '../entry';

export const DOCTOR_TOKEN_TEXTS = {
  'doctor/whitelist-ok': entry(
    ['微信接受这个地址', 'WeChat accepts the address'],
    [
      '刚刚申请了一次令牌，微信没有拒绝来源地址。',
      'A token was asked for just now, and WeChat did not refuse where it came from.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/whitelist-missing': entry(
    ['IP 白名单里没有 {ip}', '{ip} is not on the IP whitelist'],
    [
      '微信只向白名单里的地址发放令牌，而这次请求来自 {ip}。没有令牌，什么都发不出去。',
      'WeChat issues tokens only to whitelisted addresses, and this request came from {ip}. Without a token nothing can be sent.',
    ],
    [
      '复制 {ip}，请管理员加到公众平台“设置与开发 → 基本配置 → IP 白名单”，几分钟后生效。',
      'Copy {ip} and have the administrator add it at mp.weixin.qq.com under 设置与开发 → 基本配置 → IP白名单. It takes a few minutes.',
    ],
  ),
  'doctor/platform-whitelist': entry(
    ['第三方平台的白名单里没有 {ip}', '{ip} is not on the platform’s whitelist'],
    [
      '扫码授权的公众号由中继的第三方平台代为调用，而平台的白名单里没有它的地址 {ip}。',
      'Accounts added by scanning are served by the relay’s third-party platform, whose whitelist lacks its address {ip}.',
    ],
    [
      '复制 {ip}，请管理中继的人加到开放平台的“白名单 IP 地址列表”。您自己的公众号不用改。',
      'Copy {ip} and have the relay’s operator add it to 白名单IP地址列表 at open.weixin.qq.com. Your own account needs no change.',
    ],
  ),

  'doctor/token-ok': entry(
    ['令牌正常', 'The token works'],
    ['AppID 和 AppSecret 都被微信接受。', 'WeChat accepts AppID and AppSecret.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/token-shared': entry(
    ['令牌正常；另有系统在用这个公众号', 'The token works; another system uses the account too'],
    [
      '今天有别的系统用旧方式取了 {count} 次令牌。OA Desk 用的是互不影响的稳定版令牌，所以没有冲突。',
      'Today another system took {count} token(s) the classic way. OA Desk uses stable tokens, which are kept apart, so the two do not disturb each other.',
    ],
    [
      '不需要操作。如果您不知道那是什么系统，请在公众平台重置 AppSecret。',
      'Nothing to do. If you do not know that system, reset the AppSecret at mp.weixin.qq.com.',
    ],
  ),
  'doctor/token-replaced': entry(
    ['另一个系统在 {at} 左右换掉了令牌', 'Another system forced a new token at about {at}'],
    [
      '我们的令牌还没到期就失效了：有别的系统拿着同一个 AppSecret，强制刷新了令牌。程序已自动换上新的。',
      'Our token died before its time: a system with the same AppSecret forced a new one. The app has already taken it up.',
    ],
    [
      '请让那个系统不要强制刷新（force_refresh 改为 false）。如果不知道是谁，请在公众平台重置 AppSecret。',
      'Have that system stop forcing (force_refresh = false). If you do not know which it is, reset the AppSecret at mp.weixin.qq.com.',
    ],
  ),
  'doctor/token-fought-over': entry(
    [
      '另一个系统反复换掉令牌，最近一次约在 {at}',
      'Another system keeps ending the token, last at about {at}',
    ],
    [
      '一小时内 {count} 次。它每次强制刷新，正在进行的调用就会失败，消息可能发不出去。',
      '{count} times within an hour. Each time it forces a new one, calls under way fail and messages may not be sent.',
    ],
    [
      '请让那个系统停止强制刷新（force_refresh 改为 false），或在公众平台重置 AppSecret，只把新的给需要的系统。',
      'Stop that system from forcing (force_refresh = false), or reset the AppSecret at mp.weixin.qq.com and give the new one only to who needs it.',
    ],
  ),
  'doctor/secret-reset': entry(
    ['AppSecret 已失效', 'The AppSecret is no longer valid'],
    [
      '绑定时它是对的，所以是之后有人在公众平台重置了 AppSecret，旧的随即失效。',
      'It was right when the account was connected, so someone has reset it at mp.weixin.qq.com since, which ends the old one at once.',
    ],
    [
      '请向管理员要新的 AppSecret，先在这里断开这个公众号，再用新的重新连接；粉丝和消息都会保留。',
      'Ask the administrator for the new AppSecret, disconnect the account here and connect it again with the new one. Followers and messages stay.',
    ],
  ),
} as const;
