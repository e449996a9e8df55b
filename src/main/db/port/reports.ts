/** Windows that closed without a reply. */
import type { MissedReason, MissedReport } from '#shared/ipc/people-models';

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
