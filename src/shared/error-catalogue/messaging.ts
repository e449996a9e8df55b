/** Sending, media, followers and conversations. */
import { entry } from './entry';

export const MESSAGING_TEXTS = {
  'wechat/bad-response': entry(
    ['看不懂微信的回应', 'WeChat’s answer could not be read'],
    [
      '回应不是微信接口的格式，可能是代理或防火墙返回了别的页面。',
      'It was not in the form of WeChat’s API. A proxy or firewall may have put another page in its place.',
    ],
    [
      '请检查网络代理，稍后再试。若只在某个账号出现，请核对该账号的接口地址。',
      'Check the proxy and try again later. If only one account is affected, check its API address.',
    ],
  ),
  'send/window-closed': entry(
    ['现在不能给对方发消息', 'This person cannot be written to now'],
    [
      '距离对方上次互动已超过微信允许的时间，或者可回复的条数已经用完。',
      'The time WeChat allows since their last interaction is over, or all replies have been used.',
    ],
    [
      '等对方再发一条消息；急事可以用订阅通知或模板消息，也可以设置自动回复。',
      'Wait for their next message. For urgent matters use a subscription notice or a template message, or set up an automatic reply.',
    ],
  ),
  'send/not-following': entry(
    ['对方没有关注公众号', 'This person does not follow the account'],
    [
      '只有关注者才能收到客服消息。对方已取消关注，或从未关注。',
      'Only followers can receive customer-service messages. They left, or never followed.',
    ],
    [
      '请引导对方扫码重新关注，再发来一条消息。',
      'Invite them to follow again by QR code and to write a message.',
    ],
  ),
  'send/blocked': entry(
    ['对方在黑名单里', 'This person is on the blacklist'],
    ['黑名单里的粉丝收不到客服消息。', 'People on the account’s blacklist receive no messages.'],
    ['先把对方移出黑名单，再发送。', 'Remove them from the blacklist first, then send.'],
  ),
  'send/refusing': entry(
    ['对方关闭了接收消息', 'This person switched messages off'],
    [
      '对方在公众号设置里关闭了“接收消息”，微信不会转发。',
      'They turned off “receive messages” in the account’s settings, so WeChat does not deliver.',
    ],
    [
      '请等对方主动发来消息；可在自动回复里请对方打开接收消息。',
      'Wait until they write; an automatic reply may ask them to switch messages on.',
    ],
  ),
  'send/account-cannot': entry(
    ['这个公众号没有客服消息权限', 'This account may not send customer-service messages'],
    [
      '客服消息只对通过微信认证的订阅号和服务号开放，未认证的账号只能被动回复。',
      'They are for verified subscription and service accounts. Unverified accounts can only answer passively.',
    ],
    [
      '请在微信公众平台完成或续期微信认证，或者使用自动回复。',
      'Complete or renew the verification at mp.weixin.qq.com, or use automatic replies.',
    ],
  ),
  'send/too-long': entry(
    ['文字太长', 'The text is too long'],
    [
      '一条文字消息最多 2048 字节，约 680 个汉字；现在有 {bytes} 字节。',
      'One text message holds at most 2048 bytes, about 680 Chinese characters; this one has {bytes} bytes.',
    ],
    ['请精简，或分成几条发送，注意每条都占一次回复。', 'Shorten it, or split it; each part uses one reply.'],
  ),
  'send/broken-link': entry(
    ['链接写得不完整', 'A link is incomplete'],
    [
      '文字里有一段没写完整的链接代码，对方会看到代码而不是链接。',
      'The text holds link code that is not complete: the customer would see code in place of a link.',
    ],
    ['请用“插入链接”重新插入，或删掉这段代码。', 'Insert it again with “Insert link”, or delete the code.'],
  ),
  'send/unknown-outcome': entry(
    ['不知道是否已送出', 'It is not known whether this was sent'],
    [
      '请求发出后没有收到微信的回应，对方可能已经收到。为避免发两遍，程序没有重发。',
      'The request left, but WeChat’s answer did not arrive. They may have received it, so it was not sent again.',
    ],
    [
      '可以在手机上向对方确认；确定没有收到再点“重新发送”。剩余条数会按“可能少一条”显示。',
      'Ask them if you can, and press “Send again” only when you are sure. The count of replies shows that one may be gone.',
    ],
  ),
  'send/queued-offline': entry(
    ['已排队，等待联网', 'Queued until you are online'],
    [
      '现在没有网络，消息保存在本机等待发送。',
      'There is no connection, so the message waits on this computer.',
    ],
    [
      '联网后会自动发送；发送前会再检查一次回复时限，过期的不会发出。',
      'It leaves by itself when the network is back, after the reply window has been checked again.',
    ],
  ),
  'send/interrupted': entry(
    ['发送被中断', 'Sending was interrupted'],
    [
      '程序在发送过程中退出，不知道微信是否已经收到。',
      'The app stopped while this was being sent, so it is not known whether WeChat received it.',
    ],
    [
      '请先确认对方是否收到，再决定是否重新发送。',
      'Find out whether they received it before sending it again.',
    ],
  ),
  'media/too-large': entry(
    ['文件太大', 'The file is too large'],
    ['微信允许的上限是 {limit}。', 'WeChat allows at most {limit}.'],
    ['请压缩后再选择。', 'Make it smaller and choose it again.'],
  ),
  'media/too-long': entry(
    ['语音太长', 'The recording is too long'],
    ['微信允许的上限是 {limit} 秒。', 'WeChat allows at most {limit} seconds.'],
    ['请剪短后再选择。', 'Cut it and choose it again.'],
  ),
  'media/empty': entry(
    ['文件是空的', 'The file is empty'],
    ['文件里没有内容，可能还没有下载完。', 'It has no content; perhaps its download is not finished.'],
    ['请换一个文件。', 'Choose another file.'],
  ),
  'media/unsupported-type': entry(
    ['不支持这种文件', 'This kind of file is not supported'],
    [
      '微信不接受这种格式。图片可用 JPG、PNG、GIF，语音可用 AMR、MP3，视频可用 MP4。',
      'WeChat does not accept this format. Images: JPG, PNG, GIF; voice: AMR, MP3; video: MP4.',
    ],
    ['请转换格式后再选择。', 'Convert it and choose it again.'],
  ),
  'media/overseas': entry(
    ['境外公众号不能发语音和视频', 'Overseas accounts cannot send voice or video'],
    [
      '微信只允许境内主体的公众号通过接口发送语音和视频；境外主体的公众号只能发文字和图片。',
      'WeChat lets only accounts of mainland entities send voice and video by API; accounts of other entities can send text and images.',
    ],
    [
      '请改发图片，或把文件放到网页上，用文字发链接。',
      'Send an image instead, or put the file on a page and send its link as text.',
    ],
  ),
  'media/expired': entry(
    ['文件已过期', 'The file has expired'],
    [
      '对方发来的图片、语音、视频在微信只保留 3 天，这份没有及时取回。',
      'WeChat keeps what followers send for three days only, and this one was not fetched in time.',
    ],
    ['请对方再发一次。', 'Ask them to send it again.'],
  ),
  'media/staged-missing': entry(
    ['找不到要发送的文件', 'The file to send is gone'],
    [
      '选好的文件在发送前被清理了，可能隔了太久或重新启动过程序。',
      'It was cleared before it was sent, perhaps because it waited long or the app was restarted.',
    ],
    ['请重新选择文件再发送。', 'Choose the file again and send it.'],
  ),
  'media/fetch-failed': entry(
    ['文件没有取回', 'The file could not be fetched'],
    ['从微信下载时出错。', 'Downloading it from WeChat failed.'],
    [
      '请点“重试”；收到后 3 天内都可以取回。',
      'Press “Try again”; it can be fetched within three days of its arrival.',
    ],
  ),
  'media/unreadable': entry(
    ['这条语音无法播放', 'This voice message cannot be played'],
    [
      '语音文件不完整或已损坏，或者不是微信常用的 AMR 格式，程序无法解码。原文件已保留。',
      'The recording is incomplete, damaged or not in WeChat’s usual AMR format, so it could not be decoded. The original was kept.',
    ],
    [
      '请对方再发一次，或改用文字。其他消息不受影响。',
      'Ask them to send it again or to write instead. Other messages are not affected.',
    ],
  ),
  'message/malformed': entry(
    ['收到一条看不懂的推送', 'A push of WeChat could not be read'],
    [
      '推送里缺少必要的内容（{node}），原文已保留。',
      'A required part is missing ({node}). The original was kept.',
    ],
    [
      '其他消息不受影响。如果经常出现，请导出诊断信息。',
      'Other messages are not affected. If it happens often, export the diagnostics.',
    ],
  ),
  'follower/not-found': entry(
    ['找不到这位粉丝', 'This follower was not found'],
    ['本机没有这位粉丝的记录。', 'There is no record of this person on this computer.'],
    ['请重新同步粉丝列表再试。', 'Import the followers again and retry.'],
  ),
  'conversation/not-found': entry(
    ['找不到这个会话', 'This conversation was not found'],
    [
      '会话或消息不在本机，可能已被清除。',
      'The conversation or message is not on this computer; it may have been erased.',
    ],
    ['请返回列表刷新。', 'Go back to the list and refresh.'],
  ),
  'snooze/past': entry(
    ['这个时间已经过去了', 'That time has passed'],
    ['稍后处理的时间要在现在之后。', 'A conversation can only be snoozed until a time to come.'],
    ['请选一个晚一点的时间。', 'Choose a later time.'],
  ),
  'import/interrupted': entry(
    ['导入中断了', 'The import was interrupted'],
    [
      '程序退出或网络断开，粉丝还没有全部导入。',
      'The app was closed or the network failed before every follower was imported.',
    ],
    [
      '点“继续”会从中断的地方接着导入，不会重复。',
      'Press “Continue”: it goes on where it stopped, without duplicates.',
    ],
  ),
  'search/not-understood': entry(
    ['没看懂要搜索什么', 'This search was not understood'],
    [
      '筛选词写得不完整，例如“之后:”后面没有日期，或“含:”后面不是已知的内容。',
      'A filter is not complete: a date is missing after “after:”, or “has:” names nothing known.',
    ],
    [
      '请照提示改正，或点“怎么搜索”查看写法。',
      'Correct it as the hint says, or open “How to search” for the spelling.',
    ],
  ),
} as const;
