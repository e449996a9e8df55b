import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { getAuthorizerInfo, redeemAuthorizationCode } from '#wechat/api/component';
import type { ComponentCall } from '#wechat/api/component-call';
import { WeChatError } from '#wechat/errors';
import type { Accounts } from '../state/accounts';
import type { MessageLog } from '../store/port';
import type { Attempts, AttemptResult } from './attempts';
import type { AuthorizerTokenSource } from './authorizer-tokens';
import type { Authorizers, Grant } from './authorizers';
import { isSettled, type CodeRecord, type CodeSource, type CodeStore, type Job } from './code-store';
import { isTransient, type ComponentTokens } from './component-token';
import { describeAuthorizer } from './describe';
import { notify } from './notices';

/** Seconds until a code that could not be redeemed now is tried again. */
const RETRY_SECONDS = 5;
/** Seconds in which WeChat's event must name the account of a code that was redeemed by a relay that then died. */
const EVENT_SECONDS = 120;
/** Milliseconds between two looks at what another relay works on. */
const LOOK_MS = 60;
/** The code is unknown or used, or too old; 40029 and 40163 are what other codes of WeChat get. */
const USED_ERRCODES: ReadonlySet<number> = new Set([61009, 61010, 40029, 40163]);

export interface RedeemerDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly call: ComponentCall;
  readonly component: ComponentTokens;
  readonly codes: CodeStore;
  readonly attempts: Attempts;
  readonly authorizers: Authorizers;
  readonly tokens: AuthorizerTokenSource;
  readonly accounts: Accounts;
  readonly messageLog: MessageLog;
}

/**
 * Redeems authorization codes: by whichever of redirect and event comes first, on whichever relay, and never twice. Each
 * step is stored before the next, so a relay that dies midway is followed by another.
 */
export class Redeemer {
  /** Answers of WeChat that the store did not take: they cannot be had again. */
  private readonly unsaved = new Map<string, Grant>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly deps: RedeemerDeps) {}

  /** Makes the code durable and begins to redeem it; returns its hash. */
  async offer(code: string, source: CodeSource): Promise<string> {
    const hash = await this.deps.codes.offer(code, source);
    this.start(hash);
    return hash;
  }

  /** What became of a code after at most `ms` milliseconds. */
  async outcome(hash: string, ms: number): Promise<CodeRecord | null> {
    const deadline = performance.now() + ms;
    for (;;) {
      const record = await this.deps.codes.find(hash);
      if (record === null || isSettled(record.plain) || performance.now() >= deadline) return record;
      await delay(LOOK_MS);
    }
  }

  /** Works on every code that is due, those of dead relays among them. */
  async sweep(): Promise<void> {
    for (const hash of await this.deps.codes.due()) await this.work(hash);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private start(hash: string): void {
    const run = this.work(hash)
      .catch((error: unknown) => {
        // Left in the store as it was: the sweep finds it.
        this.deps.log.error('redeeming-interrupted', { error });
      })
      .finally(() => {
        this.running.delete(run);
      });
    this.running.add(run);
  }

  private async work(hash: string): Promise<void> {
    const { codes, log } = this.deps;
    const job = await codes.claim(hash);
    if (job === null) return;
    try {
      const record = await this.ensureRedeemed(job);
      // Null: it took so long that another relay has taken over.
      if (record === null) return;
      const error = await this.record(job, record);
      // What came meanwhile (the event, or the attempt) is looked at once more.
      if (!(await codes.settle(job, record, error))) this.start(hash);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'relay/store-unavailable') throw error;
      if (isTransient(error) && this.deps.clock.now() < job.record.plain.expiresAt) {
        log.warn('redeeming-postponed', { errorCode: error.code });
        await codes.postpone(job, RETRY_SECONDS);
        return;
      }
      await this.fail(job, error);
    }
  }

  private async ensureRedeemed(job: Job): Promise<CodeRecord | null> {
    const { codes, attempts } = this.deps;
    if (job.record.plain.state === 'redeemed') return job.record;
    const { attemptId } = job.record.plain;
    if (attemptId !== null) await attempts.redeeming(attemptId, job.hash);
    const grant = this.unsaved.get(job.hash) ?? (await this.redeem(job));
    this.unsaved.set(job.hash, grant);
    const stored = await codes.redeemed(job, grant);
    this.unsaved.delete(job.hash);
    return stored;
  }

  private async redeem({ record: { plain, secret } }: Job): Promise<Grant> {
    const { component, call, clock } = this.deps;
    if (secret.code === '') return this.repair(plain.event?.appid ?? null);
    const askedAt = clock.now();
    try {
      const { authorizerAppid, tokens, permissionSets } = await component.run((own) =>
        redeemAuthorizationCode(call, own, secret.code),
      );
      return {
        appid: authorizerAppid,
        permissionSets,
        refreshToken: tokens?.refreshToken ?? null,
        access: tokens === null ? null : { token: tokens.accessToken, expiresAt: askedAt + tokens.expiresIn },
      };
    } catch (error) {
      if (!(error instanceof WeChatError && USED_ERRCODES.has(error.errcode))) throw error;
      if (plain.event !== null) return this.repair(plain.event.appid);
      // Only WeChat's event tells for certain whose code it was; whoever opened the landing page could claim anything.
      if (plain.tries > 1 && clock.now() - plain.seenAt < EVENT_SECONDS)
        throw new AppError({ code: 'relay/busy', retryable: true }, { cause: error });
      throw error;
    }
  }

  /** The grant of a code that was redeemed by a relay which died before it stored the answer. */
  private async repair(appid: string | null): Promise<Grant> {
    const { component, call, tokens, log } = this.deps;
    const refreshToken = appid === null ? null : await tokens.refreshTokenOnList(appid);
    if (appid === null || refreshToken === null) throw new AppError({ code: 'relay/not-authorized' });
    const { permissionSets } = await component.run((own) => getAuthorizerInfo(call, own, appid));
    log.warn('authorization-repaired-from-list', { appid });
    return { appid, permissionSets, refreshToken, access: null };
  }

  /** Puts what was granted where it belongs; every step may be repeated. The error that the attempt ended with, if any. */
  private async record(job: Job, { plain, secret }: CodeRecord): Promise<AppErrorData | null> {
    const { authorizers, accounts, messageLog, clock, log, attempts } = this.deps;
    const { appid, permissionSets, event, attemptId } = plain;
    if (appid === null) throw new RangeError('a redeemed code names its account');
    const code = { hash: job.hash, authorizedAt: event?.at ?? null };
    // First the tokens, whoever the account belongs to: an authorization makes those before it worthless.
    const authorizer =
      secret.grant === null
        ? await authorizers.get(appid)
        : await authorizers.grant(secret.grant, code, clock.now());
    if (event !== null) await authorizers.noteAuthorizedAt(appid, job.hash, event.at);
    const result =
      (await this.refusal(appid)) ?? (await this.assign(appid, permissionSets, attemptId, job.hash));
    const type = event?.type ?? authorizer?.plain.kind ?? 'authorized';
    await notify(
      { accounts, log: messageLog, clock },
      { type, appid, permissionSets: [...permissionSets] },
      job.hash,
    );
    if (attemptId !== null) await attempts.finish(attemptId, job.hash, result);
    const error = 'error' in result ? result.error : null;
    log.info('account-authorized', { appid, ...(error === null ? {} : { errorCode: error.code }) });
    return error;
  }

  /** Why nobody can have the account; null when somebody can. Reading its description also tells whom pushes must name. */
  private async refusal(appid: string): Promise<{ readonly error: AppErrorData } | null> {
    try {
      await describeAuthorizer(this.deps, appid);
      return null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'relay/not-official-account') return { error: error.data };
      if (error.code === 'relay/store-unavailable') throw error;
      // The authorization stands without it, and the desktop asks for it again.
      this.deps.log.warn('authorizer-not-described', { appid, errorCode: error.code });
      return null;
    }
  }

  /** Gives the account to the workspace of the attempt that the code decides; without one it stays with whom it is. */
  private async assign(
    appid: string,
    permissionSets: readonly number[],
    attemptId: string | null,
    hash: string,
  ): Promise<AttemptResult> {
    const { attempts, accounts, log } = this.deps;
    const granted = { appid, permissionSets };
    if (attemptId === null || !(await attempts.redeeming(attemptId, hash))) return granted;
    const attempt = await attempts.find(attemptId);
    if (attempt === null) return granted;
    if (attempt.requestedAppid !== null && attempt.requestedAppid !== appid)
      return { error: { code: 'relay/wrong-account' } };
    try {
      await accounts.saveAuthorized(attempt.workspaceId, appid);
      log.info('account-assigned', { appid, workspace: attempt.workspaceId });
      return granted;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'relay/account-taken')) throw error;
      return { error: error.data };
    }
  }

  private async fail(job: Job, error: AppError): Promise<void> {
    const { codes, attempts, log } = this.deps;
    const { attemptId } = job.record.plain;
    log.warn('authorization-failed', { errorCode: error.code, error });
    const data = publicData(error);
    if (!(await codes.settle(job, job.record, data))) this.start(job.hash);
    else if (attemptId !== null) await attempts.finish(attemptId, job.hash, { error: data });
  }
}

/** Code and errcode only: nothing else is of use to who reads it later. */
function publicData(error: AppError): AppErrorData {
  const { code, errcode } = error.data;
  return errcode === undefined ? { code } : { code, errcode };
}

/** When the code ends, from what redirect and event say: seconds from now, or, above 10^9, unix seconds. */
export function codeEnd(text: string | null, now: UnixSeconds): UnixSeconds {
  const value = Number(text ?? '');
  if (!Number.isFinite(value) || value <= 0) return now + 600;
  return value > 1e9 ? Math.min(value, now + 3_600) : now + Math.min(value, 3_600);
}
