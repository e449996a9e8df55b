/**
 * The database as services see it: one asynchronous method per repository function. Each call is one message to the
 * worker thread and one transaction; multi-row work is one call. Failures are AppError `db/*`.
 */
import type { AccountReads, AccountWrites } from './accounts';
import type { ConversationReads, ConversationWrites } from './conversations';
import type { DesktopReads, DesktopWrites } from './desktop';
import type { DoctorReads } from './doctor';
import type { FollowerReads, FollowerWrites } from './followers';
import type { ImportReads, ImportWrites } from './imports';
import type { InboxReads, InboxWrites } from './inbox';
import type { MarkReads, MarkWrites } from './marks';
import type { MediaReads, MediaWrites } from './media';
import type { MetaReads, MetaWrites } from './meta';
import type { NoticeReads, NoticeWrites } from './notices';
import type { OutboxReads, OutboxWrites } from './outbox';
import type { PeopleReads, PeopleWrites } from './people';
import type { PublishedReads, PublishedWrites } from './published';
import type { QuickReplyReads, QuickReplyWrites } from './quick-replies';
import type { RuleReads, RuleWrites } from './reply-rules';
import type { ReportReads } from './reports';
import type { SearchReads, SearchWrites } from './search';
import type { TakeoverReads, TakeoverWrites } from './takeovers';

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
