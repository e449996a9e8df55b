/** What the connection doctor finds, with the exact fix. */
import { entry } from './entry';

export const DOCTOR_TEXTS = {
  'doctor/offline': entry(
    ['没有网络，这一项没有检查', 'No network, so this was not checked'],
    [
      '微信和中继都没有回应，多半是这台电脑断网了。',
      'Neither WeChat nor the relay answers; this computer is most likely offline.',
    ],
    [
      '请检查网络，连上后再体检一次。存在本机的内容不受影响。',
      'Check the network and run the doctor again. What is stored on this computer is safe.',
    ],
  ),
  'doctor/blocked': entry(
    ['先解决“{cause}”', 'Repair “{cause}” first'],
    ['这一项要在“{cause}”正常之后才能检查。', 'It can only be checked once “{cause}” works.'],
    ['请先按“{cause}”那一项处理，再体检一次。', 'Follow the advice there, then run the doctor again.'],
  ),
  'doctor/cancelled': entry(
    ['已取消，没有检查', 'Cancelled before it was checked'],
    ['体检在这一项之前停止了。', 'The examination was stopped before this point.'],
    ['需要时可以再体检一次。', 'Run the doctor again when you like.'],
  ),
  'doctor/not-finished': entry(
    ['检查没有完成', 'The check did not finish'],
    [
      '等了太久没有结果，或者程序遇到了意外情况。',
      'There was no result for too long, or the app met something unexpected.',
    ],
    [
      '请再体检一次；如果总是这样，请复制报告发给支持人员。',
      'Run the doctor again. If it stays like this, copy the report for support.',
    ],
  ),
  'doctor/no-examination': entry(
    ['还没有体检过', 'Not examined yet'],
    ['这次打开程序后，这个公众号还没有体检。', 'The account was not examined since the app was opened.'],
    ['请先体检一次，再复制报告。', 'Run the doctor first, then copy the report.'],
  ),
  'doctor/wechat-silent': entry(
    ['微信没有回应', 'WeChat does not answer'],
    [
      '中继连得上，但微信的服务器没有回应这台电脑。可能是微信临时故障，或网络拦截了 api.weixin.qq.com。',
      'The relay can be reached, but WeChat’s servers do not answer this computer: WeChat has trouble, or the network blocks api.weixin.qq.com.',
    ],
    [
      '请稍后再试；如果一直这样，请让管网络的人放行 api.weixin.qq.com。',
      'Try again later. If it stays so, have api.weixin.qq.com allowed in your network.',
    ],
  ),
  'doctor/wechat-refused': entry(
    ['微信没有给出结果', 'WeChat gave no result'],
    ['微信拒绝了这一项查询，原因见“详情”。', 'WeChat refused this question; the details say why.'],
    [
      '请稍后再体检一次；如果总是这样，请复制报告并带上请求编号咨询。',
      'Run the doctor again later. If it stays so, copy the report and quote the request id.',
    ],
  ),

  'doctor/clock-ok': entry(
    ['时间准确', 'The time is right'],
    ['本机的时间与微信一致。', 'This computer agrees with WeChat.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/clock-off': entry(
    ['电脑时间差了 {by}', 'This computer’s clock is off by {by}'],
    [
      '回复时限按微信的时间计算，不受影响；但别处显示的时间会有偏差。',
      'Reply windows follow WeChat’s time and stay right; other times on this computer mislead.',
    ],
    ['请在系统设置里打开“自动设置时间”。', 'Turn on “set time automatically” in the system settings.'],
  ),
  'doctor/clock-wrong': entry(
    ['电脑时间差了 {by}', 'This computer’s clock is wrong by {by}'],
    [
      '时间差得太多时，安全连接会被拒绝，消息收发随时可能中断。',
      'With a clock this wrong, secure connections are refused and messages may stop at any moment.',
    ],
    [
      '请在系统设置里打开“自动设置时间”，再体检一次。',
      'Turn on “set time automatically” in the system settings, then run the doctor again.',
    ],
  ),
  'doctor/relay-clock-wrong': entry(
    ['中继的时间差了 {by}', 'The relay’s clock is wrong by {by}'],
    [
      '中继只收时间相差不到 10 分钟的推送，所以微信发来的消息都被它拒收了。',
      'The relay takes pushes within ten minutes of its own time only, so it refuses what WeChat sends.',
    ],
    [
      '请让管理中继的人打开服务器的自动校时（NTP）。',
      'Have the relay’s operator turn on time synchronisation (NTP) on its server.',
    ],
  ),

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

  'doctor/aes-ok': entry(
    ['消息加密正常', 'Messages arrive sealed'],
    ['密钥齐全，收到的消息都能打开。', 'The keys are here and open what arrives.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/aes-platform': entry(
    ['由中继的第三方平台解密', 'Opened by the relay’s platform'],
    [
      '扫码授权的公众号用平台的密钥加密，您不需要保管密钥。',
      'Accounts added by scanning are sealed with the platform’s keys; you keep none.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/aes-wrong-key': entry(
    ['有 {count} 条消息打不开：密钥不一致', '{count} message(s) cannot be opened: the keys differ'],
    [
      '公众平台里的 EncodingAESKey 与这里的不同，通常是有人在网站上点了“随机生成”。密文都保留着。',
      'The EncodingAESKey at mp.weixin.qq.com differs from the one here, usually because someone pressed 随机生成. The sealed messages are kept.',
    ],
    [
      '把下面的 EncodingAESKey 重新复制到公众平台的“服务器配置”并提交；之后的消息就能打开。',
      'Copy the EncodingAESKey below into 服务器配置 at mp.weixin.qq.com and submit; messages open again from then on.',
    ],
  ),
  'doctor/aes-old-locked': entry(
    ['现在正常；以前有 {count} 条消息没能打开', 'Works now; {count} earlier message(s) stayed locked'],
    [
      '它们是用另一个密钥加密的。之后收到的消息都能打开。',
      'They were sealed with another key. What came later opens.',
    ],
    ['不需要操作。密文会保留在本机。', 'Nothing to do. The sealed text stays on this computer.'],
  ),
  'doctor/aes-plain': entry(
    ['中继拒收了 {count} 个没有加密的推送', 'The relay refused {count} unencrypted push(es)'],
    [
      '明文推送无法证明来自微信，所以不收。中继不记录是哪个公众号；如果这个公众号收不到消息，多半就是它选了“明文模式”。',
      'Plain pushes cannot be proved to be WeChat’s, so they are refused. The relay does not record whose they were; if this account receives nothing, it most likely uses 明文模式.',
    ],
    [
      '请在公众平台“服务器配置”里把“消息加解密方式”改为“安全模式”。',
      'Set 消息加解密方式 to 安全模式 (safe mode) under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/quarantined': entry(
    ['有 {count} 条消息没能读懂', '{count} message(s) could not be read'],
    [
      '内容损坏，或者是这个版本还不认识的格式。原文都保留着。',
      'They are damaged, or of a form that this version does not know. The originals are kept.',
    ],
    ['请更新到最新版本，之后会自动补读。', 'Update the app; they are then read by themselves.'],
  ),

  'doctor/permissions-own': entry(
    ['手动连接不需要授权', 'Not needed with a manual connection'],
    [
      '手动连接用的是公众号自己的 AppSecret，它能用的接口都能用。权限集只与扫码授权有关。',
      'It uses the account’s own AppSecret, which opens whatever the account may do. Permission sets concern accounts added by scanning.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/permissions-ok': entry(
    ['需要的权限集都已授予', 'All permission sets are granted'],
    ['管理员授权时勾选了全部需要的权限。', 'The administrator granted everything that is needed.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/permissions-missing': entry(
    ['没有授予：{sets}', 'Not granted: {sets}'],
    [
      '管理员授权时没有勾选这些权限集，或者后来授权给了别的平台。相关功能不能用，见“详情”。',
      'The administrator did not tick these sets, or has granted them to another platform since. The details list what is closed.',
    ],
    [
      '请管理员重新扫码授权，并勾选这些权限集。',
      'Have the administrator authorize again and tick these sets.',
    ],
  ),

  'doctor/exclusive-held': entry(
    ['独占的权限集都在这里', 'The exclusive sets are held here'],
    [
      '独占权限同一时间只能给一个平台，授权给新的一家，旧的就会失去。',
      'One platform holds an exclusive set at a time; granting it to a new one takes it from the former.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/exclusive-lost': entry(
    ['独占的权限集不在这里：{sets}', 'Exclusive sets are not held here: {sets}'],
    [
      '同一时间只有一个平台能拥有它：没有授予这里，或者已被后来授权的平台拿走。一个公众号最多授权给 5 个平台。',
      'Only one platform can hold it: it was not granted here, or a platform authorized later took it. An account can be authorized to five platforms at most.',
    ],
    [
      '需要这项功能时，请管理员重新授权给这里；另一个平台会随之失去它。',
      'If you need it, have the administrator authorize here again; the other platform then loses it.',
    ],
  ),
  'doctor/sole-server': entry(
    ['消息送到这里', 'Messages are delivered here'],
    [
      '最近一天收到了消息，说明微信后台填写的是这里的地址。',
      'Messages arrived within the last day, so WeChat has the address of this relay.',
    ],
    ['不需要操作。', 'Nothing to do.'],
  ),
  'doctor/sole-server-likely': entry(
    ['看起来没有别的系统接管', 'No other system seems to have taken over'],
    [
      '微信后台的地址与中继一致。微信不公开完整的 URL，最近一天也没有消息，所以不能完全确定。',
      'WeChat’s address is the relay’s. WeChat does not tell the whole URL, and no message came within a day, so this is not certain.',
    ],
    [
      '如果收不到消息，请到公众平台核对“服务器配置”里的 URL。',
      'If messages are missing, compare the URL under 服务器配置 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/other-server': entry(
    ['消息送到了另一个系统', 'Messages go to another system'],
    [
      '微信把消息送往 {theirs}，而中继在 {ours}。一个公众号只能有一个服务器地址：有人在公众平台改成了别的系统。',
      'WeChat delivers to {theirs}, while the relay is at {ours}. An account has one server address only: someone has changed it to another system.',
    ],
    [
      '要让消息回到这里，请把下面三项复制到公众平台的“服务器配置”并提交；另一个系统就不再收到。',
      'To bring them back, copy the three values below into 服务器配置 at mp.weixin.qq.com and submit; the other system then receives nothing.',
    ],
  ),

  'doctor/verification-ok': entry(
    ['已认证', 'Verified'],
    ['微信放行了只对认证公众号开放的接口。', 'WeChat lets through what is open to verified accounts only.'],
    [
      '不需要操作。微信没有告知到期日，请在公众平台留意年审通知。',
      'Nothing to do. WeChat has not told the end date; watch for the yearly notice at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-ok-until': entry(
    ['已认证，有效期至 {date}', 'Verified until {date}'],
    ['微信放行了只对认证公众号开放的接口。', 'WeChat lets through what is open to verified accounts only.'],
    ['不需要操作。到期前 60 天会在这里提醒。', 'Nothing to do. You are reminded here 60 days before.'],
  ),
  'doctor/verification-ends': entry(
    ['认证还有 {days} 天到期', 'The verification ends in {days} day(s)'],
    [
      '{date} 之后，客服消息、粉丝列表等接口会被微信停用。',
      'After {date} WeChat stops customer-service messages, the follower list and more.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”完成年审。',
      'Have the administrator renew it under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-expired': entry(
    ['微信认证已于 {date} 到期', 'The verification ended on {date}'],
    [
      '到期后，客服消息、粉丝列表等接口会被微信拒绝（48001 / 61016）。',
      'Since then WeChat refuses customer-service messages, the follower list and more (48001 / 61016).',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”重新认证。',
      'Have the administrator verify the account again under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/verification-over': entry(
    ['认证到期日 {date} 已过', 'The verification was to end on {date}'],
    [
      '微信通知过这个到期日，但接口暂时还能用，随时可能停用。',
      'WeChat announced this date. Its interfaces still answer, but may stop at any moment.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”查看；已经年审过的话，不用理会。',
      'Have the administrator look at 设置与开发 → 微信认证 at mp.weixin.qq.com. If it was renewed, ignore this.',
    ],
  ),
  'doctor/verification-lapsed': entry(
    ['微信认证失效了', 'The verification has lapsed'],
    [
      '这个公众号以前是认证的，现在微信拒绝了只对认证公众号开放的接口：认证到期，或者被取消。',
      'The account was verified, and now WeChat refuses what is open to verified accounts: the verification has expired or was withdrawn.',
    ],
    [
      '请管理员在公众平台“设置与开发 → 微信认证”查看到期日并重新认证。',
      'Have the administrator look at 设置与开发 → 微信认证 at mp.weixin.qq.com and verify the account again.',
    ],
  ),
  'doctor/unverified': entry(
    ['没有微信认证，只能被动回复', 'Not verified: automatic replies only'],
    [
      '客服消息、粉丝列表、菜单等接口只对已认证的公众号开放。微博认证不算。',
      'Customer-service messages, the follower list, menus and more are open to verified accounts only. A Weibo verification does not count.',
    ],
    [
      '需要这些功能时，请管理员在公众平台“设置与开发 → 微信认证”申请。',
      'If you need them, have the administrator apply under 设置与开发 → 微信认证 at mp.weixin.qq.com.',
    ],
  ),
  'doctor/unverified-overseas': entry(
    [
      '没有微信认证；境外账号可能在 30 天后被注销',
      'Not verified; overseas accounts may be closed after 30 days',
    ],
    [
      '客服消息、粉丝列表等接口只对已认证的公众号开放。境外账号由第三方机构审核。',
      'Customer-service messages, the follower list and more are open to verified accounts only. Overseas accounts are examined by a third party.',
    ],
    ['请管理员尽快在公众平台申请微信认证。', 'Have the administrator apply for verification soon.'],
  ),

  'doctor/quota-ok': entry(
    ['额度充足', 'Enough calls are left'],
    ['每个接口今天还剩多少次，见“详情”。', 'The details say how many calls each API has left today.'],
    [
      '不需要操作。额度每天零点（北京时间）恢复。',
      'Nothing to do. Quotas start anew at midnight, Beijing time.',
    ],
  ),
  'doctor/quota-tight': entry(
    ['“{api}”今天只剩 {left} 次', '“{api}”: {left} calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。',
      'There are {limit} a day, shared by every system that uses the account.',
    ],
    [
      '请少用一些，零点（北京时间）恢复。别的系统也在用时，请查一查它。',
      'Use it sparingly; it starts anew at midnight, Beijing time. If another system uses the account, look there.',
    ],
  ),
  'doctor/quota-used': entry(
    ['“{api}”今天的额度用完了', '“{api}”: no calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。用完后微信会拒绝（45009）。',
      'There are {limit} a day, shared by every system that uses the account. WeChat refuses more (45009).',
    ],
    [
      '零点（北京时间）恢复。着急的话，管理员可以在公众平台“接口权限”里清零，每月最多 10 次。',
      'It starts anew at midnight, Beijing time. If it is urgent the administrator can reset it (清零) at mp.weixin.qq.com, ten times a month.',
    ],
  ),
  'doctor/quota-used-unverified': entry(
    ['“{api}”今天的额度用完了', '“{api}”: no calls left today'],
    [
      '每天一共 {limit} 次，这个公众号的所有系统合用。用完后微信会拒绝（45009）。',
      'There are {limit} a day, shared by every system that uses the account. WeChat refuses more (45009).',
    ],
    [
      '零点（北京时间）恢复。未认证的公众号不能清零。',
      'It starts anew at midnight, Beijing time. Accounts that are not verified cannot reset it.',
    ],
  ),

  'doctor/category-ok': entry(
    ['模板行业已选好', 'The industry is chosen'],
    ['模板消息按这里的行业挑选模板。', 'Templates are chosen from these industries.'],
    ['不需要操作。微信每月只允许改一次。', 'Nothing to do. WeChat lets it be changed once a month.'],
  ),
  'doctor/category-none': entry(
    ['还没有选择模板行业', 'No industry is chosen for templates'],
    [
      '没有行业就加不了模板，模板消息发不出去。',
      'Without one no template can be added and no template message sent.',
    ],
    [
      '请管理员在公众平台“广告与服务 → 模板消息”里选择行业；每月只能改一次。',
      'Have the administrator choose one under 广告与服务 → 模板消息 at mp.weixin.qq.com; it can be changed once a month.',
    ],
  ),
  'doctor/category-service-only': entry(
    ['只与已认证的服务号有关', 'For verified service accounts only'],
    ['模板消息只对已认证的服务号开放。', 'Template messages are open to verified service accounts only.'],
    ['不需要操作。', 'Nothing to do.'],
  ),
} as const;
