/** The report on screen: its period, what it says, and as many rows as were asked for. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { MissedReason, MissedReport } from '#shared/ipc/people-models';
import { call } from '../../api';
import { serverNow } from '../../ui/clock';
import { toAppErrorData } from '../../ui/errors';

export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

const DAY = 86_400;
const PAGE = 100;

interface ReportState {
  readonly appid: string | null;
  readonly days: Period;
  readonly reason: MissedReason | null;
  readonly report: MissedReport | null;
  readonly error: AppErrorData | null;
}

export const useReport = create<ReportState>(() => ({
  ...{ appid: null, days: 7, reason: null, report: null, error: null },
}));

/** What was asked last: an answer to an older question is not shown. */
let asked = 0;

function question({ appid, days, reason }: ReportState) {
  const to = Math.ceil(serverNow());
  return { appid, reason, from: to - days * DAY, to };
}

export async function readReport(rows = PAGE): Promise<void> {
  const mine = (asked += 1);
  try {
    const wanted = question(useReport.getState());
    const report = await call('reports.missed', { ...wanted, offset: 0, limit: Math.min(rows, 500) });
    if (mine === asked) useReport.setState({ report, error: null });
  } catch (error) {
    if (mine === asked) useReport.setState({ error: toAppErrorData(error) });
  }
}

export function askFor(patch: Partial<Pick<ReportState, 'appid' | 'days' | 'reason'>>): void {
  useReport.setState(patch);
  void readReport();
}

/** Reads the rows behind those shown. */
export async function readMore(): Promise<void> {
  const { report } = useReport.getState();
  if (!report) return;
  const mine = asked;
  const more = await call('reports.missed', {
    ...{ ...question(useReport.getState()), offset: report.rows.length, limit: PAGE },
  });
  if (mine === asked) useReport.setState({ report: { ...more, rows: [...report.rows, ...more.rows] } });
}

/** True when a file was written. @throws AppError file/not-written */
export async function exportReport(): Promise<boolean> {
  return (await call('reports.exportMissed', question(useReport.getState()))).saved;
}
