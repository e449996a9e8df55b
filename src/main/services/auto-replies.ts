import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Input, Output } from '#shared/ipc/contract';
import type { AutoReplies } from '#shared/ipc/relay-models';
import type { Logger } from '#shared/log';
import type { AccountView } from '#shared/relay/protocol';
import type { ReplyRuleSet } from '#shared/relay/reply-rules';
import type { AccountRecord } from '../db/port/accounts';
import type { Database } from '../db/port/database';
import type { RulesRecord } from '../db/port/reply-rules';
import { createBackoff, RELAY_BACKOFF, type Backoff, type BackoffOptions } from '../relay/backoff';
import type { RelayApi } from '../relay/port';
import type { SecretStore } from '../secrets/port';
import type { AccountsService, BoundLink } from './interfaces';
import type { Publish } from './ports';
import { registrationOf } from './relay-registration';
import { checkRules, explainRules } from './reply-tester';
import { createRulesSync } from './rules-sync';
import { createSerial } from './serial';

export interface AutoRepliesService {
  get(appid: string): Promise<AutoReplies>;
  /**
   * Keeps the rules here, under a version above all before, and sends them to the relay in the background.
   * @throws AppError `replies/*` when a rule cannot work
   */
  save(input: Input<'autoReplies.save'>): Promise<AutoReplies>;
  /** @throws AppError `replies/*` */
  explain(input: Input<'autoReplies.explain'>): Promise<Output<'autoReplies.explain'>>;
  /** @throws AppError `replies/not-found` */
  replaced(input: Input<'autoReplies.replaced'>): Promise<ReplyRuleSet>;
  /**
   * Gives the relay the AES key so that it can answer, or takes key and rules away from it; the rules stay here.
   * @throws AppError `relay/*`, `account/frozen`, `account/component-mode`, `account/secret-missing`
   */
  setRelayMode(appid: string, mode: 'sealed' | 'assisted'): Promise<void>;
  /** The relay of this link answers again: what it does not have yet is sent. */
  linkUp(linkId: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface AutoRepliesDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly relay: Pick<RelayApi, 'accounts' | 'registerAccount' | 'getRules' | 'putRules' | 'removeRules'>;
  readonly accounts: Pick<AccountsService, 'links'>;
  readonly backoff?: BackoffOptions;
}

/** As many replaced sets as a person would look through. */
const REPLACED_SHOWN = 50;
/** Rules on screen are compared with the relay's at most this often. */
const LOOK_EVERY_MS = 10_000;

/** The automatic replies of the accounts: edited here, also offline, and obeyed by the relay. */
export function createAutoRepliesService(deps: AutoRepliesDeps): AutoRepliesService {
  const { db, secrets, clock, logger, publish, relay } = deps;
  const syncRules = createRulesSync(deps);
  /** One talk with a relay at a time. */
  const serial = createSerial();
  /** Why an account's rules are not at the relay. */
  const failures = new Map<string, AppErrorData>();
  const looked = new Map<string, number>();
  const retries = new Map<string, { readonly backoff: Backoff; timer: NodeJS.Timeout | null }>();
  let stopped = false;

  async function record(appid: string): Promise<AccountRecord> {
    const found = await db.accounts.get(appid);
    if (found === null) throw new AppError({ code: 'account/not-found' });
    return found;
  }

  async function linkOf(appid: string): Promise<BoundLink | null> {
    return (await deps.accounts.links()).find((link) => link.appids.includes(appid)) ?? null;
  }

  async function view(appid: string): Promise<AutoReplies> {
    const [account, stored, replaced] = await Promise.all([
      record(appid),
      db.replyRules.get(appid),
      db.replyRules.replaced(appid, REPLACED_SHOWN),
    ]);
    return {
      appid,
      rules: stored?.rules ?? null,
      sync: syncState(account, stored),
      replaced: replaced.map(({ id, origin, replacedAt, rules }) => ({
        ...{ id, origin, replacedAt },
        version: rules.version,
        rules: rules.rules.length,
      })),
    };
  }

  function syncState(account: AccountRecord, stored: RulesRecord | null): AutoReplies['sync'] {
    if (account.status !== 'bound' || account.relayMode === 'sealed') return { state: 'off', error: null };
    const error = failures.get(account.appid) ?? null;
    if (error !== null) return { state: mayPass(error) ? 'waiting' : 'refused', error };
    const isSynced = stored === null || stored.syncedVersion === stored.rules.version;
    return { state: isSynced ? 'synced' : 'waiting', error: null };
  }

  /** Compares every account of the link with what the relay has; each on its own, so that one failure is one account's. */
  async function syncLink(linkId: string): Promise<void> {
    const link = (await deps.accounts.links()).find(({ id }) => id === linkId);
    if (link === undefined || stopped) return;
    let error: AppErrorData | null = null;
    try {
      const views = await relay.accounts(link);
      for (const appid of link.appids) {
        const account = views.find((one) => one.appid === appid);
        if (account) error = worse(error, await syncAccount(link, account));
        else note(appid, { code: 'relay/unknown-account' });
      }
    } catch (thrown) {
      error = dataOf(thrown);
      for (const appid of link.appids) note(appid, error);
      logger.warn('rules-sync-failed', { link: linkId, error: thrown });
    }
    if (error === null) settled(linkId);
    else if (mayPass(error)) tryAgainLater(linkId);
  }

  async function syncAccount(link: BoundLink, account: AccountView): Promise<AppErrorData | null> {
    const { appid, mode } = account;
    const before = await standing(appid);
    try {
      // Another computer may have changed it; the relay knows what it obeys.
      if ((await record(appid)).relayMode !== mode) {
        await db.accounts.update(appid, { relayMode: mode });
        publish('accounts.changed', { appid });
      }
      if (mode !== 'sealed') await syncRules(link, account);
      note(appid, null);
      return null;
    } catch (error) {
      logger.warn('rules-sync-failed', { appid, error });
      const data = dataOf(error);
      note(appid, data);
      return data;
    } finally {
      if ((await standing(appid)) !== before) publish('autoReplies.changed', { appid });
    }
  }

  async function standing(appid: string): Promise<string> {
    const stored = await db.replyRules.get(appid);
    return JSON.stringify([stored?.rules.version, stored?.syncedVersion]);
  }

  function note(appid: string, error: AppErrorData | null): void {
    const before = failures.get(appid)?.code;
    if (error === null) failures.delete(appid);
    else failures.set(appid, error);
    if (before !== error?.code) publish('autoReplies.changed', { appid });
  }

  function requestSync(linkId: string): void {
    if (stopped) return;
    const retry = retries.get(linkId);
    if (retry?.timer) clearTimeout(retry.timer);
    if (retry) retry.timer = null;
    looked.set(linkId, performance.now());
    serial
      .run(linkId, () => syncLink(linkId))
      .catch((error: unknown) => logger.error('rules-sync-broke-off', { link: linkId, error }));
  }

  function tryAgainLater(linkId: string): void {
    if (stopped) return;
    const retry = retries.get(linkId) ?? {
      backoff: createBackoff(deps.backoff ?? RELAY_BACKOFF),
      timer: null,
    };
    retries.set(linkId, retry);
    retry.timer ??= setTimeout(() => requestSync(linkId), retry.backoff.next()).unref();
  }

  function settled(linkId: string): void {
    retries.delete(linkId);
  }

  async function syncSoon(appid: string): Promise<void> {
    const link = await linkOf(appid);
    if (link !== null) requestSync(link.id);
  }

  /** Nobody tells that another computer has edited, so whoever looks at the rules has them compared, now and then. */
  async function lookAgain(appid: string): Promise<void> {
    const link = await linkOf(appid);
    if (link === null) return;
    const before = looked.get(link.id);
    if (before === undefined || performance.now() - before > LOOK_EVERY_MS) requestSync(link.id);
  }

  /** Stores the set unless it says what is stored already. */
  async function store({ appid, basedOn, timeZone, rules }: Input<'autoReplies.save'>): Promise<void> {
    for (;;) {
      const stored = await db.replyRules.get(appid);
      const version = Math.max(stored?.rules.version ?? 0, stored?.syncedVersion ?? 0) + 1;
      const set: ReplyRuleSet = { version, timeZone, rules };
      if (stored !== null && isSame(stored.rules, set)) return;
      const at: UnixSeconds = clock.now();
      const isOverwritten = stored !== null && stored.rules.version !== basedOn;
      const isStored = await db.replyRules.put({
        appid,
        rules: set,
        syncedVersion: stored?.syncedVersion ?? null,
        editedAt: at,
        over: stored?.rules.version ?? null,
        ...(isOverwritten && { keep: { origin: 'here', at } as const }),
      });
      if (isStored) return;
    }
  }

  return {
    async get(appid) {
      await record(appid);
      await lookAgain(appid);
      return view(appid);
    },
    async save(input) {
      const { appid, timeZone, rules } = input;
      await record(appid);
      await checkRules({ version: 1, timeZone, rules });
      await store(input);
      publish('autoReplies.changed', { appid });
      await syncSoon(appid);
      return view(appid);
    },
    async explain({ appid, draft, heard, at }) {
      const set = draft ? { version: 1, ...draft } : (await db.replyRules.get(appid))?.rules;
      if (set === undefined) return { chosen: null, verdicts: [] };
      return explainRules(set, heard, at ?? clock.now());
    },
    async replaced({ appid, id }) {
      const found = await db.replyRules.replacedById(appid, id);
      if (found === null) throw new AppError({ code: 'replies/not-found' });
      return found.rules;
    },
    async setRelayMode(appid, mode) {
      if ((await record(appid)).status !== 'bound') throw new AppError({ code: 'account/frozen' });
      const link = await linkOf(appid);
      if (link === null) throw new AppError({ code: 'relay/unauthorized' });
      await serial.run(link.id, async () => {
        if ((await record(appid)).relayMode === 'component')
          throw new AppError({ code: 'account/component-mode' });
        const request = await registrationOf(secrets, appid, mode);
        if (mode === 'sealed') await relay.removeRules(link, appid);
        const { callbackUrl } = await relay.registerAccount(link, appid, request);
        await db.accounts.update(appid, { relayMode: mode, callbackUrl });
        const stored = await db.replyRules.get(appid);
        if (mode === 'sealed' && stored !== null)
          await db.replyRules.synced(appid, stored.rules.version, null);
      });
      failures.delete(appid);
      publish('accounts.changed', { appid });
      publish('autoReplies.changed', { appid });
      requestSync(link.id);
    },
    linkUp: requestSync,
    idle: serial.idle,
    async stop() {
      stopped = true;
      for (const { timer } of retries.values()) if (timer) clearTimeout(timer);
      retries.clear();
      await serial.idle();
    },
  };
}

/** Time may cure it: the relay was away, busy, or another computer was quicker. */
function mayPass({ code, retryable }: AppErrorData): boolean {
  return retryable === true || code.startsWith('network/');
}

/** One that may pass counts more: it is worth another attempt. */
function worse(one: AppErrorData | null, other: AppErrorData | null): AppErrorData | null {
  if (one === null || other === null) return one ?? other;
  return mayPass(one) ? one : other;
}

function dataOf(error: unknown): AppErrorData {
  return error instanceof AppError ? error.data : { code: 'ipc/internal' };
}

function isSame(one: ReplyRuleSet, other: ReplyRuleSet): boolean {
  return JSON.stringify([one.timeZone, one.rules]) === JSON.stringify([other.timeZone, other.rules]);
}
