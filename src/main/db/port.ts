/**
 * The database as services see it: one asynchronous method per repository function. Each call is one message to the
 * worker thread and one transaction; multi-row work is one call. Failures are AppError `db/*`.
 */
import type { AppErrorData } from '#shared/app-error';
import type { InboundMessage, OutboundContent, OutboundStatus, ShownContent } from '#shared/domain/message';
import type { Reminded } from '#shared/domain/reminders';
import type { WindowEvent, WindowRecord } from '#shared/domain/window';
import type { FollowerFilter } from '#shared/ipc/follower-methods';
import type { CONVERSATION_FILTERS, CONVERSATION_ORDERS } from '#shared/ipc/conversation-methods';
import type { FOLLOWER_SORTS } from '#shared/ipc/follower-methods';
import type {
  Account,
  Conversation,
  Follower,
  ImportState,
  Message,
  Tag,
  TimelineEntry,
} from '#shared/ipc/models';
import type { MissedReason, MissedReport, RelatedPerson } from '#shared/ipc/people-models';
import type { PreparedDraft } from '#shared/ipc/prepared-models';
import type { RelayNotice } from '#shared/relay/protocol';
import type { ReplyRuleSet } from '#shared/relay/reply-rules';
import type { SearchReads, SearchWrites } from './port-search';
import type { PublishedReads, PublishedWrites, QuickReplyReads, QuickReplyWrites } from './port-cards';

/** What the database knows of an account: everything but the live connection. */
export interface AccountRecord extends Omit<Account, 'connection'> {
  /** WeChat's API host; null: the official one. */
  readonly apiOrigin: string | null;
  /** The relay link that carries its callbacks. */
  readonly linkId: string | null;
}
export type NewAccount = Omit<AccountRecord, 'followers' | 'unread' | 'needsReply' | 'needsReplyMuted'>;
export type AccountPatch = Partial<Omit<NewAccount, 'appid'>>;

export interface LinkRecord {
  readonly id: string;
  readonly url: string;
  /** The relay's cursor: everything up to it is stored here. */
  readonly cursor: number;
}

export interface AccountReads {
  list(): AccountRecord[];
  get(appid: string): AccountRecord | null;
  /** When a relay took in the newest callback that was decrypted here, unix seconds; null before the first. */
  lastReceivedAt(appid: string): number | null;
  links(): LinkRecord[];
}
export interface AccountWrites {
  /** Inserts, or takes over the stored row of the same AppID, keeping its followers and messages. */
  save(account: NewAccount): AccountRecord;
  /** @throws AppError account/not-found */
  update(appid: string, patch: AccountPatch): AccountRecord;
  /** Removes the account with everything that belongs to it. */
  erase(appid: string): void;
  saveLink(link: { readonly id: string; readonly url: string }): void;
  deleteLink(id: string): void;
}

/** One follower as user/info and batchget return it; only what WeChat still provides (since 2021-12-27). */
export interface FollowerDetail {
  readonly openid: string;
  readonly subscribed: boolean;
  readonly subscribedAt: number | null;
  readonly unionid: string | null;
  readonly remark: string;
  readonly tagIds: readonly number[];
  readonly scene: string | null;
  readonly qrScene: string | null;
  /** Legacy group 1 is the blacklist. */
  readonly blocked: boolean;
}

export interface FollowerQuery {
  readonly filter: FollowerFilter;
  readonly sort: (typeof FOLLOWER_SORTS)[number];
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
}

export interface FollowerReads {
  page(query: FollowerQuery): { total: number; rows: Follower[] };
  get(appid: string, openid: string): Follower | null;
  /** Newest first. `next` goes back in as `before`. */
  timeline(
    appid: string,
    openid: string,
    before: string | null,
    limit: number,
  ): { entries: TimelineEntry[]; next: string | null };
  tags(appid: string | null): Tag[];
}
export interface FollowerWrites {
  /** null when the follower is not known. */
  update(
    appid: string,
    openid: string,
    patch: { readonly alias?: string | null; readonly note?: string | null },
  ): Follower | null;
  /**
   * Stores what WeChat answered. `askedAt` is when the question left: what an event has changed since then stays.
   * A follower that turns out to have left is marked, and the timeline says so.
   */
  saveDetails(appid: string, details: readonly FollowerDetail[], askedAt: number): Follower[];
  saveTags(
    appid: string,
    tags: readonly { readonly id: number; readonly name: string; readonly count: number }[],
  ): void;
}

export interface ImportPlan {
  readonly state: ImportState;
  /** Last openid of the last stored page of user/get; null: from the start. */
  readonly nextOpenid: string | null;
  /** Last openid whose details are stored; null: from the start. */
  readonly detailAfter: string | null;
}
export interface ImportReads {
  get(appid: string): ImportPlan;
  /** Up to `limit` openids in order after `after` whose details this run has not asked yet. */
  pending(appid: string, after: string | null, limit: number): string[];
  /** Imports that a stop of the app interrupted. */
  interrupted(): string[];
}
export interface ImportWrites {
  /** Begins a run, or goes on with the one that was paused, failed or interrupted. */
  begin(appid: string, now: number): ImportPlan;
  /** Stores one page of user/get and the cursor in one transaction. `done`: it was the last page. */
  savePage(
    appid: string,
    page: {
      readonly total: number;
      readonly openids: readonly string[];
      readonly nextOpenid: string;
      readonly done: boolean;
    },
    askedAt: number,
  ): ImportPlan;
  /** Stores details of one batch and moves the cursor behind `asked` in one transaction. */
  saveBatch(
    appid: string,
    asked: readonly string[],
    details: readonly FollowerDetail[],
    askedAt: number,
  ): ImportPlan;
  finish(
    appid: string,
    phase: 'paused' | 'done' | 'failed',
    error: AppErrorData | null,
    now: number,
  ): ImportPlan;
}

export interface ConversationQuery {
  readonly appid: string | null;
  readonly filter: (typeof CONVERSATION_FILTERS)[number];
  readonly order: (typeof CONVERSATION_ORDERS)[number];
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
}

export interface ConversationReads {
  page(query: ConversationQuery): { total: number; rows: Conversation[] };
  /** Also of a follower who never wrote; null when the follower is not known. */
  get(appid: string, openid: string): Conversation | null;
  /** What is prepared beside the text of the draft; null: nothing. */
  prepared(appid: string, openid: string): PreparedDraft | null;
  messages(
    appid: string,
    openid: string,
    before: number | null,
    limit: number,
  ): { messages: Message[]; more: boolean };
  /** Oldest first, about half of `limit` on each side of the message `seq`. */
  around(
    appid: string,
    openid: string,
    seq: number,
    limit: number,
  ): { messages: Message[]; more: boolean; moreNewer: boolean };
  /** Oldest first from behind `after`. */
  messagesAfter(
    appid: string,
    openid: string,
    after: number,
    limit: number,
  ): { messages: Message[]; moreNewer: boolean };
  message(appid: string, id: string): StoredMessage | null;
  /** What only the details of a message show. */
  origin(
    appid: string,
    id: string,
  ): {
    readonly msgId: string | null;
    readonly receivedAt: number | null;
    readonly raw: string | null;
  } | null;
}
export interface ConversationWrites {
  markRead(appid: string, openid: string): void;
  /** Without `prepared` what is prepared beside the text stays as it is. */
  setDraft(appid: string, openid: string, text: string, now: number, prepared?: PreparedDraft): void;
  setStarred(appid: string, openid: string, starred: boolean, now: number): void;
  /** Folds windows again, `limit` at a time, whose rules are not `fingerprint`; true while more remain. */
  refold(fingerprint: string, limit: number): boolean;
}

export interface MarkReads {
  /** When the next snooze ends, unix seconds; null when nothing is snoozed. */
  nextReturn(): number | null;
}
export interface MarkWrites {
  setPinned(appid: string, openid: string, pinned: boolean, now: number): void;
  setMuted(appid: string, openid: string, muted: boolean, now: number): void;
  snooze(appid: string, openid: string, until: number | null, now: number): void;
  setDone(appid: string, openid: string, done: boolean, now: number): void;
  markUnread(appid: string, openid: string): void;
  /** Brings back what was snoozed until `now` or before; who came back, in that order. */
  endSnoozes(now: number): { readonly appid: string; readonly openid: string }[];
}

/** A message with what only main needs. */
export interface StoredMessage {
  readonly message: Message;
  /** Local media that belongs to it. */
  readonly mediaId: string | null;
  /** WeChat's media id still to be fetched. */
  readonly remoteMediaId: string | null;
}

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

/** A notice for the owner that was not put away. */
export interface OpenNotice {
  readonly id: number;
  readonly linkId: string;
  readonly at: number;
  readonly notice: RelayNotice;
}
export interface NoticeReads {
  /** Newest first. Notices of other types, which are kept for what needs them, are not among them. */
  open(types: readonly RelayNotice['type'][], limit: number): OpenNotice[];
}
export interface NoticeWrites {
  /** Puts away this notice and the older ones about the same device that it outdates. */
  dismiss(id: number): void;
}

/** The automatic replies of one account as they are kept here. */
export interface RulesRecord {
  readonly appid: string;
  readonly rules: ReplyRuleSet;
  /** Version that the relay is known to have; null when it has none of ours. */
  readonly syncedVersion: number | null;
  readonly editedAt: number;
}
/** Whose set gave way: the one that stood here, or another desktop's at the relay. */
export type RulesOrigin = 'here' | 'relay';
export interface ReplacedRules {
  readonly id: number;
  readonly origin: RulesOrigin;
  readonly replacedAt: number;
  readonly rules: ReplyRuleSet;
}
export interface RuleReads {
  get(appid: string): RulesRecord | null;
  /** Newest first. */
  replaced(appid: string, limit: number): ReplacedRules[];
  replacedById(appid: string, id: number): ReplacedRules | null;
}
export interface RuleWrites {
  /**
   * Puts this set in the place of the stored one, which is kept among the replaced ones when `keep` says whose it was;
   * `keepOther` is kept there too. False, and nothing is changed, when the stored version is not `over` any more (null: none
   * is stored).
   */
  put(
    change: RulesRecord & {
      readonly over: number | null;
      readonly keep?: { readonly origin: RulesOrigin; readonly at: number };
      readonly keepOther?: { readonly rules: ReplyRuleSet; readonly at: number };
    },
  ): boolean;
  /** The relay has this version, or null: none; nothing happens when another one is stored meanwhile. */
  synced(appid: string, stored: number, version: number | null): void;
}

export interface TakeoverReads {
  /** JSON of the account's takeover, null when there is none. */
  get(appid: string): string | null;
}
export interface TakeoverWrites {
  put(appid: string, content: string): void;
}

export interface NewOutbound {
  readonly appid: string;
  readonly openid: string;
  readonly clientId: string;
  readonly at: number;
  readonly content: OutboundContent;
  readonly status: 'sending' | 'queued' | 'failed';
  readonly failure: AppErrorData | null;
  readonly retryOf: string | null;
  /** Staged local media to upload first. */
  readonly mediaId: string | null;
}
export interface Outcome {
  readonly status: Exclude<OutboundStatus, 'sending'>;
  readonly failure: AppErrorData | null;
  /** What the answer says about the window. */
  readonly event: WindowEvent | null;
  /** Replaces the stored content, e.g. with the uploaded media id. */
  readonly content?: OutboundContent;
}
export interface OutboxReads {
  byClientId(clientId: string): Message | null;
  /** Oldest first per conversation. */
  queued(limit: number): StoredMessage[];
  hasQueued(appid: string, openid: string): boolean;
  /** Whether another message of the conversation, written before this one, still waits. */
  hasQueuedBefore(id: string): boolean;
}
export interface OutboxWrites {
  /** Inserts once per client id; a repeat answers the stored row with `created` false. */
  insert(message: NewOutbound): { message: Message; created: boolean };
  /** queued -> sending, unless it was cancelled meanwhile. */
  claim(id: string): StoredMessage | null;
  /** Says why a queued message still waits; null when it is not queued any more. */
  hold(id: string, failure: AppErrorData): Message | null;
  /** Settles a message that is `sending`, with its window event and counters. */
  settle(id: string, outcome: Outcome): Message;
  /** false when it is not queued any more. */
  cancel(appid: string, openid: string, id: string): boolean;
  /** Rows a crash left `sending` become `unknown`: nobody knows whether WeChat got them. */
  recover(now: number): Message[];
  /** Applies a correction or another window event that no message carries. */
  windowEvent(appid: string, openid: string, event: WindowEvent): WindowRecord | null;
}

export interface MediaRecord {
  readonly id: string;
  readonly appid: string;
  readonly direction: 'in' | 'out';
  readonly remoteId: string | null;
  readonly state: 'pending' | 'ready' | 'expired' | 'failed';
  readonly mime: string | null;
  readonly bytes: number | null;
  readonly name: string | null;
  /** When WeChat's copy was made; it lives three days. */
  readonly createdAt: number;
}
export interface MediaReads {
  get(id: string): MediaRecord | null;
  /** Inbound media to fetch, those first that WeChat drops first. */
  pending(limit: number): MediaRecord[];
  waveform(id: string): { readonly peaks: Uint8Array; readonly seconds: number } | null;
  /** Ids of staged files, made before `before`, that no message shows and no draft holds. */
  unused(before: number): string[];
}
export interface MediaWrites {
  saveWaveform(id: string, waveform: { readonly peaks: Uint8Array; readonly seconds: number }): void;
  insert(media: MediaRecord): void;
  /** Removes a staged file's row unless a message shows it; whether it was removed. */
  removeUnused(id: string): boolean;
  /** Updates and answers the messages that show it. */
  update(
    id: string,
    patch: Partial<Pick<MediaRecord, 'state' | 'mime' | 'bytes' | 'remoteId' | 'createdAt'>>,
  ): Message[];
}

export interface MetaReads {
  get(key: string): string | null;
}
export interface MetaWrites {
  set(key: string, value: string): void;
}

/** What the database can tell about the health of an account's connection. */
export interface ConnectionSigns {
  /** When WeChat sent the newest message, or news of the account itself; null: nothing was ever received. */
  readonly lastMessageAt: number | null;
  /** What waits in quarantine, by reason, most frequent first; `lastAt` by the relay's clock. */
  readonly quarantine: readonly {
    readonly reason: string;
    readonly count: number;
    readonly lastAt: number | null;
  }[];
  /** The newest thing WeChat said about the verification (微信认证). */
  readonly verificationEvent: { readonly name: string; readonly at: number } | null;
}
export interface DoctorReads {
  signs(appid: string): ConnectionSigns;
}

/** A conversation whose window is open and owes a reply, with the latest reminder of it. */
export interface WaitingConversation {
  readonly conversation: Conversation;
  readonly reminded: Reminded | null;
}
export interface DesktopReads {
  /** In the order asked for; who is not known is left out. */
  conversations(who: readonly { readonly appid: string; readonly openid: string }[]): Conversation[];
  /**
   * Those whose windows end within the longest of `leads` (seconds) and that no reminder was given for since the shortest
   * lead that has begun; the one that ends first comes first.
   */
  waiting(query: {
    readonly appids: readonly string[];
    readonly leads: readonly number[];
    readonly now: number;
    readonly limit: number;
  }): WaitingConversation[];
  /** How many windows that owe a reply, snoozed ones left out, end after `now` and until `until`. */
  closingBefore(appids: readonly string[], now: number, until: number): number;
}
export interface DesktopWrites {
  /** In one transaction. */
  remember(given: readonly (Reminded & { readonly appid: string; readonly openid: string })[]): void;
}

/** What WeChat has confirmed about one follower. */
export interface ConfirmedChange {
  readonly remark?: string;
  readonly tagIds?: readonly number[];
  readonly blocked?: boolean;
}
export interface PeopleReads {
  /** The log that the reply window is folded from. */
  windowEvents(appid: string, openid: string): WindowEvent[];
  /** Followers of other accounts here with the same unionid, latest contact first. */
  related(appid: string, openid: string): RelatedPerson[];
}
export interface PeopleWrites {
  /** @throws AppError follower/not-found */
  confirmed(appid: string, openid: string, change: ConfirmedChange, at: number): Follower | null;
}

export interface MissedQuery {
  /** null: all accounts. */
  readonly appid: string | null;
  /** Windows that closed in [from, to), unix seconds. */
  readonly from: number;
  readonly to: number;
  readonly reason: MissedReason | null;
  readonly offset: number;
  readonly limit: number;
  readonly now: number;
}
export interface ReportReads {
  missed(query: MissedQuery): MissedReport;
}

type Async<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};

export interface Database {
  readonly accounts: Async<AccountReads & AccountWrites>;
  readonly followers: Async<FollowerReads & FollowerWrites>;
  readonly imports: Async<ImportReads & ImportWrites>;
  readonly conversations: Async<ConversationReads & ConversationWrites>;
  readonly inbox: Async<InboxReads & InboxWrites>;
  readonly outbox: Async<OutboxReads & OutboxWrites>;
  readonly marks: Async<MarkReads & MarkWrites>;
  readonly media: Async<MediaReads & MediaWrites>;
  readonly notices: Async<NoticeReads & NoticeWrites>;
  readonly replyRules: Async<RuleReads & RuleWrites>;
  readonly quickReplies: Async<QuickReplyReads & QuickReplyWrites>;
  readonly published: Async<PublishedReads & PublishedWrites>;
  readonly takeovers: Async<TakeoverReads & TakeoverWrites>;
  readonly meta: Async<MetaReads & MetaWrites>;
  readonly doctor: Async<DoctorReads>;
  readonly desktop: Async<DesktopReads & DesktopWrites>;
  readonly search: Async<SearchReads & SearchWrites>;
  readonly people: Async<PeopleReads & PeopleWrites>;
  readonly reports: Async<ReportReads>;
  /** Ends the thread after what is under way. Later calls are refused with `db/closed`. */
  close(): Promise<void>;
}
