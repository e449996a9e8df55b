/** Automatic replies, and what relays say of devices and items. */
import { entry } from './entry';

export const REPLY_TEXTS = {
  'replies/bad-pattern': entry(
    ['正则表达式无法使用', 'This regular expression cannot be used'],
    ['规则 {rule}：{reason}', 'Rule {rule}: {reason}'],
    [
      '请使用 RE2 语法，不支持环视和反向引用；简单的关键词可改用“包含”。',
      'Use RE2 syntax, which has neither look-around nor back-references; for plain keywords use “contains”.',
    ],
  ),
  'replies/patterns-too-large': entry(
    ['正则表达式过于庞大', 'The regular expressions are too large'],
    [
      '规则 {rule} 展开后超出了自动回复允许的大小。',
      'Rule {rule} becomes larger than automatic replies allow once it is expanded.',
    ],
    ['请减少花括号里的重复次数，或改用“包含”。', 'Lower the repetition counts in braces, or use “contains”.'],
  ),
  'replies/bad-time-zone': entry(
    ['无法识别时区', 'The time zone is not known'],
    ['“{timeZone}”不在时区列表里。', '“{timeZone}” is not in the list of time zones.'],
    ['请选择如 Asia/Shanghai 的时区。', 'Choose a time zone such as Asia/Shanghai.'],
  ),
  'replies/not-found': entry(
    ['找不到这份旧规则', 'These earlier rules were not found'],
    [
      '它不在本机，可能已随公众号一起删除。',
      'They are not on this computer; they may have been erased with the account.',
    ],
    ['请返回重新打开列表。', 'Go back and open the list again.'],
  ),
  'relay/older-rules': entry(
    ['另一台电脑刚改过自动回复', 'Another computer has just changed the automatic replies'],
    [
      '中继上的规则比这里的新。两边都会保留，不会丢失。',
      'The rules at the relay are newer than the ones here. Both are kept; nothing is lost.',
    ],
    [
      '程序会自动合并再试；请稍后看一眼结果。',
      'The app tries again by itself; look at the result in a moment.',
    ],
  ),
  'relay/bad-rules': entry(
    ['中继用不了这些规则', 'The relay cannot work with these rules'],
    [
      '中继的版本可能比程序旧，不认识其中的写法。',
      'The relay may be older than the app and not know something in them.',
    ],
    ['请更新中继；规则仍保存在本机。', 'Update the relay. The rules are still kept on this computer.'],
  ),
  'relay/sealed-account': entry(
    ['这个公众号处于密封模式', 'This account is in sealed mode'],
    [
      '中继没有它的 EncodingAESKey，读不了消息，也就不能自动回复。',
      'The relay has no EncodingAESKey for it, so it cannot read messages and cannot answer them.',
    ],
    [
      '如果需要电脑关机时自动回复，请把它改为协助模式。',
      'To have messages answered while this computer is off, change it to assisted mode.',
    ],
  ),
  'relay/unknown-device': entry(
    ['找不到这台设备', 'This device was not found'],
    ['它已经不在中继的设备列表里。', 'It is no longer in the relay’s list of devices.'],
    ['请刷新设备列表。', 'Refresh the list of devices.'],
  ),
  'relay/unknown-item': entry(
    ['中继送来了看不懂的内容', 'The relay delivered something this version does not know'],
    [
      '中继的版本比程序新。内容已原样保留，更新后可以读取。',
      'The relay is newer than the app. It was kept as it came and can be read after an update.',
    ],
    ['请把程序更新到最新版本。', 'Update the app to the newest version.'],
  ),
  'account/component-mode': entry(
    ['这个公众号由第三方平台代管', 'This account is held by a third-party platform'],
    [
      '它是扫码授权的，密钥在平台一方，不能切换模式。',
      'It was authorized by scanning: the platform has its keys, so its mode cannot be changed.',
    ],
    ['不需要操作；自动回复可以直接使用。', 'Nothing to do; automatic replies work as they are.'],
  ),
} as const;
