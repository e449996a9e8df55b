/** What the doctor finds about permission sets, and about other systems that hold them. */
import { entry } from '../entry';

export const DOCTOR_PERMISSION_TEXTS = {
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
} as const;
