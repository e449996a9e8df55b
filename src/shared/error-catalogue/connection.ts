/** Accounts, the relay, WeChat's callbacks and the demo. */
import { entry } from './entry';

export const CONNECTION_TEXTS = {
  'relay/unreachable': entry(
    ['连不上中继服务器', 'The relay cannot be reached'],
    [
      '中继没有回应。微信发来的消息会先存在中继，不会丢失。',
      'It does not answer. Messages from WeChat wait there and are not lost.',
    ],
    [
      '请检查网络和中继地址，确认中继正在运行；恢复后会自动补收。',
      'Check the network and the relay’s address and make sure it runs; the missed messages follow by themselves.',
    ],
  ),
  'relay/wrong-code': entry(
    ['配对码不对', 'The pairing code is wrong'],
    [
      '配对码输错、已经用过或已过期。每个配对码只能用一次。',
      'It was mistyped, already used or has expired. Each code works once.',
    ],
    [
      '请在邀请您的电脑或中继上重新生成一个，再完整粘贴。',
      'Get a new code from the computer that invites, or at the relay, and paste the whole of it.',
    ],
  ),
  'relay/unauthorized': entry(
    ['中继不认识这台电脑', 'The relay does not know this computer'],
    [
      '这台电脑的授权已被取消，或者中继的数据被重置。',
      'Its permission was withdrawn, or the relay was reset.',
    ],
    ['请用新的配对码重新配对。', 'Pair again with a new code.'],
  ),
  'relay/protocol': entry(
    ['中继的回应不对', 'The relay’s answer is not valid'],
    [
      '地址可能不是中继，或者中继与本程序版本不匹配。',
      'The address may not be a relay, or its version does not fit this app.',
    ],
    ['请核对地址，并把中继升级到同一版本。', 'Check the address and update the relay to the same version.'],
  ),
  'relay/unknown-account': entry(
    ['中继上没有这个公众号', 'The relay does not know this account'],
    [
      '它可能已在中继上被移除，或由另一台电脑断开。',
      'It may have been removed at the relay or disconnected by another computer.',
    ],
    ['请在“公众号”里重新连接它。', 'Connect it again under Accounts.'],
  ),
  'relay/too-many-attempts': entry(
    ['尝试过于频繁', 'Too many attempts'],
    [
      '中继限制了短时间内的配对次数，以防有人猜配对码。',
      'The relay limits how often pairing may be tried, so that nobody can guess a code.',
    ],
    ['请等一分钟后再试。', 'Wait a minute and try again.'],
  ),
  'relay/store-unavailable': entry(
    ['中继暂时无法保存消息', 'The relay cannot store messages right now'],
    [
      '中继的磁盘可能已满或被占用。微信会稍后重发，消息不会因此丢失。',
      'Its disk may be full or locked. WeChat delivers again a little later, so short outages lose nothing.',
    ],
    ['请清理中继服务器的磁盘空间，然后重试。', "Free space on the relay's disk, then try again."],
  ),
  'relay/secret-unreadable': entry(
    ['中继的主密钥不匹配', "The relay's master key does not match"],
    [
      '中继启动时使用的主密钥不是保存数据时的那一个。',
      'The relay was started with a master key other than the one its data was stored with.',
    ],
    ['请用原来的主密钥启动中继。', 'Start the relay with the original master key.'],
  ),
  'relay/internal': entry(
    ['中继内部出错', 'The relay failed'],
    [
      '中继遇到了意外情况，没有完成这次请求。',
      'The relay met something unexpected and did not finish this request.',
    ],
    [
      '请稍后再试；若仍出现，请查看中继的日志。',
      "Try again shortly; if it happens again, look into the relay's log.",
    ],
  ),
  'relay/invalid-input': entry(
    ['中继与程序版本不匹配', 'Relay and app do not match'],
    [
      '中继没有看懂这次请求，两边的版本可能相差太多。',
      'The relay did not understand the request; the two versions may be too far apart.',
    ],
    ['请把中继和程序都更新到最新版本。', 'Update both the relay and the app to the newest version.'],
  ),
  'relay/too-large': entry(
    ['请求过大', 'The request is too large'],
    ['内容超出中继允许的大小。', 'It is above the size that the relay takes.'],
    ['请把中继和程序都更新到最新版本后再试。', 'Update both the relay and the app, then try again.'],
  ),
  'relay/not-found': entry(
    ['这个地址不是中继', 'There is no relay at this address'],
    [
      '该地址有服务在运行，但没有中继的接口。',
      "Something answers there, but it does not have the relay's interface.",
    ],
    ['请核对中继地址，不要带路径。', "Check the relay's address and leave out any path."],
  ),
  'relay/not-authorized': entry(
    ['授权已被取消', 'The authorization was cancelled'],
    [
      '管理员在公众平台取消了授权，中继不能再替这个公众号收发。',
      'The administrator cancelled it at mp.weixin.qq.com, so the relay no longer works for this account.',
    ],
    ['请管理员重新扫码授权；记录都保留着。', 'Have the administrator authorize again; all records are kept.'],
  ),
  'relay/account-taken': entry(
    ['这个公众号已在别处连接', 'This account is connected elsewhere'],
    [
      '同一个中继上，另一台设备或另一位使用者已经绑定了它。',
      'Another device or user of this relay has bound it.',
    ],
    [
      '请先在原来的设备上断开这个公众号，再在这里绑定。',
      'Disconnect it on the other device first, then bind it here.',
    ],
  ),
  'relay/bad-address': entry(
    ['中继地址不对', 'The relay’s address is not valid'],
    [
      '中继地址必须以 https:// 开头；只有本机地址可以用 http://。',
      'It must start with https://; only addresses of this computer may use http://.',
    ],
    ['请按中继管理员给的地址重新填写。', 'Enter it again as given by the relay’s operator.'],
  ),
  'relay/clock-skew': entry(
    ['电脑与中继的时间相差太多', 'This computer and the relay disagree about the time'],
    [
      '相差约 {hours} 小时，中继无法确认请求是刚发出的。',
      'They differ by about {hours} hours, so the relay cannot tell that a request is fresh.',
    ],
    [
      '请在电脑和中继服务器上都打开自动校时。',
      'Turn on automatic time on both this computer and the relay’s server.',
    ],
  ),
  'tunnel/unreachable': entry(
    ['中继的通道连不上', 'The relay’s tunnel cannot be reached'],
    [
      '向微信申请令牌要经过中继 {relay}，这样微信看到的是白名单里的地址；但现在连不上它，或者它连不上微信。',
      'Tokens are asked for through the relay {relay}, whose address WeChat’s whitelist has. It does not answer, or cannot reach WeChat.',
    ],
    [
      '请检查网络，确认中继正在运行且能访问 api.weixin.qq.com；恢复后会自动重试。',
      'Check the network and that the relay runs and can reach api.weixin.qq.com; sending goes on by itself afterwards.',
    ],
  ),
  'tunnel/unauthorized': entry(
    ['中继的通道不认识这台电脑', 'The relay’s tunnel does not know this computer'],
    [
      '这台电脑在中继 {relay} 上的授权已被取消，或者通道地址指向了另一个中继。',
      'Its permission at the relay {relay} was withdrawn, or the tunnel’s address belongs to another relay.',
    ],
    ['请用新的配对码重新配对。', 'Pair again with a new code.'],
  ),
  'tunnel/refused': entry(
    ['中继的通道不通往这个地址', 'The relay’s tunnel does not lead there'],
    [
      '中继 {relay} 的通道只通往微信的服务器，而这次请求的是别的地址，或者中继上的域名解析有误。',
      'The tunnel of the relay {relay} leads to WeChat’s servers only. Another one was asked for, or the relay resolves names wrongly.',
    ],
    [
      '请核对账号的接口地址，并让中继管理员检查服务器的 DNS。',
      'Check the account’s API address, and have the relay’s operator check the server’s DNS.',
    ],
  ),
  'tunnel/busy': entry(
    ['中继的通道正忙', 'The relay’s tunnel is busy'],
    [
      '这台电脑在短时间内通过中继 {relay} 建立了太多连接。',
      'This computer opened too many connections through the relay {relay} in a short time.',
    ],
    ['请等一分钟，之后会自动重试。', 'Wait a minute; it is tried again by itself.'],
  ),
  'tunnel/bad-address': entry(
    ['中继给出的通道地址不安全', 'The relay names an unsafe tunnel address'],
    [
      '中继 {relay} 的通道不是 https 地址，设备令牌会在网络上明文传输，所以没有使用。',
      'The tunnel of the relay {relay} has no https address, so the device token would travel in the clear. It was not used.',
    ],
    [
      '请让中继管理员为通道配置证书，或改正通道地址。',
      'Have the relay’s operator give the tunnel a certificate or correct its address.',
    ],
  ),
  'callback/bad-signature': entry(
    ['推送的签名不对', 'A push has a wrong signature'],
    [
      '公众平台填写的 Token 与这里不一致，或者请求不是微信发来的。',
      'The Token at mp.weixin.qq.com differs from the one here, or the request is not from WeChat.',
    ],
    [
      '请在公众平台“服务器配置”里重新粘贴 Token 并保存。',
      'Paste the Token again under 服务器配置 at mp.weixin.qq.com and save.',
    ],
  ),
  'callback/stale': entry(
    ['推送的时间太旧', 'A push is too old'],
    [
      '请求里的时间与现在相差太多，可能是服务器时间不准，或有人重发旧请求。',
      'Its time is too far from now: the server’s clock may be wrong, or someone repeats an old request.',
    ],
    ['请校准中继服务器的时间。', 'Set the clock of the relay’s server right.'],
  ),
  'callback/replayed': entry(
    ['同一个推送来了两次', 'The same push came twice'],
    ['这个请求已经处理过，重复的没有再处理。', 'It was handled already; the repetition was ignored.'],
    [
      '不需要操作。如果大量出现，请检查中继前面是否有会重发请求的代理。',
      'Nothing to do. If there are many, look for a proxy in front of the relay that repeats requests.',
    ],
  ),
  'callback/too-large': entry(
    ['推送内容太大', 'A push is too large'],
    [
      '微信的推送只有几 KB，这个请求大得不正常，已拒绝。',
      'WeChat’s pushes are a few KB; this one was abnormally large and was refused.',
    ],
    ['不需要操作，可能是有人在试探服务器。', 'Nothing to do; someone may be probing the server.'],
  ),
  'callback/bad-xml': entry(
    ['推送的格式已损坏', 'A push is not readable XML'],
    [
      '内容不完整或不是 XML，可能在传输中被截断。',
      'It is incomplete or not XML; it may have been cut on its way.',
    ],
    [
      '微信会重发几次。如果总是出现，请检查中继前面的代理。',
      'WeChat sends it again. If it keeps happening, check the proxy in front of the relay.',
    ],
  ),
  'callback/xml-entity': entry(
    ['推送里有不允许的内容', 'A push holds forbidden content'],
    [
      '里面定义了 XML 实体。微信不会这样发，这是常见的攻击手法，已拒绝。',
      'It defines XML entities. WeChat never does; this is a known attack and was refused.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'callback/xml-doctype': entry(
    ['推送里有不允许的声明', 'A push holds a forbidden declaration'],
    [
      '里面有 DOCTYPE 声明。微信不会这样发，这是常见的攻击手法，已拒绝。',
      'It has a DOCTYPE. WeChat never sends one; this is a known attack and was refused.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'callback/xml-too-deep': entry(
    ['推送的层级太深', 'A push is nested too deeply'],
    [
      '微信的推送只有几层，这个请求不正常，已拒绝。',
      'WeChat’s pushes have a few levels only; this one is abnormal and was refused.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'callback/bad-aes-key': entry(
    ['消息加解密密钥不对', 'The EncodingAESKey is not valid'],
    ['EncodingAESKey 必须是 43 位字母和数字。', 'An EncodingAESKey is exactly 43 letters and digits.'],
    ['请从公众平台“服务器配置”里完整复制一次。', 'Copy the whole of it from 服务器配置 at mp.weixin.qq.com.'],
  ),
  'callback/bad-padding': entry(
    ['消息解不开', 'A message could not be decrypted'],
    [
      '公众平台里的 EncodingAESKey 与这里不一致，通常是在网站上换过。密文已保留。',
      'The EncodingAESKey at mp.weixin.qq.com differs from the one here, usually after a change on the website. The ciphertext was kept.',
    ],
    [
      '请把这里的 EncodingAESKey 重新粘贴到公众平台，或填入网站上的新密钥；之后会自动补读。',
      'Paste the key from here at mp.weixin.qq.com again, or enter the website’s new key; the kept messages are then read.',
    ],
  ),
  'callback/appid-mismatch': entry(
    ['消息属于另一个公众号', 'A message belongs to another account'],
    [
      '解密后的 AppID 与这个账号不符，可能两个公众号填了同一个回调地址。',
      'The AppID inside differs from this account’s: two accounts may share one callback address.',
    ],
    [
      '请核对每个公众号的“服务器地址(URL)”，各用各的。',
      'Check the 服务器地址(URL) of each account; each has its own.',
    ],
  ),
  'callback/downgrade': entry(
    ['收到没有加密的推送', 'A push came unencrypted'],
    [
      '这个公众号应使用安全模式，但推送是明文的。为安全起见没有接受。',
      'This account should use the safe mode, but the push was plain. It was not accepted, for safety.',
    ],
    [
      '请在公众平台“服务器配置”里把消息加解密方式选为“安全模式”。',
      'Choose 安全模式 (safe mode) under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'account/bad-appid': entry(
    ['AppID 不对', 'The AppID is not valid'],
    ['AppID 是 wx 开头加 16 位数字或小写字母 a–f。', 'An AppID is “wx” and 16 digits or letters a–f.'],
    [
      '请从公众平台“开发接口管理 → 基本配置”复制 AppID，不要填原始 ID（gh_ 开头）。',
      'Copy the AppID from 基本配置 at mp.weixin.qq.com, not the original id that starts with gh_.',
    ],
  ),
  'account/bad-secret-form': entry(
    ['AppSecret 格式不对', 'The AppSecret has a wrong form'],
    ['AppSecret 是 32 位数字和字母 a–f。', 'An AppSecret is 32 digits and letters a–f.'],
    [
      '请重新复制，不要带空格；忘记了只能在公众平台重置，重置后旧的立即失效。',
      'Copy it again without spaces. If it is lost it can only be reset at mp.weixin.qq.com, which ends the old one at once.',
    ],
  ),
  'account/bad-aes-form': entry(
    ['EncodingAESKey 格式不对', 'The EncodingAESKey has a wrong form'],
    ['EncodingAESKey 是 43 个字母和数字。', 'An EncodingAESKey is 43 letters and digits.'],
    [
      '请从公众平台“基本配置”里完整复制；不必沿用旧密钥的话，留空即可。',
      'Copy all of it from 基本配置 at mp.weixin.qq.com, or leave it empty: a new key is made.',
    ],
  ),
  'account/bad-token-form': entry(
    ['Token 格式不对', 'The Token has a wrong form'],
    ['Token 是 3 到 32 个字母和数字。', 'A Token is 3 to 32 letters and digits.'],
    [
      '请在另一台电脑的“公众号”页面用“复制”按钮重新复制。',
      'Copy it again on the other computer: Accounts, then the Copy button.',
    ],
  ),
  'account/settings-needed': entry(
    ['另一台电脑已经连接了这个公众号', 'Another computer has connected this account'],
    [
      '微信后台只认一组 Token 和 EncodingAESKey。换成新的，那台电脑就收不到消息了，所以没有连接。',
      'WeChat’s console knows one Token and one EncodingAESKey. New ones would cut that computer off, so nothing was connected.',
    ],
    [
      '在那台电脑打开“公众号 → 服务器配置”，复制 Token 和 EncodingAESKey，粘贴到这里的“高级”里。那台电脑不用了，就先在“设置 → 中继与电脑”里移除它。',
      'On that computer open Accounts › Server settings, copy Token and EncodingAESKey, and paste both under Advanced here. If it is no longer used, remove it first under Settings › Relay and computers.',
    ],
  ),
  'account/already-bound': entry(
    ['这个公众号已经绑定', 'This account is already bound'],
    ['本机的账号列表里已有它。', 'It is in the list of accounts on this computer.'],
    [
      '请直接使用；如果连接有问题，请选“重新连接”。',
      'Just use it; if the connection has trouble, choose “Reconnect”.',
    ],
  ),
  'account/not-found': entry(
    ['找不到这个公众号', 'This account was not found'],
    [
      '它不在本机的账号列表里，可能已被移除。',
      'It is not among the accounts here; it may have been removed.',
    ],
    ['请在“账号”页面重新绑定。', 'Bind it again on the Accounts page.'],
  ),
  'account/frozen': entry(
    ['这个公众号已断开', 'This account is disconnected'],
    [
      '账号已断开连接，历史内容仍可查看，但不能收发。',
      'Its history stays readable, but nothing is sent or received.',
    ],
    ['请在“账号”页面选“重新连接”。', 'Choose “Reconnect” on the Accounts page.'],
  ),
  'account/secret-missing': entry(
    ['钥匙串里没有这个公众号的密钥', 'The keychain has no secret for this account'],
    [
      '密钥被删除，或者数据是从另一台电脑恢复的（备份里不含密钥）。',
      'It was removed, or the data came from another computer: backups hold no secrets.',
    ],
    ['请在“账号”页面重新填写 AppSecret。', 'Enter the AppSecret again on the Accounts page.'],
  ),
  'account/whitelist': entry(
    ['IP 不在白名单', 'The address is not on the whitelist'],
    [
      '微信只向白名单里的 IP 发放令牌，这次请求来自 {ip}。',
      'WeChat issues tokens only to whitelisted addresses; this request came from {ip}.',
    ],
    [
      '请复制 {ip}，加到公众平台“基本配置 → IP 白名单”，几分钟后生效。',
      'Copy {ip} and add it under 基本配置 → IP白名单 at mp.weixin.qq.com. It takes a few minutes.',
    ],
  ),
  'demo/start-failed': entry(
    ['演示没有启动', 'The demo did not start'],
    ['演示用的模拟微信或中继没有启动成功。', 'The simulated WeChat or its relay did not start.'],
    ['请再试一次；如果还是不行，请导出诊断信息。', 'Try again; if it fails again, export the diagnostics.'],
  ),
  'demo/port-in-use': entry(
    ['演示需要的端口被占用', 'A port of the demo is in use'],
    ['另一个程序占用了端口 {port}。', 'Another program uses port {port}.'],
    [
      '请关闭另一个正在运行的演示或占用端口的程序，再试一次。',
      'Close the other demo or the program that uses the port, then try again.',
    ],
  ),
} as const;
