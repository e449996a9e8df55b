import type { Clock } from '#shared/domain/clock';
import { displayName } from '#shared/domain/follower-identity';
import type { Input, Output } from '#shared/ipc/contract';
import type { MissedReason, MissedWindow } from '#shared/ipc/people-models';
import type { Locale, Localized } from '#shared/localized';
import { pick } from '#shared/localized';
import type { Database } from '../db/port/database';
import { csvFile } from './csv';
import type { FileDialogs } from './file-dialogs';

export interface ReportsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly dialogs: FileDialogs;
  readonly locale: () => Locale;
}

/** Who was not answered before the window closed [I18]. */
export interface ReportsService {
  missed(input: Input<'reports.missed'>): Promise<Output<'reports.missed'>>;
  /** @throws AppError file/not-written */
  exportMissed(input: Input<'reports.exportMissed'>): Promise<Output<'reports.exportMissed'>>;
}

const EXPORT_BATCH = 1000;

const HEADINGS: readonly Localized[] = [
  { zh: '公众号', en: 'Account' },
  { zh: '客户', en: 'Customer' },
  { zh: 'OpenID', en: 'OpenID' },
  { zh: '最后来信', en: 'Wrote last' },
  { zh: '窗口关闭', en: 'Window closed' },
  { zh: '原因', en: 'Why' },
  { zh: '最后一句', en: 'Last words' },
];
const REASONS: Readonly<Record<MissedReason, Localized>> = {
  time: { zh: '超过时间未回复', en: 'not answered in time' },
  count: { zh: '条数用完，话没说完', en: 'replies used up before the end' },
};
const FILE_KIND: Localized = { zh: '表格（CSV）', en: 'Table (CSV)' };
const FILE_NAME: Localized = { zh: '未回复报告', en: 'missed-windows' };

export function createReportsService({ db, clock, dialogs, locale }: ReportsDeps): ReportsService {
  async function all(input: Input<'reports.exportMissed'>): Promise<MissedWindow[]> {
    const rows: MissedWindow[] = [];
    for (;;) {
      const page = await db.reports.missed({
        ...{ ...input, offset: rows.length, limit: EXPORT_BATCH, now: clock.now() },
      });
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) return rows;
    }
  }

  return {
    missed: (input) => db.reports.missed({ ...input, now: clock.now() }),
    async exportMissed(input) {
      const language = locale();
      const names = new Map((await db.accounts.list()).map(({ appid, name }) => [appid, name]));
      const rows = (await all(input)).map((row) => [
        names.get(row.appid) ?? row.appid,
        displayName(row, language),
        row.openid,
        localTime(row.writtenAt),
        localTime(row.closedAt),
        pick(REASONS[row.reason], language),
        row.words ?? `[${row.content}]`,
      ]);
      const saved = await dialogs.save({
        suggestedName: `${pick(FILE_NAME, language)}-${localTime(input.from).slice(0, 10)}.csv`,
        kinds: [{ name: pick(FILE_KIND, language), extensions: ['csv'] }],
        bytes: csvFile([HEADINGS.map((heading) => pick(heading, language)), ...rows]),
      });
      return { saved };
    },
  };
}

/** `2026-11-28 09:05` by this computer's clock. */
function localTime(at: number): string {
  const date = new Date(at * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
