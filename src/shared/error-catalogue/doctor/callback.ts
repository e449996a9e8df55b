/** What the doctor finds on the way of a message to this computer. */
import { entry } from '../entry';

export const DOCTOR_CALLBACK_TEXTS = {
  'doctor/no-relay': entry(
    ['这个公众号没有中继', 'The account has no relay'],
    ['没有中继就没有地方接收微信的消息。', 'Without one there is nowhere for WeChat to deliver messages.'],
    [
      '请断开后重新连接，并填写中继地址和配对码。',
      'Disconnect it and connect it again with a relay’s address and a pairing code.',
    ],
  ),
  'doctor/callback-ok': entry(
    ['消息能到达，最近一条在 {at}', 'Messages arrive, the last one at {at}'],
    [
      '微信能找到并连上回调地址，中继正常，也没有积压。',
      'WeChat finds and reaches the callback address, the relay works and holds nothing back.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/callback-ok-silent': entry(
    ['回调地址连得上，还没有收到过消息', 'The callback address is reachable; nothing has arrived yet'],
    [
      '微信能找到并连上回调地址。还没有人写来，或者服务器配置还没启用。',
      'WeChat finds and reaches it. Nobody has written yet, or the server configuration is not switched on.',
    ],
    [
      '请用自己的微信给公众号发一句话，看它是否出现在这里。',
      'Send the account a message from your own WeChat and see whether it appears here.',
    ],
  ),
  'doctor/callback-unset': entry(
    ['微信后台没有设置回调地址', 'WeChat has no callback address'],
    [
      '公众平台的“服务器配置”没有填写或没有启用，微信不知道把消息送到哪里。',
      '服务器配置 at mp.weixin.qq.com is empty or not switched on, so WeChat does not know where to deliver.',
    ],
    [
      '把下面三项依次复制到公众平台“基本配置 → 服务器配置”，选“安全模式”，提交后点“启用”。',
      'Copy the three values below into 基本配置 → 服务器配置 at mp.weixin.qq.com, choose 安全模式, submit, and press 启用.',
    ],
  ),
  'doctor/callback-not-registered': entry(
    ['中继不认识这个公众号', 'The relay does not know this account'],
    [
      '它在中继上被移除，或者中继的数据被重置，所以微信的消息都被拒收。',
      'It was removed there, or the relay was reset, so what WeChat sends is refused.',
    ],
    [
      '点“重新连接”，然后把新的 URL 填到公众平台的“服务器配置”。',
      'Press “Reconnect”, then enter the new URL under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/callback-moved': entry(
    ['回调地址变了', 'The callback address has changed'],
    [
      '中继现在用另一个地址接收这个公众号的消息，与微信后台填写的不一样。',
      'The relay now takes this account’s messages at another address than the one given to WeChat.',
    ],
    [
      '点“重新连接”，然后把新的 URL 填到公众平台的“服务器配置”。',
      'Press “Reconnect”, then enter the new URL under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/callback-dns': entry(
    ['微信找不到回调地址的域名', 'WeChat cannot resolve the callback’s host name'],
    [
      '公众平台里填写的域名解析不出地址：域名到期、解析被删，或者 URL 填错了。',
      'The name entered at mp.weixin.qq.com has no address: the domain has expired, its record is gone, or the URL is mistyped.',
    ],
    [
      '请核对“服务器配置”里的 URL；如果没错，请让管理中继的人检查域名解析。',
      'Check the URL under 服务器配置. If it is right, have the relay’s operator check the DNS record.',
    ],
  ),
  'doctor/callback-unreachable': entry(
    ['微信连不上回调地址', 'WeChat cannot reach the callback address'],
    [
      '这台电脑连得上中继，但微信的网络探测没有回应，最近一天也没有收到消息。多半是服务器防火墙挡住了微信。',
      'This computer reaches the relay, but WeChat’s probe got no answer and no message came within a day. Most likely a firewall keeps WeChat out.',
    ],
    [
      '请让管理中继的人放行微信的地址和 443（或 80）端口。',
      'Have the relay’s operator let WeChat’s addresses in on port 443 (or 80).',
    ],
  ),
  'doctor/callback-signature': entry(
    ['中继拒收了 {count} 个签名不对的推送', 'The relay refused {count} wrongly signed push(es)'],
    [
      '最近一天没有收到消息，而中继上有推送的签名不对：公众平台填写的 Token 可能与这里不一致。',
      'No message came within a day, and pushes with a wrong signature were refused: the Token at mp.weixin.qq.com may differ from the one here.',
    ],
    [
      '请把下面的 Token 重新复制到公众平台的“服务器配置”并提交。',
      'Copy the Token below into 服务器配置 at mp.weixin.qq.com again and submit.',
    ],
  ),
  'doctor/feed-lag': entry(
    ['有 {count} 条消息还在中继上等着', '{count} messages still wait at the relay'],
    [
      '它们已经到了中继，本机还没收完。刚恢复联网时会这样。',
      'They have reached the relay but not yet this computer, as after a time offline.',
    ],
    [
      '请保持联网几分钟；如果数字不减少，请重新打开程序。',
      'Stay online for a few minutes. If the number does not shrink, restart the app.',
    ],
  ),
} as const;
