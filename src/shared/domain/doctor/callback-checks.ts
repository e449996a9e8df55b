/** The way of messages: from WeChat to the relay, sealed, and to nobody else. */
import type { AppErrorData } from '../../app-error';
import type { UnixSeconds } from '../clock';
import { permissionSet, REQUESTED_SETS } from '../permission-sets';
import { errcodeOf, isSilence } from './failures';
import { blockedBy, finding, notCheckedOffline, type Detail, type Finding } from './finding';
import type {
  AesObservation,
  CallbackObservation,
  ExclusivityObservation,
  Patient,
  RelaySigns,
  WeChatCallbackView,
} from './observations';
import { CONSOLE, help, RECONNECT, SERVER_SETTINGS } from './places';

const DAY = 86_400;
/** A relay that is read as it should be holds next to nothing for this computer. */
const LAG = 50;

const isRecent = (at: UnixSeconds | null, now: UnixSeconds): boolean => at !== null && now - at < DAY;

/** Whether pushes reach the relay and go on to this computer. */
export function checkCallback(patient: Patient, seen: CallbackObservation): Finding {
  const { relay, wechat } = seen;
  const details = callbackDetails(seen);
  if (patient.status !== 'bound') return blockedBy('callback', 'token');
  if (relay === null) return finding('callback', 'failed', 'doctor/no-relay', { details });
  const atRelay = relayTrouble(patient, relay, seen.offline);
  if (atRelay !== null) return { ...atRelay, details };
  if (wechat === null) return blockedBy('callback', 'token');
  if (!wechat.ok) {
    const { error } = wechat;
    if (isSilence(error)) return finding('callback', 'unknown', 'doctor/wechat-silent', { error, details });
    if (errcodeOf(error) === 40201)
      return finding('callback', 'failed', 'doctor/callback-unset', {
        ...{ error, details },
        remedies: [...SERVER_SETTINGS, CONSOLE, help('server-switches-off')],
      });
    return finding('callback', 'unknown', 'doctor/wechat-refused', { error, details });
  }
  return (
    wayTrouble(seen, relay, wechat.value, details) ??
    (seen.lastMessageAt === null
      ? finding('callback', 'ok', 'doctor/callback-ok-silent', { details })
      : finding('callback', 'ok', 'doctor/callback-ok', { details, times: { at: seen.lastMessageAt } }))
  );
}

/** What keeps the relay from taking pushes of this account, or this computer from reading them. */
function relayTrouble(patient: Patient, relay: RelaySigns, offline: boolean): Finding | null {
  if (!relay.health.ok) {
    const { error } = relay.health;
    if (offline) return notCheckedOffline('callback');
    return finding('callback', 'failed', error.code, { error });
  }
  if (!relay.health.value.storing) return finding('callback', 'failed', 'relay/store-unavailable');
  if (!relay.registered.ok) {
    const { error } = relay.registered;
    return finding('callback', 'failed', error.code, { error });
  }
  const registered = relay.registered.value;
  if (registered === null)
    return finding('callback', 'failed', 'doctor/callback-not-registered', { remedies: [RECONNECT] });
  if (registered.mode !== 'component' && registered.callbackUrl !== patient.callbackUrl)
    return finding('callback', 'failed', 'doctor/callback-moved', {
      remedies: [RECONNECT, CONSOLE],
    });
  return null;
}

/** What WeChat says of the way to the configured address, and what arrives by it. */
function wayTrouble(
  { lastMessageAt, now }: CallbackObservation,
  relay: RelaySigns,
  view: WeChatCallbackView,
  details: readonly Detail[],
): Finding | null {
  const repair = [SERVER_SETTINGS[0], CONSOLE].filter((one) => one !== undefined);
  if (view.dns.length === 0)
    return finding('callback', 'failed', 'doctor/callback-dns', { details, remedies: repair });
  const unreachable = view.ping.length > 0 && view.ping.every(({ lost }) => lost);
  // Many servers do not answer pings, so a message that came proves more.
  if (unreachable && !isRecent(lastMessageAt, now))
    return finding('callback', 'failed', 'doctor/callback-unreachable', { details });
  if (!isRecent(lastMessageAt, now) && relay.refused !== null && relay.refused.badSignature > 0)
    return finding('callback', 'warning', 'doctor/callback-signature', {
      details,
      params: { count: relay.refused.badSignature },
      remedies: [...SERVER_SETTINGS, CONSOLE],
    });
  if (relay.waiting !== null && relay.waiting > LAG)
    return finding('callback', 'warning', 'doctor/feed-lag', { details, params: { count: relay.waiting } });
  return null;
}

function callbackDetails({ relay, wechat, lastMessageAt }: CallbackObservation): readonly Detail[] {
  const view = wechat?.ok ? wechat.value : null;
  return [
    ...(lastMessageAt === null
      ? []
      : [{ label: { zh: '最近收到消息', en: 'Last message' }, value: lastMessageAt, unit: 'time' as const }]),
    ...(relay?.waiting == null
      ? []
      : [{ label: { zh: '在中继等待本机收取', en: 'Waiting at the relay' }, value: relay.waiting }]),
    ...(view === null
      ? []
      : [
          {
            label: { zh: '微信解析到的地址', en: 'Address as WeChat resolves it' },
            value: view.dns.join(', ') || '–',
          },
          ...view.ping.map(({ ip, lost, time }) => ({
            label: { zh: `微信 ping ${ip}`, en: `WeChat’s ping to ${ip}` },
            value: lost ? { zh: '没有回应', en: 'no answer' } : time,
          })),
        ]),
  ];
}

const WRONG_KEY: ReadonlySet<string> = new Set(['callback/bad-padding', 'callback/bad-aes-key']);

/** Whether pushes arrive sealed, with the key that is kept here. */
export function checkAes(seen: AesObservation): Finding {
  const { keys, quarantine, refusedPlain, lastMessageAt, recovered } = seen;
  const details: Detail[] = [
    ...quarantine.map(({ reason, count }) => ({
      label: { zh: `没能打开（${reason}）`, en: `Not opened (${reason})` },
      value: count,
    })),
    ...(recovered > 0 ? [{ label: { zh: '刚刚补读成功', en: 'Opened just now' }, value: recovered }] : []),
    ...(refusedPlain === null
      ? []
      : [
          {
            label: { zh: '中继拒收的明文推送', en: 'Plain pushes refused by the relay' },
            value: refusedPlain,
          },
        ]),
  ];
  if (seen.mode !== 'component' && !keys.ok)
    return finding('aes', 'failed', keys.error.code, { error: keys.error, details });
  const count = (reasons: (reason: string) => boolean): number =>
    quarantine.reduce((sum, one) => sum + (reasons(one.reason) ? one.count : 0), 0);
  const locked = count((reason) => WRONG_KEY.has(reason));
  const repair = [...SERVER_SETTINGS.slice(2), CONSOLE];
  if (locked > 0) {
    const last = Math.max(
      ...quarantine.filter((one) => WRONG_KEY.has(one.reason)).map((one) => one.lastAt ?? 0),
    );
    return lastMessageAt !== null && lastMessageAt > last
      ? finding('aes', 'warning', 'doctor/aes-old-locked', { details, params: { count: locked } })
      : finding('aes', 'failed', 'doctor/aes-wrong-key', {
          details,
          params: { count: locked },
          remedies: repair,
        });
  }
  if (count((reason) => reason === 'callback/downgrade') > 0)
    return finding('aes', 'failed', 'callback/downgrade', { details, remedies: [CONSOLE] });
  if (count((reason) => reason === 'callback/appid-mismatch') > 0)
    return finding('aes', 'failed', 'callback/appid-mismatch', {
      details,
      remedies: [...SERVER_SETTINGS.slice(0, 1), CONSOLE],
    });
  if (refusedPlain !== null && refusedPlain > 0)
    return finding('aes', 'warning', 'doctor/aes-plain', {
      ...{ details, params: { count: refusedPlain } },
      remedies: [CONSOLE, help('sealed-or-assisted')],
    });
  const unread = count(() => true);
  if (unread > 0)
    return finding('aes', 'warning', 'doctor/quarantined', { details, params: { count: unread } });
  if (seen.mode === 'component') return finding('aes', 'ok', 'doctor/aes-platform', { details });
  return finding('aes', 'ok', 'doctor/aes-ok', { details });
}

/** Whether somebody else holds what only one can hold: exclusive permission sets, or the one callback address. */
export function checkExclusivity(patient: Patient, seen: ExclusivityObservation): Finding {
  return patient.door === 'scan' ? exclusiveSets(seen) : soleServer(patient, seen);
}

function exclusiveSets({ granted }: ExclusivityObservation): Finding {
  if (granted === null) return blockedBy('exclusivity', 'permissions');
  if (!granted.ok) return unreadSets('exclusivity', granted.error);
  const lost = REQUESTED_SETS.flatMap((id) => {
    const set = permissionSet(id);
    return set?.exclusive && !granted.value.includes(id) ? [set] : [];
  });
  if (lost.length === 0) return finding('exclusivity', 'ok', 'doctor/exclusive-held');
  const terms = {
    sets: {
      zh: lost.map(({ name }) => name.zh).join('、'),
      en: lost.map(({ name }) => name.en).join(', '),
    },
  };
  return finding('exclusivity', 'warning', 'doctor/exclusive-lost', { terms, remedies: [help('suppliers')] });
}

/** WeChat tells nobody which URL is configured, but where it resolves to. */
function soleServer(patient: Patient, seen: ExclusivityObservation): Finding {
  const { wechat, ownAddresses, lastMessageAt, now } = seen;
  if (patient.status !== 'bound' || wechat === null) return blockedBy('exclusivity', 'token');
  if (!wechat.ok)
    return isSilence(wechat.error) ? notCheckedOffline('exclusivity') : blockedBy('exclusivity', 'callback');
  const theirs = wechat.value.dns;
  const details: Detail[] = [
    {
      label: { zh: '微信解析到的地址', en: 'Address as WeChat resolves it' },
      value: theirs.join(', ') || '–',
    },
    { label: { zh: '中继的地址', en: 'Address of the relay' }, value: ownAddresses.join(', ') || '–' },
  ];
  const remedies = [...SERVER_SETTINGS, CONSOLE, help('server-switches-off')];
  const elsewhere =
    theirs.length > 0 && ownAddresses.length > 0 && !theirs.some((ip) => ownAddresses.includes(ip));
  if (elsewhere) {
    // Names may resolve differently in different places; messages that keep coming prove that this is such a case.
    return isRecent(lastMessageAt, now)
      ? finding('exclusivity', 'ok', 'doctor/sole-server', { details })
      : finding('exclusivity', 'failed', 'doctor/other-server', {
          ...{ details, remedies },
          params: { theirs: theirs.join(', '), ours: ownAddresses.join(', ') },
        });
  }
  if (isRecent(lastMessageAt, now)) return finding('exclusivity', 'ok', 'doctor/sole-server', { details });
  return finding('exclusivity', 'ok', 'doctor/sole-server-likely', { details, remedies: [CONSOLE] });
}

/** The sets could not be read. */
export function unreadSets(check: 'permissions' | 'exclusivity', error: AppErrorData): Finding {
  if (isSilence(error)) return notCheckedOffline(check);
  return finding(check, 'unknown', error.code, { error });
}
