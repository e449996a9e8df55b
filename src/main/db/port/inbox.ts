/** What a relay’s feed brings, stored in one transaction. */
import type { InboundMessage, ShownContent } from '#shared/domain/message';
import type { RelayNotice } from '#shared/relay/protocol';
import type { StoredMessage } from './conversations';

/** One callback that was opened and understood. */
export interface InboundItem {
  readonly seq: number;
  readonly appid: string;
  readonly receivedAt: number;
  readonly message: InboundMessage;
}

/** What the relay answered to a follower by itself. */
export interface AutomaticItem {
  readonly seq: number;
  readonly appid: string;
  readonly openid: string;
  readonly at: number;
  readonly content: ShownContent;
  /** The same for every delivery of this report, different for every reply. */
  readonly dedupeKey: string;
  readonly receivedAt: number;
  /** The XML of the reply. */
  readonly raw: string;
}

/** What a relay reports of itself. */
export interface NoticeItem {
  readonly seq: number;
  /** Empty for what concerns no account. */
  readonly appid: string;
  readonly receivedAt: number;
  /** null: of a type that this version does not know; kept all the same. */
  readonly notice: RelayNotice | null;
  readonly body: string;
}

/** One item of the feed that could not be opened. */
export interface QuarantinedItem {
  readonly seq: number;
  readonly appid: string;
  /** JSON, as it came. */
  readonly item: unknown;
  /** Code of the AppError. */
  readonly reason: string;
}

export interface InboxCommit {
  /** null: items that do not come from a relay's feed (recovered ones). */
  readonly linkId: string | null;
  readonly inbound: readonly InboundItem[];
  readonly automatic?: readonly AutomaticItem[];
  readonly notices?: readonly NoticeItem[];
  readonly quarantined: readonly QuarantinedItem[];
  /** The link's new cursor; null leaves it. */
  readonly cursor: number | null;
}

export interface InboxResult {
  /** New messages only; redeliveries are not in it. */
  readonly stored: readonly StoredMessage[];
  readonly duplicates: number;
  /** Notices that are new. */
  readonly notices: number;
  /** Followers that were changed, and accounts whose own state an event changed. */
  readonly followers: readonly { readonly appid: string; readonly openid: string }[];
  readonly accounts: readonly string[];
  /** Followers whose profile WeChat should be asked for. */
  readonly unknownFollowers: readonly { readonly appid: string; readonly openid: string }[];
}

export interface InboxReads {
  quarantined(appid: string, after: number, limit: number): (QuarantinedItem & { readonly id: number })[];
}

export interface InboxWrites {
  /** The inbound path in one transaction: messages, followers, timeline, windows, counters, quarantine and cursor. */
  commit(commit: InboxCommit): InboxResult;
  /** Takes recovered items out of quarantine. */
  release(ids: readonly number[]): void;
}
