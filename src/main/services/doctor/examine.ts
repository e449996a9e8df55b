import type { Clock } from '#shared/domain/clock';
import {
  checkCategory,
  checkPermissions,
  checkQuota,
  checkVerification,
} from '#shared/domain/doctor/account-checks';
import { checkAes, checkCallback, checkExclusivity } from '#shared/domain/doctor/callback-checks';
import { checkClock, isOffline } from '#shared/domain/doctor/clock-check';
import { blockedAtRoot, finding, type CheckId, type Finding } from '#shared/domain/doctor/finding';
import type { Patient, TokenIncident } from '#shared/domain/doctor/observations';
import { checkToken, checkWhitelist } from '#shared/domain/doctor/token-checks';
import type { Gather, Subject } from './gather';

export interface ExaminationDeps {
  readonly gather: Gather;
  readonly clock: Clock;
  readonly incidents: (appid: string) => readonly TokenIncident[];
  /** Longest time for one check, milliseconds. */
  readonly checkMs: number;
  readonly onCheck: (check: CheckId) => void;
  readonly onFinding: (finding: Finding) => void;
  /** A fault of the app itself; the check is then reported as not finished. */
  readonly onFault: (check: CheckId, error: unknown) => void;
}

class TimeUp extends Error {}
class Cancelled extends Error {}

/**
 * Examines one account: ten checks in the order of causes. What is learned once serves every later check, and what cannot
 * be asked because of an earlier finding is not asked. Ends early, without a rejection, when the subject's signal aborts.
 */
export async function examine(subject: Subject, deps: ExaminationDeps): Promise<void> {
  const { gather, clock } = deps;
  const { signal, record } = subject;
  const patient: Patient = record;
  const now = (): number => clock.now();

  const findings: Finding[] = [];

  async function check(id: CheckId, look: () => Promise<Finding>): Promise<void> {
    if (signal.aborted) return;
    deps.onCheck(id);
    try {
      const found = blockedAtRoot(await within(deps.checkMs, signal, look), findings);
      findings.push(found);
      deps.onFinding(found);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TimeUp)) deps.onFault(id, error);
      deps.onFinding(finding(id, 'unknown', 'doctor/not-finished'));
    }
  }

  let offline = false;
  await check('clock', async () => {
    const seen = await gather.clock(subject);
    offline = isOffline(seen);
    return checkClock(seen);
  });

  const asked = once(() => gather.token(subject));
  await check('whitelist', async () => {
    const [answer, relayAddresses] = await Promise.all([asked(), gather.relayAddresses(subject)]);
    return checkWhitelist({ answer, relayAddresses });
  });
  await check('token', async () => {
    const answer = await asked();
    const classicCalls = answer.ok ? await gather.classicCalls(subject) : null;
    const incidents = deps.incidents(record.appid);
    return checkToken(patient.status, { answer, incidents, classicCalls, now: now() });
  });
  const hasToken = once(async () => (await asked()).ok);
  /** Questions that need a token are not asked without one. */
  const withToken = async <T>(ask: () => Promise<T>): Promise<T | null> =>
    (await hasToken()) ? ask() : null;

  const signs = once(() => gather.signs(record.appid));
  const atRelay = once(() => gather.relaySigns(subject));
  const view = once(() => withToken(() => gather.callbackView(subject)));
  await check('callback', async () => {
    const [relay, wechat, { lastMessageAt }] = await Promise.all([atRelay(), view(), signs()]);
    return checkCallback(patient, { offline, relay, wechat, lastMessageAt, now: now() });
  });
  await check('aes', async () => checkAes(await gather.aes(subject, await signs(), await atRelay())));

  const granted = once(() => gather.granted(subject));
  await check('permissions', async () => checkPermissions(patient, await granted()));
  await check('exclusivity', async () => {
    const [ownAddresses, { lastMessageAt }] = await Promise.all([gather.ownAddresses(subject), signs()]);
    return checkExclusivity(patient, {
      ...{ granted: await granted(), wechat: await view(), ownAddresses, lastMessageAt },
      now: now(),
    });
  });

  const verified = once(() => withToken(() => gather.verified(subject)));
  await check('verification', async () => {
    const { verificationEvent: event } = await signs();
    return checkVerification(patient, { probe: await verified(), event, now: now() });
  });
  await check('quota', async () => checkQuota(patient, await withToken(() => gather.quotas(subject))));
  await check('category', async () => {
    const probe = await verified();
    const isVerified = probe?.ok ? probe.value : record.verified;
    const industry = await withToken(() => gather.industry(subject, isVerified));
    return checkCategory(patient, { verified: isVerified, industry });
  });
}

/** Asks at most once; a question that failed or took too long is not asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
}

/** @throws TimeUp; Cancelled when the signal aborts first */
async function within<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeUp()), ms);
    stop = () => reject(new Cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
  }
}
