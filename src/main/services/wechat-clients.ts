import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { createWeChatClient, type Credential, type WeChatClient } from '#wechat/client';
import { NetworkError } from '#wechat/http';
import { parseOrigin, WECHAT_ORIGIN } from '#wechat/origin';
import type { TokenReplacement } from '#wechat/token';
import type { Database } from '../db/port/database';
import type { RelayApi, RelayLink } from '../relay/port';
import type { Tunnels } from '../relay/tunnel';
import type { SecretStore } from '../secrets/port';
import { linkOfAccount } from './relay-links';

/** Who wants to know what calls of bound accounts tell about their connection. */
export interface ClientObserver {
  callFailed(appid: string, error: AppErrorData): void;
  tokenReplaced(appid: string, replacement: TokenReplacement): void;
}

export interface WeChatClientsDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tunnels: Pick<Tunnels, 'route'>;
  /** Lends the tokens of accounts that were authorized by scanning. */
  readonly relay: Pick<RelayApi, 'lease'>;
  readonly onServerDate?: (serverUnixSeconds: UnixSeconds, localUnixSeconds: UnixSeconds) => void;
  readonly observer?: ClientObserver;
}

/** One client per account, so that one access token serves every caller. */
export interface WeChatClients {
  /**
   * @throws AppError `account/not-found`, `account/frozen` when the account is not bound
   */
  for(appid: string): Promise<WeChatClient>;
  /** A client for an account that is not stored yet. @throws AppError `config/invalid-url` */
  forCredentials(input: {
    readonly appid: string;
    readonly secret: string;
    readonly origin: string | null;
    /** The pairing over whose tunnel tokens are asked for. */
    readonly link: RelayLink;
  }): WeChatClient;
  /** Drops the account's client with its token, after its secret changed. */
  forget(appid: string): void;
  /** Calls back when the relay says that an account is not authorized any more; returns the disposer. */
  onAuthorizationLost(listener: (appid: string) => void): () => void;
}

export function createWeChatClients(deps: WeChatClientsDeps): WeChatClients {
  const clients = new Map<string, WeChatClient>();
  const lostListeners = new Set<(appid: string) => void>();

  function create(
    appid: string,
    origin: string,
    credential: Credential,
    link: () => Promise<RelayLink | null>,
    observer?: ClientObserver,
  ): WeChatClient {
    return createWeChatClient({
      appid,
      origin,
      ...credential,
      // A platform's whitelist holds for every call in the name of its accounts (auth-component), not for tokens only.
      ...('lease' in credential
        ? { fetchVia: deps.tunnels.route(link, origin) }
        : { fetchTokenVia: deps.tunnels.route(link, origin) }),
      clock: deps.clock,
      logger: deps.logger,
      ...(deps.onServerDate ? { onServerDate: deps.onServerDate } : {}),
      onFailure: observer && ((error) => observer.callFailed(appid, error)),
      onTokenReplaced: observer && ((replacement) => observer.tokenReplaced(appid, replacement)),
    });
  }

  async function storedSecret(appid: string): Promise<string> {
    const secret = await deps.secrets.get({ kind: 'app-secret', appid });
    if (secret === null) throw new AppError({ code: 'account/secret-missing' });
    return secret;
  }

  function tellLost(appid: string): void {
    for (const listener of lostListeners) listener(appid);
  }

  /** A token of the relay. What keeps it from answering counts as the network: the call itself has not left. */
  async function lease(appid: string, refused: string | null) {
    const link = await linkOfAccount(deps, appid);
    if (link === null) throw new AppError({ code: 'relay/unauthorized' });
    try {
      const { accessToken, expiresAt } = await deps.relay.lease(link, appid, refused);
      return { accessToken, expiresIn: expiresAt - deps.clock.now() };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'relay/not-authorized' || error.code === 'relay/unknown-account') tellLost(appid);
      if (error.data.retryable === true) throw new NetworkError(error.data, 'not-sent', { cause: error });
      throw error;
    }
  }

  return {
    async for(appid) {
      const account = await deps.db.accounts.get(appid);
      if (account === null) throw new AppError({ code: 'account/not-found' });
      if (account.status !== 'bound') throw new AppError({ code: 'account/frozen' });
      // Looked up after the wait, so that two callers never make two clients with two tokens.
      const known = clients.get(appid);
      if (known) return known;
      const client = create(
        appid,
        account.apiOrigin ?? WECHAT_ORIGIN,
        account.relayMode === 'component'
          ? { lease: (refused) => lease(appid, refused), onNotAuthorized: () => tellLost(appid) }
          : { secret: () => storedSecret(appid) },
        () => linkOfAccount(deps, appid),
        deps.observer,
      );
      clients.set(appid, client);
      return client;
    },
    forCredentials({ appid, secret, origin, link }) {
      return create(appid, checkedOrigin(origin), { secret: () => Promise.resolve(secret) }, () =>
        Promise.resolve(link),
      );
    },
    forget(appid) {
      clients.delete(appid);
    },
    onAuthorizationLost(listener) {
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },
  };
}

/** The official host when none is given. @throws AppError `config/invalid-url` */
export function checkedOrigin(origin: string | null): string {
  if (origin === null) return WECHAT_ORIGIN;
  try {
    return parseOrigin(origin);
  } catch (cause) {
    throw new AppError({ code: 'config/invalid-url' }, { cause });
  }
}
