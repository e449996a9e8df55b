/** What main asks of a relay. The HTTP adapter lives beside this file; services know only this. */
import type { Egress, FeedItem } from '#shared/relay/protocol';

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
  /** Sealed mode: the relay learns the Token, to check signatures, and nothing that opens a message. Idempotent. */
  registerAccount(
    link: RelayLink,
    appid: string,
    token: string,
  ): Promise<{ readonly key: string; readonly callbackUrl: string }>;
  /** The relay stops taking callbacks of this account. Idempotent. */
  removeAccount(link: RelayLink, appid: string): Promise<void>;
  /** Long poll: up to `limit` items after `after`, at once or within `waitSeconds`; `next` is the cursor to ask with. */
  feed(
    link: RelayLink,
    after: number,
    waitSeconds: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly FeedItem[]; readonly next: number }>;
  /** Where the relay's tunnel is (`tunnelUrl` is empty when it has none), and from which addresses WeChat will see it. */
  egress(link: RelayLink): Promise<Egress>;
  /** Everything up to and including `seq` is stored here and may be forgotten there. */
  ack(link: RelayLink, seq: number): Promise<void>;
}
