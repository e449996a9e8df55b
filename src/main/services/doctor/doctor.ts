import type { AppErrorData, Result } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { isConnectionError } from '#shared/domain/doctor/failures';
import { CHECK_IDS, finding, firstCause, type Finding } from '#shared/domain/doctor/finding';
import { reportText } from '#shared/domain/doctor/report';
import { checkToken } from '#shared/domain/doctor/token-checks';
import type { Examination } from '#shared/ipc/doctor-models';
import type { Locale } from '#shared/localized';
import type { Logger } from '#shared/log';
import type { WeChatClient } from '#wechat/client';
import { redactText } from '#wechat/redact';
import { TOKEN_LIFE, type TokenReplacement } from '#wechat/token';
import type { RelayLink } from '../../relay/port';
import type { AccountsService } from '../interfaces';
import type { Publish } from '../ports';
import { linkOfAccount } from '../relay-links';
import type { ClientObserver } from '../wechat-clients';
import { examine } from './examine';
import { createGather, type GatherDeps, type Subject } from './gather';
import { createIncidents } from './incidents';
import { attempt } from './relay-probe';

export interface DoctorTimes {
  /** Longest time for one check. */
  readonly checkMs: number;
  /** Shortest time between two examinations of an account that nobody asked for. */
  readonly restMs: number;
  /** How long a relay must be away before that is examined. */
  readonly offlineMs: number;
}

const TIMES: DoctorTimes = { checkMs: 25_000, restMs: 5 * 60_000, offlineMs: 60_000 };

/** How much longer the pause between examinations becomes while something stays broken. */
const MAX_PAUSES = 12;

export interface DoctorDeps extends GatherDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  /** @throws AppError account/frozen for an account that is not bound */
  readonly clientFor: (appid: string) => Promise<WeChatClient>;
  readonly accounts: Pick<AccountsService, 'list'>;
  /** For the report. */
  readonly version: string;
  readonly times?: Partial<DoctorTimes>;
}

/** The connection doctor (连接体检): examines accounts when asked, and by itself when a connection fails. */
export interface DoctorService extends ClientObserver {
  /** The latest examination of each account. */
  examinations(): Examination[];
  /** Begins one and returns at once, or answers the one under way. @throws AppError account/not-found */
  examine(appid: string): Promise<Examination>;
  /** Ends the examination under way; what was found stays. */
  cancel(appid: string): Promise<void>;
  /**
   * The latest examination as text for support, without secrets, openids and callback keys.
   * @throws AppError doctor/no-examination
   */
  report(appid: string, locale: Locale): Promise<string>;
  /** To be told when the connection of an account may have changed. */
  connectionsChanged(): void;
  /** Resolves when no examination is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Underway {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export function createDoctorService(deps: DoctorDeps): DoctorService {
  const { db, clock, logger, publish } = deps;
  const times = { ...TIMES, ...deps.times };
  const gather = createGather(deps);
  const incidents = createIncidents();
  const latest = new Map<string, Examination>();
  const underway = new Map<string, Underway>();
  /** By a clock that never goes back, milliseconds. */
  const endedAt = new Map<string, number>();
  /** Accounts whose relay is away, each with the timer that has it examined. */
  const away = new Map<string, NodeJS.Timeout>();
  const examinedAway = new Set<string>();
  /** Accounts that will be examined later. */
  const later = new Map<string, NodeJS.Timeout>();
  /** Examinations in a row that ended with a failure. */
  const failures = new Map<string, number>();
  let stopped = false;

  function tell(examination: Examination): Examination {
    latest.set(examination.appid, examination);
    publish('doctor.changed', examination);
    return examination;
  }

  function update(appid: string, change: (now: Examination) => Partial<Examination>): void {
    const known = latest.get(appid);
    if (known) tell({ ...known, ...change(known) });
  }

  async function subjectOf(appid: string, signal: AbortSignal): Promise<Subject> {
    const record = await db.accounts.get(appid);
    if (record === null) throw new AppError({ code: 'account/not-found' });
    const found: Result<RelayLink | null> = await attempt(() => linkOfAccount(deps, appid));
    const client = await attempt(() => deps.clientFor(appid));
    // A pairing whose token the keychain lost is as good as none; the client says so when it asks for a token.
    return { record, link: found.ok ? found.value : null, client, signal };
  }

  async function run(subject: Subject): Promise<void> {
    const { appid } = subject.record;
    await examine(subject, {
      gather,
      clock,
      incidents: incidents.of,
      checkMs: times.checkMs,
      onCheck: (current) => update(appid, () => ({ current })),
      onFinding: (found) =>
        update(appid, ({ findings }) => ({
          findings: [...findings, shown(found)],
        })),
      onFault: (check, error) => logger.error('doctor-check-broke', { appid, check, error }),
    });
    const cancelled = subject.signal.aborted;
    update(appid, ({ findings }) => ({
      current: null,
      cancelled,
      finishedAt: clock.now(),
      findings: [
        ...findings,
        ...CHECK_IDS.slice(findings.length).map((check) =>
          shown(finding(check, 'unknown', 'doctor/cancelled')),
        ),
      ],
    }));
  }

  async function begin(appid: string, trigger: Examination['trigger']): Promise<Examination> {
    const abort = new AbortController();
    const subject = await subjectOf(appid, abort.signal);
    const current = latest.get(appid);
    if (underway.has(appid) && current) return current;
    const at = clock.now();
    const fresh = { appid, trigger, startedAt: at, cancelled: false, current: null, findings: [] };
    if (stopped) return { ...fresh, finishedAt: at, cancelled: true };
    const examination = tell({ ...fresh, finishedAt: null });
    clearTimeout(later.get(appid));
    later.delete(appid);
    const done = run(subject)
      .catch((error: unknown) => logger.error('doctor-broke-off', { appid, error }))
      .finally(() => {
        underway.delete(appid);
        endedAt.set(appid, performance.now());
        if (!abort.signal.aborted) lookAgain(appid);
      });
    underway.set(appid, { abort, done });
    return examination;
  }

  /** What failed may be repaired meanwhile, and nothing else would tell: looks again after growing pauses. */
  function lookAgain(appid: string): void {
    const failed = firstCause(latest.get(appid)?.findings ?? [])?.state === 'failed';
    const inRow = failed ? (failures.get(appid) ?? 0) + 1 : 0;
    failures.set(appid, inRow);
    if (failed) schedule(appid, times.restMs * Math.min(MAX_PAUSES, 2 ** (inRow - 1)));
  }

  function schedule(appid: string, ms: number): void {
    if (stopped || later.has(appid)) return;
    const timer = setTimeout(() => {
      later.delete(appid);
      beginByItself(appid);
    }, ms);
    timer.unref();
    later.set(appid, timer);
  }

  /** Something failed: examines now, or when the last examination is long enough ago. */
  function notice(appid: string): void {
    if (stopped || underway.has(appid)) return;
    const rested = performance.now() - (endedAt.get(appid) ?? -Infinity);
    if (rested >= times.restMs) beginByItself(appid);
    else schedule(appid, times.restMs - rested);
  }

  function beginByItself(appid: string): void {
    begin(appid, 'noticed').catch((error: unknown) => {
      // The account was removed meanwhile.
      if (!(error instanceof AppError)) logger.error('doctor-did-not-begin', { appid, error });
    });
  }

  /** Puts the incident into the latest examination at once; false when there is none to put it into. */
  function nameIncident(appid: string, { replacedAt, noticedAt }: TokenReplacement): boolean {
    const known = latest.get(appid);
    if (!known?.findings.some(({ check }) => check === 'token')) return false;
    const found = checkToken('bound', {
      // Whoever replaced it, the new token is here.
      answer: { ok: true, value: { expiresIn: replacedAt + TOKEN_LIFE - noticedAt } },
      ...{ incidents: incidents.of(appid), classicCalls: null, now: noticedAt },
    });
    update(appid, ({ findings }) => ({
      findings: findings.map((one) => (one.check === 'token' ? shown(found) : one)),
    }));
    return true;
  }

  async function watchRelays(): Promise<void> {
    const accounts = await deps.accounts.list();
    for (const appid of latest.keys())
      if (!accounts.some((account) => account.appid === appid)) latest.delete(appid);
    const offline = new Set(
      accounts
        .filter(({ status, connection }) => status === 'bound' && connection.state === 'offline')
        .map(({ appid }) => appid),
    );
    for (const [appid, timer] of away) {
      if (offline.has(appid)) continue;
      clearTimeout(timer);
      away.delete(appid);
      // What was found while the relay was away is over.
      if (examinedAway.delete(appid)) beginByItself(appid);
    }
    if (stopped) return;
    for (const appid of offline) {
      if (away.has(appid)) continue;
      const timer = setTimeout(() => {
        examinedAway.add(appid);
        notice(appid);
      }, times.offlineMs);
      timer.unref();
      away.set(appid, timer);
    }
  }

  return {
    examinations: () => [...latest.values()],
    examine: (appid) => begin(appid, 'asked'),
    async cancel(appid) {
      const running = underway.get(appid);
      running?.abort.abort(new Error('cancelled'));
      await running?.done;
    },
    async report(appid, locale) {
      const examination = latest.get(appid);
      const record = await db.accounts.get(appid);
      if (!examination || record === null) throw new AppError({ code: 'doctor/no-examination' });
      const { startedAt, findings } = examination;
      const text = reportText({ appid, patient: record, version: deps.version, startedAt, findings, locale });
      // Line by line: a redacted text is cut when it is long.
      return text.split('\n').map(redactText).join('\n');
    },
    callFailed(appid: string, error: AppErrorData) {
      if (isConnectionError(error)) notice(appid);
    },
    tokenReplaced(appid: string, replacement: TokenReplacement) {
      incidents.note(appid, replacement);
      if (!nameIncident(appid, replacement)) notice(appid);
    },
    connectionsChanged() {
      watchRelays().catch((error: unknown) => logger.error('doctor-watch-broke', { error }));
    },
    async idle() {
      await Promise.all([...underway.values()].map(({ done }) => done));
    },
    async stop() {
      stopped = true;
      for (const timer of [...away.values(), ...later.values()]) clearTimeout(timer);
      away.clear();
      later.clear();
      for (const { abort } of underway.values()) abort.abort(new Error('stopped'));
      await Promise.all([...underway.values()].map(({ done }) => done));
    },
  };
}

/** As the page may see it: WeChat's words without what looks like a secret. */
function shown(found: Finding): Examination['findings'][number] {
  const { error } = found;
  return {
    ...found,
    details: [...found.details],
    remedies: [...found.remedies],
    error: error?.errmsg === undefined ? error : { ...error, errmsg: redactText(error.errmsg) },
  };
}
