/** What the account may do: granted sets, verification, quota, template industry. */
import type { Localized } from '../../localized';
import { capabilityName } from '../capabilities';
import { missingSets } from '../permission-sets';
import { unreadSets } from './callback-checks';
import { errcodeOf, isMissingRight, isSilence } from './failures';
import { blockedBy, finding, notCheckedOffline, type Detail, type Finding } from './finding';
import type {
  CategoryObservation,
  GrantedSets,
  Patient,
  QuotaLine,
  QuotaObservation,
  VerificationObservation,
} from './observations';
import { CONSOLE, help } from './places';

const DAY = 86_400;
/** How long before the end of the verification the owner is told, seconds. */
const RENEW_SOON = 60 * DAY;
/** Part of a daily quota below which it is worth a warning. */
const SCARCE = 0.1;
const MESSAGES = 1;

/** Whether the administrator granted what the product asks for (S2.13). */
export function checkPermissions(patient: Patient, granted: GrantedSets): Finding {
  if (patient.door !== 'scan') return finding('permissions', 'not-applicable', 'doctor/permissions-own');
  if (granted === null) return blockedBy('permissions', 'callback');
  if (!granted.ok) {
    if (errcodeOf(granted.error) === 61003 || granted.error.code === 'relay/not-authorized')
      return finding('permissions', 'failed', 'wechat/61003', { error: granted.error });
    return unreadSets('permissions', granted.error);
  }
  const missing = missingSets(granted.value);
  if (missing.length === 0) return finding('permissions', 'ok', 'doctor/permissions-ok');
  const join = (names: readonly Localized[]): Localized => ({
    zh: names.map(({ zh }) => zh).join('、'),
    en: names.map(({ en }) => en).join(', '),
  });
  const terms = { sets: join(missing.map(({ set }) => set.name)) };
  const details = missing
    .filter(({ closes }) => closes.length > 0)
    .map(({ set, closes }): Detail => ({ label: set.name, value: join(closes.map(capabilityName)) }));
  const state = missing.some(({ set }) => set.id === MESSAGES) ? 'failed' : 'warning';
  return finding('permissions', state, 'doctor/permissions-missing', {
    ...{ terms, details },
    remedies: [help('who-scans')],
  });
}

/** Whether the account is verified, and for how long (S1.8, S1.11). */
export function checkVerification(patient: Patient, { probe, event, now }: VerificationObservation): Finding {
  const until = patient.verificationExpiresAt;
  const details: Detail[] =
    until === null
      ? []
      : [{ label: { zh: '认证有效期至', en: 'Verified until' }, value: until, unit: 'time' }];
  const remedies = [CONSOLE, help('verification-expiry')];
  const refused = probe !== null && (probe.ok ? !probe.value : isMissingRight(probe.error));
  const error = probe !== null && !probe.ok ? probe.error : null;
  const confirmed = probe?.ok === true && probe.value;
  const announced = event?.name === 'verify_expired' ? event.at : null;
  const over = announced ?? (until !== null && until <= now ? until : null);
  if (over !== null) {
    const code = confirmed ? 'doctor/verification-over' : 'doctor/verification-expired';
    const times = { date: until !== null && until <= now ? until : over };
    return finding('verification', confirmed ? 'warning' : 'failed', code, {
      ...{ details, remedies, error, times },
    });
  }
  if (refused && patient.verified)
    return finding('verification', 'failed', 'doctor/verification-lapsed', { details, remedies, error });
  if (refused || (!patient.verified && !confirmed)) {
    const code = patient.region === 'overseas' ? 'doctor/unverified-overseas' : 'doctor/unverified';
    return finding('verification', 'warning', code, {
      ...{ details, error },
      remedies: [CONSOLE, help(patient.region === 'overseas' ? 'verification-foreign' : 'verification')],
    });
  }
  if (until !== null && until > now && until - now < RENEW_SOON)
    return finding('verification', 'warning', 'doctor/verification-ends', {
      ...{ details, remedies },
      params: { days: Math.max(1, Math.ceil((until - now) / DAY)) },
      times: { date: until },
    });
  if (!confirmed) {
    if (error !== null && isSilence(error)) return notCheckedOffline('verification');
    if (probe === null) return blockedBy('verification', 'token');
    return finding('verification', 'unknown', 'doctor/wechat-refused', { details, error });
  }
  return until !== null && until > now
    ? finding('verification', 'ok', 'doctor/verification-ok-until', { details, times: { date: until } })
    : finding('verification', 'ok', 'doctor/verification-ok', { details });
}

const API_NAMES: Readonly<Record<string, Localized>> = {
  '/cgi-bin/stable_token': { zh: '访问令牌', en: 'Access tokens' },
  '/cgi-bin/message/custom/send': { zh: '发送客服消息', en: 'Customer-service messages' },
  '/cgi-bin/user/get': { zh: '粉丝列表', en: 'Follower list' },
  '/cgi-bin/user/info': { zh: '单个粉丝资料', en: 'One follower’s profile' },
  '/cgi-bin/user/info/batchget': { zh: '批量粉丝资料', en: 'Profiles in batches' },
  '/cgi-bin/tags/get': { zh: '标签列表', en: 'Tags' },
  '/cgi-bin/media/upload': { zh: '上传素材', en: 'Media uploads' },
  '/cgi-bin/media/get': { zh: '下载素材', en: 'Media downloads' },
};

/** The paths that the product calls day by day. */
export const QUOTA_PATHS = Object.keys(API_NAMES) as readonly `/${string}`[];

/** What is left per API today. */
export function checkQuota(patient: Patient, seen: QuotaObservation | null): Finding {
  if (seen === null) return blockedBy('quota', 'token');
  const { lines, errors } = seen;
  const details = lines.map(({ path, limit, left }): Detail => ({
    label: nameOf(path),
    value: { zh: `剩 ${count(left)} / ${count(limit)}`, en: `${count(left)} of ${count(limit)} left` },
  }));
  const error = errors.find((one) => errcodeOf(one) !== null) ?? errors[0] ?? null;
  const remedies = [CONSOLE];
  const used = lines.find(({ left }) => left <= 0);
  const tight = lines.find(({ left, limit }) => left < limit * SCARCE);
  const named = (line: QuotaLine) => ({
    ...{ details, remedies, error },
    params: { left: line.left, limit: line.limit },
    terms: { api: nameOf(line.path) },
  });
  // Resetting is open to verified accounts, ten times a month.
  if (used)
    return finding(
      'quota',
      'failed',
      patient.verified ? 'doctor/quota-used' : 'doctor/quota-used-unverified',
      named(used),
    );
  if (tight) return finding('quota', 'warning', 'doctor/quota-tight', named(tight));
  if (lines.length > 0) return finding('quota', 'ok', 'doctor/quota-ok', { details });
  if (error === null) return blockedBy('quota', 'token');
  if (isSilence(error)) return notCheckedOffline('quota');
  const errcode = errcodeOf(error);
  return errcode === 45009 || errcode === 45011
    ? finding('quota', 'failed', `wechat/${String(errcode)}`, { error, remedies })
    : finding('quota', 'unknown', 'doctor/wechat-refused', { error });
}

function nameOf(path: string): Localized {
  return API_NAMES[path] ?? { zh: path, en: path };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Whether template messages have an industry (行业) to choose templates from; for verified service accounts only. */
export function checkCategory(patient: Patient, { verified, industry }: CategoryObservation): Finding {
  if (patient.kind !== 'service')
    return finding('category', 'not-applicable', 'doctor/category-service-only');
  if (industry === null)
    return verified
      ? blockedBy('category', 'token')
      : finding('category', 'not-applicable', 'doctor/category-service-only');
  if (!industry.ok) {
    if (isMissingRight(industry.error))
      return finding('category', 'not-applicable', 'doctor/category-service-only', { error: industry.error });
    if (isSilence(industry.error)) return notCheckedOffline('category');
    return finding('category', 'unknown', 'doctor/wechat-refused', { error: industry.error });
  }
  if (industry.value === null)
    return finding('category', 'warning', 'doctor/category-none', { remedies: [CONSOLE] });
  const { first, second } = industry.value;
  const details: Detail[] = [
    { label: { zh: '主行业', en: 'First industry' }, value: first },
    { label: { zh: '副行业', en: 'Second industry' }, value: second || '–' },
  ];
  return finding('category', 'ok', 'doctor/category-ok', { details });
}
