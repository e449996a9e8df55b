/** What main asks of a relay. The HTTP adapter lives beside this file; services know only this. */
import type { UnixSeconds } from '#shared/domain/clock';
import type { PulledItem } from '#shared/relay/feed-page';
import type {
  AccountRequest,
  AccountView,
  AuthorizationView,
  DeviceView,
  Egress,
} from '#shared/relay/protocol';
import type { ReplyRuleSet } from '#shared/relay/reply-rules';

/** One pairing of this desktop with one relay. */
export interface RelayLink {
  /** Origin of the relay, without a path. */
  readonly url: string;
  readonly deviceToken: string;
}

/** Every method throws AppError `relay/*`; an aborted feed rejects with the signal's reason. */
export interface RelayApi {
  /** Spends a single-use pairing code. `name` is shown in the relay's list of devices. */
  pair(url: string, code: string, name: string): Promise<{ readonly deviceToken: string }>;
  /**
   * Sealed: the relay learns the Token, to check signatures, and nothing that opens a message. Assisted: it also gets the
   * AES key. Idempotent; a change from one to the other keeps the address.
   */
  registerAccount(
    link: RelayLink,
    appid: string,
    request: AccountRequest,
  ): Promise<{ readonly key: string; readonly callbackUrl: string }>;
  /** The relay stops taking callbacks of this account. Idempotent. */
  removeAccount(link: RelayLink, appid: string): Promise<void>;
  /** What this workspace has on the relay. */
  accounts(link: RelayLink): Promise<readonly AccountView[]>;
  /** The automatic replies of an account; null when the relay has none. */
  getRules(link: RelayLink, appid: string): Promise<ReplyRuleSet | null>;
  /** Throws `relay/older-rules` when the relay has another set of this version or a newer one. The same set again is taken. */
  putRules(link: RelayLink, appid: string, rules: ReplyRuleSet): Promise<void>;
  /** The relay answers nothing by itself any more. Idempotent. */
  removeRules(link: RelayLink, appid: string): Promise<void>;
  /** The devices that are paired with the same workspace. */
  devices(link: RelayLink): Promise<readonly DeviceView[]>;
  /** Locks a device out. Throws `relay/unknown-device`. */
  revokeDevice(link: RelayLink, id: string): Promise<void>;
  /** A pairing code for one more device of this workspace. */
  invite(link: RelayLink): Promise<{ readonly code: string; readonly expiresAt: UnixSeconds }>;
  /**
   * Long poll: up to `limit` items after `after`, at once or within `waitSeconds`; `next` is the cursor to ask with. Also
   * acknowledges: everything up to `after` is stored here and may be forgotten there.
   */
  feed(
    link: RelayLink,
    after: number,
    waitSeconds: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly PulledItem[]; readonly next: number }>;
  /** Where the relay's tunnel is (`tunnelUrl` is empty when it has none), and from which addresses WeChat will see it. */
  egress(link: RelayLink): Promise<Egress>;
  /** Whether accounts can be authorized by scanning at this relay; `ready` is false until WeChat's first ticket has come. */
  component(link: RelayLink): Promise<{ readonly available: boolean; readonly ready: boolean }>;
  /**
   * Begins an attempt to have an account authorized, restricted to `appid` when one is given. Throws `relay/no-component`,
   * `relay/component-not-ready`.
   */
  beginAuthorization(
    link: RelayLink,
    request: { readonly appid?: string; readonly permissionSets: readonly number[] },
  ): Promise<AuthorizationView>;
  /** Long poll: answers when the attempt is in another state than `known`, or after `waitSeconds`. */
  authorization(
    link: RelayLink,
    id: string,
    known: AuthorizationView['state'],
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<AuthorizationView>;
  /** Idempotent. What WeChat has confirmed already takes its course. */
  cancelAuthorization(link: RelayLink, id: string): Promise<void>;
  /**
   * The short-lived access token of an authorized account. `refused`: a leased token that WeChat called dead. Throws
   * `relay/not-authorized` when the administrator has cancelled.
   */
  lease(
    link: RelayLink,
    appid: string,
    refused: string | null,
  ): Promise<{ readonly accessToken: string; readonly expiresAt: UnixSeconds }>;
  /** An authorized account as WeChat describes it now. Throws `relay/not-official-account`, `relay/not-authorized`. */
  profile(
    link: RelayLink,
    appid: string,
  ): Promise<{
    readonly info: Readonly<Record<string, unknown>>;
    readonly permissionSets: readonly number[];
  }>;
}
