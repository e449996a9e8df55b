/** One request for a token answers two questions: whether the address is let in, and whether the credentials are. */
import type { AppErrorData } from '../../app-error';
import { errcodeOf, isAddressRefusal, isConfirmation, isOfRelay, isSilence } from './failures';
import { blockedBy, finding, notCheckedOffline, type Detail, type Finding, type Remedy } from './finding';
import type { Patient, TokenObservation, WhitelistObservation } from './observations';
import { CONSOLE, DEVELOPERS, help, RECONNECT } from './places';

/** A replaced token is worth telling for a day. */
const INCIDENT_SECONDS = 86_400;
/** This many within the hour are no accident: two systems take the token from each other. */
const FIGHT = 3;
const FIGHT_SECONDS = 3600;

/** Whether WeChat answers requests for a token that come from where ours do (40164; 61004 for a platform; 895xx). */
export function checkWhitelist({ answer, relayAddresses }: WhitelistObservation): Finding {
  const details: Detail[] =
    relayAddresses.length > 0
      ? [{ label: { zh: '中继的出口地址', en: 'Addresses of the relay' }, value: relayAddresses.join(', ') }]
      : [];
  if (answer.ok) return finding('whitelist', 'ok', 'doctor/whitelist-ok', { details });
  const { error } = answer;
  if (isAddressRefusal(error)) return notListed(error, relayAddresses, details);
  if (isConfirmation(error))
    return finding('whitelist', 'failed', codeOf(error), { error, details, remedies: [CONSOLE] });
  if (isOfRelay(error))
    return finding('whitelist', 'failed', error.code, { error, details, ...paramsOf(error) });
  if (isSilence(error)) return notCheckedOffline('whitelist');
  return blockedBy('whitelist', 'token');
}

function notListed(
  error: AppErrorData,
  relayAddresses: readonly string[],
  details: readonly Detail[],
): Finding {
  const named = error.params?.['ip'];
  const ip = typeof named === 'string' ? named : relayAddresses[0];
  const platform = errcodeOf(error) !== 40164;
  const copy: Remedy[] = ip === undefined ? [] : [{ kind: 'copy', value: ip }];
  const params = { ip: ip ?? '?' };
  return platform
    ? finding('whitelist', 'failed', 'doctor/platform-whitelist', { error, details, params, remedies: copy })
    : finding('whitelist', 'failed', 'doctor/whitelist-missing', {
        ...{ error, details, params },
        remedies: [...copy, CONSOLE, help('ip-whitelist')],
      });
}

/** Whether WeChat gives a token, and whether somebody else ends it. */
export function checkToken(status: Patient['status'], seen: TokenObservation): Finding {
  if (status !== 'bound') return finding('token', 'failed', 'account/frozen', { remedies: [RECONNECT] });
  return seen.answer.ok ? liveToken(seen, seen.answer.value.expiresIn) : deadToken(seen.answer.error);
}

function liveToken({ incidents, classicCalls, now }: TokenObservation, expiresIn: number): Finding {
  const recent = incidents.filter(({ noticedAt }) => now - noticedAt < INCIDENT_SECONDS);
  const fights = recent.filter(({ noticedAt }) => now - noticedAt < FIGHT_SECONDS).length;
  const latest = recent.at(-1);
  const minutes = Math.floor(expiresIn / 60);
  const details: Detail[] = [
    {
      label: { zh: '令牌剩余有效期', en: 'Token lives on for' },
      value: { zh: `${String(minutes)} 分钟`, en: `${String(minutes)} min` },
    },
    ...recent.map(({ replacedAt }): Detail => ({
      label: { zh: '令牌被其他系统换掉', en: 'Token replaced by another system' },
      value: replacedAt,
      unit: 'time',
    })),
    ...(classicCalls === null
      ? []
      : [
          {
            label: { zh: '其他系统今天取旧版令牌', en: 'Classic tokens taken by others today' },
            value: classicCalls,
          },
        ]),
  ];
  const rest = { details, remedies: [CONSOLE] };
  if (latest && fights >= FIGHT)
    return finding('token', 'failed', 'doctor/token-fought-over', {
      ...rest,
      params: { count: fights },
      times: { at: latest.replacedAt },
    });
  if (latest)
    return finding('token', 'warning', 'doctor/token-replaced', {
      ...rest,
      times: { at: latest.replacedAt },
    });
  if (classicCalls !== null && classicCalls > 0)
    return finding('token', 'ok', 'doctor/token-shared', { details, params: { count: classicCalls } });
  return finding('token', 'ok', 'doctor/token-ok', { details });
}

function deadToken(error: AppErrorData): Finding {
  if (isAddressRefusal(error) || isConfirmation(error) || isOfRelay(error))
    return blockedBy('token', 'whitelist');
  if (isSilence(error)) return notCheckedOffline('token');
  switch (errcodeOf(error)) {
    // The secret was good when the account was bound.
    case 40001:
    case 40125:
      return finding('token', 'failed', 'doctor/secret-reset', { error, remedies: [CONSOLE] });
    case 40243:
      return finding('token', 'failed', 'wechat/40243', { error, remedies: [DEVELOPERS, CONSOLE] });
    case -1:
    case 45011:
      return finding('token', 'warning', codeOf(error), { error });
    case null:
      return finding('token', 'failed', error.code, { error, ...paramsOf(error) });
    default:
      return finding('token', 'failed', codeOf(error), { error, remedies: [CONSOLE] });
  }
}

function codeOf(error: AppErrorData): string {
  const errcode = errcodeOf(error);
  return errcode === null ? error.code : `wechat/${String(errcode)}`;
}

function paramsOf(error: AppErrorData): Pick<Finding, 'params'> {
  return error.params === undefined ? {} : { params: error.params };
}
