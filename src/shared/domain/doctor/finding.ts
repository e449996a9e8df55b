/** What the connection doctor (连接体检) says about one check, and how ten of them become one line. */
import type { AppErrorData } from '../../app-error';
import type { Localized } from '../../localized';
import type { UnixSeconds } from '../clock';

/** In the order in which the first failing one is the cause of what fails behind it. */
export const CHECK_IDS = [
  'clock',
  'whitelist',
  'token',
  'callback',
  'aes',
  'permissions',
  'exclusivity',
  'verification',
  'quota',
  'category',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

const NAMES: Readonly<Record<CheckId, Localized>> = {
  clock: { zh: '时钟', en: 'Clock' },
  whitelist: { zh: 'IP 白名单', en: 'IP whitelist' },
  token: { zh: '访问令牌', en: 'Access token' },
  callback: { zh: '回调地址', en: 'Callback address' },
  aes: { zh: '消息加密', en: 'Message encryption' },
  permissions: { zh: '权限集', en: 'Permission sets' },
  exclusivity: { zh: '独占', en: 'Exclusivity' },
  verification: { zh: '微信认证', en: 'Verification' },
  quota: { zh: '接口额度', en: 'API quota' },
  category: { zh: '模板行业', en: 'Template category' },
};

export function checkName(check: CheckId): Localized {
  return NAMES[check];
}

/** `unknown`: it could not be examined; the text says what stood in the way. */
export const CHECK_STATES = ['ok', 'warning', 'failed', 'not-applicable', 'unknown'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** What the app can do at once. */
export type Remedy =
  | { readonly kind: 'copy'; readonly value: string }
  | { readonly kind: 'copy-setting'; readonly setting: 'url' | 'token' | 'aes-key' }
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'help'; readonly article: string };

/** A fact behind a finding, for the foldout and the report. A `time` is unix seconds. */
export interface Detail {
  readonly label: Localized;
  readonly value: string | number | Localized;
  readonly unit?: 'time' | undefined;
}

export interface Finding {
  readonly check: CheckId;
  readonly state: CheckState;
  /** Looked up in the catalogue of `error-texts` for title, cause and fix. */
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  /** Placeholders that are moments. */
  readonly times?: Readonly<Record<string, UnixSeconds>> | undefined;
  /** Placeholders that are words. */
  readonly terms?: Readonly<Record<string, Localized>> | undefined;
  readonly remedies: readonly Remedy[];
  readonly details: readonly Detail[];
  /** The check that has to be repaired before this one can be made. */
  readonly blockedBy?: CheckId | undefined;
  /** What a server answered. */
  readonly error: AppErrorData | null;
}

export type FindingExtras = Partial<Omit<Finding, 'check' | 'state' | 'code'>>;

export function finding(
  check: CheckId,
  state: CheckState,
  code: string,
  extras: FindingExtras = {},
): Finding {
  return { check, state, code, remedies: [], details: [], error: null, ...extras };
}

/** It could not be examined because of what an earlier check found. */
export function blockedBy(check: CheckId, cause: CheckId): Finding {
  return finding(check, 'unknown', 'doctor/blocked', {
    blockedBy: cause,
    terms: { cause: checkName(cause) },
  });
}

/** The finding with the check named that blocks the one that blocks it, as far as that is known from earlier findings. */
export function blockedAtRoot(found: Finding, earlier: readonly Finding[]): Finding {
  const cause = earlier.find(({ check }) => check === found.blockedBy)?.blockedBy;
  return cause === undefined ? found : blockedAtRoot(blockedBy(found.check, cause), earlier);
}

export function notCheckedOffline(check: CheckId): Finding {
  return finding(check, 'unknown', 'doctor/offline');
}

/**
 * The line that stands first: the first check that failed, else the first that warns, else the first that could not be
 * examined; null when all is well. `findings` may still be incomplete.
 */
export function firstCause(findings: readonly Finding[]): Finding | null {
  const ordered = CHECK_IDS.flatMap((id) => findings.filter(({ check }) => check === id));
  for (const state of ['failed', 'warning', 'unknown'] as const) {
    const first = ordered.find((one) => one.state === state);
    if (first) return first;
  }
  return null;
}
