import type { AppErrorData } from '../../app-error';
import type { Localized } from '../../localized';
import { isSilence } from './failures';
import { finding, notCheckedOffline, type Detail, type Finding } from './finding';
import type { ClockObservation } from './observations';

/** The app counts with the servers' clock, so minutes only mislead the reader; hours also break secure connections. */
const NOTICE_SECONDS = 60;
const FAILURE_SECONDS = 3600;
/** The relay takes pushes whose time is within ten minutes of its own. */
const RELAY_TOLERANCE_SECONDS = 600;

/** Whether both servers are silent: nothing can be examined but what is on this computer. */
export function isOffline({ wechat, relay }: ClockObservation): boolean {
  const silent = (error: AppErrorData): boolean => isSilence(error);
  return !wechat.ok && silent(wechat.error) && (relay === null || (!relay.ok && silent(relay.error)));
}

/** This computer's clock, and the relay's, against WeChat's. */
export function checkClock(seen: ClockObservation): Finding {
  const { wechat, relay } = seen;
  if (isOffline(seen)) return notCheckedOffline('clock');
  const relayOffset = relay?.ok ? relay.value.offset : null;
  const details: Detail[] = [
    ...(wechat.ok
      ? [offsetDetail({ zh: '微信比本机快', en: 'WeChat ahead of this computer' }, wechat.value.offset)]
      : []),
    ...(relayOffset === null
      ? []
      : [offsetDetail({ zh: '中继比本机快', en: 'Relay ahead of this computer' }, relayOffset)]),
  ];
  if (!wechat.ok && wechat.error.code === 'network/tls')
    return finding('clock', 'failed', 'network/tls', { error: wechat.error, details });
  if (!wechat.ok)
    return finding('clock', 'unknown', 'doctor/wechat-silent', { error: wechat.error, details });
  const { offset } = wechat.value;
  if (relayOffset !== null && Math.abs(relayOffset - offset) > RELAY_TOLERANCE_SECONDS) {
    const terms = { by: duration(relayOffset - offset) };
    return finding('clock', 'failed', 'doctor/relay-clock-wrong', { terms, details });
  }
  if (Math.abs(offset) < NOTICE_SECONDS) return finding('clock', 'ok', 'doctor/clock-ok', { details });
  const terms = { by: duration(offset) };
  return Math.abs(offset) < FAILURE_SECONDS
    ? finding('clock', 'warning', 'doctor/clock-off', { terms, details })
    : finding('clock', 'failed', 'doctor/clock-wrong', { terms, details });
}

function offsetDetail(label: Localized, offset: number): Detail {
  const seconds = offset.toFixed(1);
  return { label, value: { zh: `${seconds} 秒`, en: `${seconds} s` } };
}

/** The size of a difference in the largest unit that fits. */
export function duration(seconds: number): Localized {
  const size = Math.abs(seconds);
  const [unit, zh, en] =
    size >= 86_400 * 2
      ? [86_400, '天', 'days']
      : size >= 3600
        ? [3600, '小时', 'hours']
        : size >= 60
          ? [60, '分钟', 'minutes']
          : [1, '秒', 'seconds'];
  const count = Math.max(1, Math.round(size / unit));
  return { zh: `${String(count)} ${zh}`, en: `${String(count)} ${count === 1 ? en.slice(0, -1) : en}` };
}
