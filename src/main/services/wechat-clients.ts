import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { createWeChatClient, type WeChatClient } from '#wechat/client';
import { parseOrigin, WECHAT_ORIGIN } from '#wechat/origin';
import type { TokenReplacement } from '#wechat/token';
import type { Database } from '../db/port';
import type { RelayLink } from '../relay/port';
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
}

export function createWeChatClients(deps: WeChatClientsDeps): WeChatClients {
  const clients = new Map<string, WeChatClient>();

  function create(
    appid: string,
    origin: string,
    secret: () => Promise<string>,
    link: () => Promise<RelayLink | null>,
    observer?: ClientObserver,
  ): WeChatClient {
    return createWeChatClient({
      appid,
      origin,
      secret,
      fetchTokenVia: deps.tunnels.route(link, origin),
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
        () => storedSecret(appid),
        () => linkOfAccount(deps, appid),
        deps.observer,
      );
      clients.set(appid, client);
      return client;
    },
    forCredentials({ appid, secret, origin, link }) {
      return create(
        appid,
        checkedOrigin(origin),
        () => Promise.resolve(secret),
        () => Promise.resolve(link),
      );
    },
    forget(appid) {
      clients.delete(appid);
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
