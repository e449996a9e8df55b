/** What the doctor finds about the time. */
import { entry } from '../entry';

export const DOCTOR_CLOCK_TEXTS = {
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
} as const;
