import { AppError, type AppErrorData } from '#shared/app-error';
import { CHAT_ONLY_SETS, PRODUCT_SETS } from '#shared/domain/permission-sets';
import type { Input } from '#shared/ipc/contract';
import type { AuthorizationAttempt, AuthorizingRelay } from '#shared/ipc/authorize-models';
import type { AuthorizationView } from '#shared/relay/protocol';
import { createBackoff, RELAY_BACKOFF, type BackoffOptions } from '../../relay/backoff';
import type { RelayApi, RelayLink } from '../../relay/port';
import type { AccountsService } from '../interfaces';
import type { Publish } from '../ports';
import { storedLink } from '../relay-links';
import { checkedOrigin, type WeChatClients } from '../wechat-clients';
import { pairedRelays, pairRelay, type PairingsDeps } from './pairings';
import { readProfile } from './profile';
import { createStanding, type Standing, type StandingDeps } from './standing';

/** How long one question after an attempt may wait at the relay, seconds. */
const WAIT_SECONDS = 25;

export interface AuthorizeDeps extends PairingsDeps, Omit<StandingDeps, 'relay' | 'accounts'> {
  readonly relay: RelayApi;
  readonly accounts: Pick<AccountsService, 'adopt' | 'authorizationLost' | 'pairingRenewed'>;
  readonly clients: Pick<WeChatClients, 'onAuthorizationLost'>;
  readonly publish: Publish;
  /** Opens a relay's start page in the system's browser. */
  readonly openPage: (startUrl: string, relayUrl: string) => Promise<void>;
  readonly backoff?: BackoffOptions;
}

/** Adding an account by scanning: one attempt at a time, which goes on whatever screen is shown. */
export interface AuthorizeService extends Pick<Standing, 'heard' | 'linkUp'> {
  relays(): Promise<AuthorizingRelay[]>;
  pair(input: Input<'authorize.pair'>): Promise<AuthorizingRelay>;
  /** @throws AppError `relay/*`, `config/invalid-url` */
  begin(input: Input<'authorize.begin'>): Promise<AuthorizationAttempt>;
  /** Opens the page of the present attempt again. @throws AppError relay/unknown-authorization */
  openPage(): Promise<void>;
  status(): AuthorizationAttempt | null;
  cancel(): Promise<void>;
  dismiss(): void;
  /** Resolves when nothing is under way but the waiting for an administrator. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly id: string;
  readonly link: RelayLink;
  readonly apiOrigin: string | null;
  readonly ending: AbortController;
  attempt: AuthorizationAttempt;
  followed: Promise<void>;
}

export function createAuthorizeService(deps: AuthorizeDeps): AuthorizeService {
  const { relay, accounts, logger, publish } = deps;
  const standing = createStanding(deps);
  let present: Running | null = null;
  const forgetLost = deps.clients.onAuthorizationLost((appid) => {
    accounts
      .authorizationLost(appid)
      .catch((error: unknown) => logger.error('authorization-lost-not-stored', { appid, error }));
  });

  function tell(running: Running, change: Partial<AuthorizationAttempt>): void {
    running.attempt = { ...running.attempt, ...change };
    if (present === running) publish('authorize.changed', { attempt: running.attempt });
  }

  /** Takes an attempt to its end. While the relay does not answer, the attempt goes on and says so. */
  async function follow(running: Running, first: AuthorizationView): Promise<void> {
    const { link, id, ending } = running;
    const backoff = createBackoff(deps.backoff ?? RELAY_BACKOFF);
    let view = first;
    while (isOpen(view) && !ending.signal.aborted) {
      try {
        view = await relay.authorization(link, id, view.state, WAIT_SECONDS, ending.signal);
        backoff.reset();
      } catch (error) {
        if (ending.signal.aborted) return;
        if (!(error instanceof AppError)) throw error;
        if (error.data.retryable !== true) {
          tell(running, { state: 'failed', error: error.data });
          return;
        }
        tell(running, { error: error.data });
        await pause(backoff.next(), ending.signal);
        continue;
      }
      if (isOpen(view)) tell(running, { state: view.state, expiresAt: view.expiresAt, error: null });
    }
    if (ending.signal.aborted) return;
    if (view.state === 'done') await conclude(running, view);
    else if (view.state === 'failed') tell(running, { state: 'failed', error: failureOf(view) });
    else tell(running, { state: view.state, error: null });
  }

  /** The relay has the account; whether the product can serve it, WeChat's description tells. */
  async function conclude(running: Running, { appid }: AuthorizationView): Promise<void> {
    tell(running, { state: 'checking', error: null });
    if (appid === null) throw new AppError({ code: 'relay/protocol' });
    const { link, apiOrigin, attempt } = running;
    const { info, permissionSets } = await withPatience(running, () => relay.profile(link, appid));
    try {
      const profile = readProfile(info);
      // It could neither receive followers nor be written for: the manual door binds it for passive replies [S1.3].
      if (!profile.verified) throw new AppError({ code: 'account/unverified' });
      await accounts.adopt({ ...profile, appid, permissionSets, linkId: attempt.linkId, apiOrigin });
    } catch (error) {
      if (error instanceof AppError) await release(link, appid);
      throw error;
    }
    tell(running, { state: 'done', appid, error: null });
  }

  /** An account that is refused here stays with nobody. */
  async function release(link: RelayLink, appid: string): Promise<void> {
    try {
      await relay.removeAccount(link, appid);
      await accounts.authorizationLost(appid);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.warn('relay-release-failed', { appid, code: error.code });
    }
  }

  async function withPatience<T>(running: Running, ask: () => Promise<T>): Promise<T> {
    const backoff = createBackoff(deps.backoff ?? RELAY_BACKOFF);
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        const again = error instanceof AppError && error.data.retryable === true && tries < 5;
        if (!again || running.ending.signal.aborted) throw error;
        await pause(backoff.next(), running.ending.signal);
      }
    }
  }

  async function giveUp(running: Running): Promise<void> {
    if (running.attempt.state === 'checking') return running.followed;
    running.ending.abort();
    await running.followed;
    try {
      await relay.cancelAuthorization(running.link, running.id);
    } catch (error) {
      // It ends by itself when its time is over.
      if (!(error instanceof AppError)) throw error;
      logger.warn('authorization-not-cancelled', { code: error.code });
    }
  }

  const isOver = (running: Running): boolean => OVER.has(running.attempt.state);

  return {
    heard: (linkId, notices) => standing.heard(linkId, notices),
    linkUp: (linkId) => standing.linkUp(linkId),
    relays: () => pairedRelays(deps),
    async pair(input) {
      const paired = await pairRelay(deps, input);
      accounts.pairingRenewed();
      return paired;
    },
    async begin({ linkId, scope, appid, apiOrigin }) {
      if (present !== null && !isOver(present)) await giveUp(present);
      const link = await storedLink(deps, linkId);
      if (link === null) throw new AppError({ code: 'relay/unauthorized' });
      const known = appid === null ? null : await deps.db.accounts.get(appid);
      const typed = apiOrigin?.trim() ?? '';
      const view = await relay.beginAuthorization(link, {
        ...(appid === null ? {} : { appid }),
        permissionSets: [...(scope === 'chat' ? CHAT_ONLY_SETS : PRODUCT_SETS)],
      });
      const running: Running = {
        id: view.id,
        link,
        apiOrigin: typed === '' ? (known?.apiOrigin ?? null) : checkedOrigin(typed),
        ending: new AbortController(),
        attempt: {
          linkId,
          scope,
          host: new URL(link.url).host,
          requested: appid,
          startUrl: view.startUrl,
          state: 'waiting',
          expiresAt: view.expiresAt,
          appid: null,
          error: null,
        },
        followed: Promise.resolve(),
      };
      present = running;
      tell(running, {});
      await deps.openPage(view.startUrl, link.url);
      running.followed = follow(running, view).catch((error: unknown) => {
        if (running.ending.signal.aborted) return;
        if (!(error instanceof AppError)) logger.error('authorization-broke-off', { error });
        tell(running, {
          state: 'failed',
          error: error instanceof AppError ? error.data : { code: 'ipc/internal' },
        });
      });
      return running.attempt;
    },
    async openPage() {
      if (present === null || isOver(present)) throw new AppError({ code: 'relay/unknown-authorization' });
      await deps.openPage(present.attempt.startUrl, present.link.url);
    },
    status: () => present?.attempt ?? null,
    async cancel() {
      const running = present;
      if (running === null || isOver(running)) return;
      await giveUp(running);
      if (!isOver(running)) tell(running, { state: 'cancelled', error: null });
    },
    dismiss() {
      if (present === null || !isOver(present)) return;
      present = null;
      publish('authorize.changed', { attempt: null });
    },
    idle: () => standing.idle(),
    async stop() {
      forgetLost();
      present?.ending.abort();
      await present?.followed;
      await standing.idle();
    },
  };
}

const OVER: ReadonlySet<string> = new Set(['done', 'failed', 'expired', 'cancelled']);

function isOpen({ state }: AuthorizationView): boolean {
  return !OVER.has(state);
}

function failureOf({ error }: AuthorizationView): AppErrorData {
  if (error === null) return { code: 'relay/protocol' };
  const { code, errcode } = error;
  return errcode === undefined ? { code } : { code, errcode };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
