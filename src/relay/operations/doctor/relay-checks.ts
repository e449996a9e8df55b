import { randomBytes, randomInt } from 'node:crypto';
import { encryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';
import { found, type Finding } from './finding';
import type { DoctorLimits } from './limits';
import { ask, type Answer, type Outcome } from './request';

/** An account whose Token is known, to ask for as WeChat does. */
export interface KnownAccount {
  readonly appid: string;
  readonly key: string;
  readonly token: string;
}

/** Requests whose answer time is looked at. */
const SAMPLES = 5;

export async function checkHealth(
  base: string,
  { timeoutMs }: DoctorLimits,
): Promise<{ readonly finding: Finding; readonly answer: Answer | null }> {
  const outcome = await ask(`${base}/healthz`, { timeoutMs });
  if ('reason' in outcome)
    return { finding: found('health/unreachable', { reason: outcome.reason }), answer: null };
  const { answer } = outcome;
  const status = statusIn(answer.body);
  if (answer.status === 200 && status === 'ok') return { finding: found('health/ok'), answer };
  if (answer.status === 503 && status === 'failing') return { finding: found('health/failing'), answer };
  return { finding: found('health/other', { path: '/healthz', status: answer.status }), answer: null };
}

function statusIn(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'status' in value ? value.status : null;
  } catch {
    return null;
  }
}

/**
 * Asks as WeChat's settings page does when 提交 is pressed: signed rightly, and once wrongly. `account` null asks for an
 * address that nobody has; `isLocal` says that the accounts of the relay were looked through and there is none.
 */
export async function checkVerification(
  base: string,
  account: KnownAccount | null,
  isLocal: boolean,
  { timeoutMs }: DoctorLimits,
): Promise<Finding> {
  const token = account?.token ?? randomBytes(8).toString('hex');
  const key = account?.key ?? randomBytes(24).toString('base64url');
  const echostr = String(randomInt(2 ** 47));
  const right = await ask(`${base}/wx/${key}?${verificationQuery(token, echostr)}`, { timeoutMs });
  if ('reason' in right) return found('verify/no-answer', { reason: right.reason });
  const { status, body } = right.answer;
  if (account === null) {
    if (!isUnknownCallback(right.answer)) return found('verify/status', { status, expected: 404 });
    return found(isLocal ? 'verify/no-account' : 'verify/reached');
  }
  if (status !== 200) return found('verify/status', { status, expected: 200 });
  if (body !== echostr) return found('verify/changed');
  const wrong = await ask(`${base}/wx/${key}?${verificationQuery(`${token}x`, echostr)}`, { timeoutMs });
  if ('reason' in wrong) return found('verify/no-answer', { reason: wrong.reason });
  if (wrong.answer.status !== 403) return found('verify/forged', { status: wrong.answer.status });
  return found('verify/ok', { appid: account.appid });
}

export interface PushCheck {
  readonly finding: Finding;
  /** The longest of some answers, milliseconds; null when there was none. */
  readonly slowestMs: number | null;
}

/** Posts a message as WeChat does, with a signature that is wrong, so that nothing is stored. */
export async function checkPush(
  base: string,
  account: KnownAccount | null,
  limits: DoctorLimits,
): Promise<PushCheck> {
  const key = account?.key ?? randomBytes(24).toString('base64url');
  const expected = account === null ? 404 : 403;
  let slowestMs = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const { query, body } = signedPush(randomBytes(8).toString('hex'), 'wx0000000000000000', '');
    const outcome = await postPush(base, key, query, body, limits);
    if ('reason' in outcome)
      return { finding: found('push/no-answer', { reason: outcome.reason }), slowestMs: null };
    const { answer } = outcome;
    if (answer.status >= 200 && answer.status < 300)
      return { finding: found('push/forged', { status: answer.status }), slowestMs: null };
    if (answer.status !== expected || (account === null && !isUnknownCallback(answer)))
      return { finding: found('push/status', { status: answer.status, expected }), slowestMs: null };
    slowestMs = Math.max(slowestMs, answer.ms);
  }
  return { finding: found(account === null ? 'push/reached' : 'push/ok'), slowestMs };
}

export function judgeSpeed(slowestMs: number, { slowMs, tooSlowMs }: DoctorLimits): Finding {
  const params = { ms: Math.round(slowestMs) };
  if (slowestMs >= tooSlowMs) return found('speed/too-slow', params);
  return found(slowestMs >= slowMs ? 'speed/slow' : 'speed/ok', params);
}

/** The clock of the relay, by the Date of its answers, against that of a server which is right. */
export async function checkClock(base: string, clockUrl: string, limits: DoctorLimits): Promise<Finding> {
  const { host } = new URL(clockUrl);
  const [relay, reference] = await Promise.all([
    ask(`${base}/healthz`, limits),
    ask(clockUrl, { method: 'HEAD', timeoutMs: limits.timeoutMs }),
  ]);
  if ('reason' in reference) return found('clock/unknown', { host, reason: reference.reason });
  if ('reason' in relay) return found('clock/unknown', { host, reason: relay.reason });
  if (relay.answer.date === null || reference.answer.date === null)
    return found('clock/unknown', { host, reason: 'no Date' });
  // Both were asked at the same moment; what they took to answer is the error of the comparison.
  const error = Math.abs(relay.answer.ms - reference.answer.ms) / 1000;
  const apart = Math.abs(relay.answer.date - reference.answer.date);
  const seconds = Math.max(0, Math.floor(apart - error));
  const params = { host, seconds };
  if (seconds >= limits.clockFailSeconds) return found('clock/wrong', params);
  return found(seconds >= limits.clockWarnSeconds ? 'clock/off' : 'clock/ok', params);
}

export interface SignedPush {
  readonly query: string;
  readonly body: string;
}

/** A message in safe mode, signed with `token`. Its AES key is a random one: a sealed account's relay does not look inside. */
export function signedPush(token: string, appid: string, content: string): SignedPush {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(randomInt(1_000_000_000));
  const message =
    `<xml><ToUserName><![CDATA[gh_doctor]]></ToUserName><FromUserName><![CDATA[doctor]]></FromUserName>` +
    `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
    `<Content><![CDATA[${content}]]></Content><MsgId>${String(randomInt(2 ** 47))}</MsgId></xml>`;
  const encodingAESKey = `${randomBytes(32).toString('base64').replace(/[+/=]/g, 'A').slice(0, 42)}A`;
  const encrypt = encryptEnvelope({ encodingAESKey, appid, message });
  const query = new URLSearchParams({
    signature: sign(token, timestamp, nonce),
    timestamp,
    nonce,
    openid: 'doctor',
    encrypt_type: 'aes',
    msg_signature: sign(token, timestamp, nonce, encrypt),
  });
  return {
    query: query.toString(),
    body: `<xml><ToUserName><![CDATA[gh_doctor]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  };
}

export function postPush(
  base: string,
  key: string,
  query: string,
  body: string,
  { timeoutMs }: DoctorLimits,
): Promise<Outcome> {
  return ask(`${base}/wx/${key}?${query}`, { method: 'POST', body, timeoutMs });
}

export function verificationQuery(token: string, echostr: string): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(randomInt(1_000_000_000));
  return new URLSearchParams({
    signature: sign(token, timestamp, nonce),
    timestamp,
    nonce,
    echostr,
  }).toString();
}

/** The relay's own 404 is plain text; that of a proxy or a website is a page. */
function isUnknownCallback({ status, body }: Answer): boolean {
  return status === 404 && !/<html/i.test(body);
}
