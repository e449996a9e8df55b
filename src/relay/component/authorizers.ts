import type { UnixSeconds } from '#shared/domain/clock';
import type { AuthorizerTokens } from '#wechat/api/component';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { AUTHORIZERS } from './collections';
import { SealedDocuments, type Sealed } from './sealed-documents';

/** What the administrator granted with one authorization code. */
export interface Grant {
  readonly appid: string;
  readonly permissionSets: readonly number[];
  /** Null when the account has no API at all. */
  readonly refreshToken: string | null;
  /** Null when it is yet to be fetched. */
  readonly access: { readonly token: string; readonly expiresAt: UnixSeconds } | null;
}

interface Plain {
  readonly authorized: boolean;
  readonly permissionSets: readonly number[];
  /** Hash of the authorization code that this stems from; null when it was repaired without one. */
  readonly codeHash: string | null;
  /** What that code was: the first authorization, or a change of it. */
  readonly kind: 'authorized' | 'updateauthorized';
  /** `CreateTime` of the event, by WeChat's clock; null until the event has come. */
  readonly authorizedAt: UnixSeconds | null;
  readonly accessExpiresAt: UnixSeconds;
  /** `gh_…`, once WeChat's description of the account has been read. */
  readonly originalId: string | null;
  /** When the access token was last renewed. */
  readonly renewedAt: UnixSeconds;
}

interface Secrets {
  readonly refreshToken: string | null;
  readonly accessToken: string | null;
}

export type Authorizer = Sealed<Plain, Secrets>;

const NO_TOKENS: Secrets = { refreshToken: null, accessToken: null };

/** The accounts that have authorized the platform, with their tokens; whose they are is kept by `Accounts`. */
export class Authorizers {
  private readonly documents: SealedDocuments<Plain, Secrets>;

  constructor(store: RelayStore, box: SealedBox) {
    this.documents = new SealedDocuments(store, box, AUTHORIZERS);
  }

  get(appid: string): Promise<Authorizer | null> {
    return this.documents.get(appid);
  }

  async isAuthorized(appid: string): Promise<boolean> {
    return (await this.documents.plain(appid))?.authorized ?? false;
  }

  async originalIdOf(appid: string): Promise<string | null> {
    return (await this.documents.plain(appid))?.originalId ?? null;
  }

  /**
   * Records what a code granted, once: the same code again changes nothing, and neither does one that was authorized
   * before the one on record. Returns what is on record then.
   */
  async grant(
    grant: Grant,
    code: { readonly hash: string; readonly authorizedAt: UnixSeconds | null },
    now: UnixSeconds,
  ): Promise<Authorizer> {
    const stored = await this.documents.change(grant.appid, (present) => {
      if (present?.plain.codeHash === code.hash) return null;
      if (present !== null && isBefore(code.authorizedAt, present.plain.authorizedAt)) return null;
      return {
        plain: {
          authorized: true,
          permissionSets: grant.permissionSets,
          codeHash: code.hash,
          kind: present?.plain.authorized === true ? 'updateauthorized' : 'authorized',
          authorizedAt: code.authorizedAt,
          accessExpiresAt: grant.access?.expiresAt ?? 0,
          originalId: present?.plain.originalId ?? null,
          renewedAt: now,
        },
        secret: { refreshToken: grant.refreshToken, accessToken: grant.access?.token ?? null },
      };
    });
    if (stored === null) throw new RangeError('what was stored is there');
    return stored;
  }

  /** Notes when WeChat says that the code on record was authorized: what it reports of earlier moments is stale. */
  async noteAuthorizedAt(appid: string, codeHash: string, authorizedAt: UnixSeconds): Promise<void> {
    await this.documents.change(appid, (present) =>
      present?.plain.codeHash === codeHash && present.plain.authorizedAt === null
        ? { ...present, plain: { ...present.plain, authorizedAt } }
        : null,
    );
  }

  /**
   * Stores what a renewal with the refresh token `used` gave. Left alone when another one has taken its place meanwhile
   * (the administrator authorized again, or cancelled). Returns what is on record then.
   */
  renewed(
    appid: string,
    used: string,
    tokens: AuthorizerTokens,
    now: UnixSeconds,
  ): Promise<Authorizer | null> {
    return this.documents.change(appid, (present) =>
      present?.secret.refreshToken !== used
        ? null
        : {
            plain: {
              ...present.plain,
              authorized: true,
              accessExpiresAt: now + tokens.expiresIn,
              renewedAt: now,
            },
            secret: { refreshToken: tokens.refreshToken, accessToken: tokens.accessToken },
          },
    );
  }

  /** Stores a refresh token that WeChat's list gave; the access token is to be renewed with it. */
  async repaired(appid: string, refreshToken: string): Promise<void> {
    await this.documents.change(appid, (present) => ({
      plain: present?.plain ?? {
        authorized: true,
        permissionSets: [],
        codeHash: null,
        kind: 'authorized',
        authorizedAt: null,
        accessExpiresAt: 0,
        originalId: null,
        renewedAt: 0,
      },
      secret: { refreshToken, accessToken: null },
    }));
  }

  /** Notes what WeChat's description of the account says. */
  async described(
    appid: string,
    { originalId, permissionSets }: { originalId: string | null; permissionSets: readonly number[] },
  ): Promise<void> {
    await this.documents.change(appid, (present) => {
      if (present === null) return null;
      const { plain } = present;
      if (plain.originalId === originalId && plain.permissionSets.join() === permissionSets.join())
        return null;
      return { ...present, plain: { ...plain, originalId, permissionSets } };
    });
  }

  /**
   * Drops the tokens after the administrator cancelled at `at` (WeChat's clock; null for "just now"). An event that is
   * older than the authorization on record changes nothing. Returns what stood before, when something changed.
   */
  async unauthorized(appid: string, at: UnixSeconds | null): Promise<Plain | null> {
    let before: Plain | null = null;
    await this.documents.change(appid, (present) => {
      before = null;
      if (present === null || !present.plain.authorized || isBefore(at, present.plain.authorizedAt))
        return null;
      before = present.plain;
      return { plain: { ...present.plain, authorized: false, accessExpiresAt: 0 }, secret: NO_TOKENS };
    });
    return before;
  }

  /** Forgets the account. WeChat has no call to cancel an authorization: only the administrator can. */
  async forget(appid: string): Promise<void> {
    await this.documents.delete(appid);
  }
}

function isBefore(a: UnixSeconds | null, b: UnixSeconds | null): boolean {
  return a !== null && b !== null && a < b;
}
