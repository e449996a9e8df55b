import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import { useEffect } from 'react';
import { displayName } from '#shared/domain/follower-identity';
import type { MissedReason, MissedReport, MissedWindow } from '#shared/ipc/people-models';
import { useAccounts } from '../../app/accounts-store';
import { useNavigation } from '../../app/navigation';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { Avatar } from '../../ui/avatar';
import { useNow } from '../../ui/clock';
import { EmptyState } from '../../ui/empty-state';
import { ErrorCard, ErrorState } from '../../ui/error-state';
import { formatDateTime, formatNumber, formatRowTime } from '../../ui/format';
import { SkeletonList } from '../../ui/skeleton-list';
import { useToast } from '../../ui/toast';
import { HourChart } from './hour-chart';
import { askFor, exportReport, PERIODS, readMore, readReport, useReport, type Period } from './report-store';
import styles from './reports.module.css';
import { reportsTexts } from './texts';

const MINUTE_MS = 60_000;
const DAYS = { 7: 'days7', 30: 'days30', 90: 'days90' } as const satisfies Record<Period, string>;
const KINDS: Readonly<Record<string, 'kindImage' | 'kindVoice' | 'kindVideo' | 'kindLocation' | 'kindLink'>> =
  {
    image: 'kindImage',
    voice: 'kindVoice',
    video: 'kindVideo',
    location: 'kindLocation',
    link: 'kindLink',
  };

/** Who was not answered before the window closed, when they had written, and at which account (I18). */
export function MissedScreen() {
  const t = useTexts(reportsTexts);
  const account = useNavigation((state) => state.accountFilter);
  const { report, error, days, reason } = useReport();
  useEffect(() => askFor({ appid: account }), [account]);
  return (
    <div className={styles['screen']}>
      <div className={styles['inner']}>
        <header className={styles['head']}>
          <h1>{t('title')}</h1>
          <p className={styles['muted']}>{t('intro')}</p>
        </header>
        <Tools days={days} reason={reason} />
        {error && report ? <ErrorCard error={error} onRetry={() => void readReport()} /> : null}
        {report ? (
          <Findings report={report} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void readReport()} />
        ) : (
          <SkeletonList rows={6} rowHeight={48} />
        )}
      </div>
    </div>
  );
}

function Tools({ days, reason }: { readonly days: Period; readonly reason: MissedReason | null }) {
  const t = useTexts(reportsTexts);
  const toast = useToast();
  const total = useReport((state) => state.report?.total ?? 0);
  const save = () =>
    exportReport().then(
      (saved) => {
        if (saved) toast.done(t('saved'));
      },
      (error: unknown) => toast.failed(error),
    );
  return (
    <div className={styles['tools']}>
      <Segmented<Period>
        aria-label={t('period')}
        value={days}
        options={PERIODS.map((value) => ({ value, label: t(DAYS[value]) }))}
        onChange={(value) => askFor({ days: value })}
      />
      <Segmented<MissedReason | 'all'>
        aria-label={t('reason')}
        value={reason ?? 'all'}
        options={[
          { value: 'all', label: t('reasonAll') },
          { value: 'time', label: t('reasonTime') },
          { value: 'count', label: t('reasonCount') },
        ]}
        onChange={(value) => askFor({ reason: value === 'all' ? null : value })}
      />
      <span className={styles['space']} />
      <Button disabled={total === 0} onClick={() => void save()}>
        {t('save')}
      </Button>
    </div>
  );
}

function Findings({ report }: { readonly report: MissedReport }) {
  const t = useTexts(reportsTexts);
  const missed = report.accounts.reduce((sum, { time, count }) => sum + time + count, 0);
  if (missed === 0) {
    return (
      <EmptyState
        icon="check"
        title={t('emptyTitle')}
        text={t(report.windows === 0 ? 'emptyNone' : 'emptyText')}
      />
    );
  }
  return (
    <>
      <Sums report={report} />
      <section className={styles['section']}>
        <h2>{t('byHour')}</h2>
        <HourChart hours={report.hours} />
        <p className={styles['muted']}>{t('byHourHint')}</p>
      </section>
      {report.accounts.length > 1 ? <ByAccount report={report} /> : null}
      <Rows report={report} />
    </>
  );
}

function useShare(): (part: number, of: number) => string {
  const locale = useLocale();
  return (part, of) =>
    of === 0 ? '–' : new Intl.NumberFormat(locale, { style: 'percent' }).format(part / of);
}

function Sums({ report }: { readonly report: MissedReport }) {
  const t = useTexts(reportsTexts);
  const locale = useLocale();
  const share = useShare();
  const time = report.accounts.reduce((sum, one) => sum + one.time, 0);
  const count = report.accounts.reduce((sum, one) => sum + one.count, 0);
  return (
    <dl className={styles['sums']}>
      <div>
        <dt>{t('answered')}</dt>
        <dd className="num">{share(report.windows - time, report.windows)}</dd>
      </div>
      <div data-bad={time > 0 || undefined}>
        <dt>{t('missedTime')}</dt>
        <dd className="num">{formatNumber(time, locale)}</dd>
      </div>
      <div data-bad={count > 0 || undefined}>
        <dt>{t('missedCount')}</dt>
        <dd className="num">{formatNumber(count, locale)}</dd>
      </div>
      <div>
        <dt>{t('windows')}</dt>
        <dd className="num">{formatNumber(report.windows, locale)}</dd>
      </div>
    </dl>
  );
}

function ByAccount({ report }: { readonly report: MissedReport }) {
  const t = useTexts(reportsTexts);
  const locale = useLocale();
  const share = useShare();
  const accounts = useAccounts((state) => state.accounts);
  return (
    <section className={styles['section']}>
      <h2>{t('byAccount')}</h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('windows')}</th>
            <th scope="col">{t('missedTime')}</th>
            <th scope="col">{t('missedCount')}</th>
            <th scope="col">{t('rate')}</th>
          </tr>
        </thead>
        <tbody>
          {report.accounts.map(({ appid, time, count, windows }) => (
            <tr key={appid}>
              <th scope="row">{accounts.find((one) => one.appid === appid)?.name ?? appid}</th>
              <td className="num">{formatNumber(windows, locale)}</td>
              <td className="num">{formatNumber(time, locale)}</td>
              <td className="num">{formatNumber(count, locale)}</td>
              <td className="num">{share(windows - time, windows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rows({ report }: { readonly report: MissedReport }) {
  const t = useTexts(reportsTexts);
  const toast = useToast();
  return (
    <section className={styles['section']}>
      <h2>{t('list')}</h2>
      <ul className={styles['rows']}>
        {report.rows.map((row) => (
          <Row key={`${row.appid} ${row.openid} ${String(row.writtenAt)} ${row.reason}`} row={row} />
        ))}
      </ul>
      {report.rows.length < report.total ? (
        <Button onClick={() => void readMore().catch((error: unknown) => toast.failed(error))}>
          {t('more', { count: report.total - report.rows.length })}
        </Button>
      ) : null}
    </section>
  );
}

function Row({ row }: { readonly row: MissedWindow }) {
  const t = useTexts(reportsTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const openConversation = useNavigation((state) => state.openConversation);
  return (
    <li>
      <button
        type="button"
        className={styles['row']}
        title={t('open')}
        onClick={() => openConversation(row.appid, row.openid)}
      >
        <Avatar openid={row.openid} size={32} />
        <span className={styles['words']}>
          <span className={styles['line']}>
            <strong className="ellipsis">{displayName(row, locale)}</strong>
            {row.following ? null : <span className={styles['mark']}>{t('left')}</span>}
            <span className={styles['reason']}>
              {t(row.reason === 'time' ? 'reasonTime' : 'reasonCount')}
            </span>
          </span>
          <span className={`${styles['muted'] ?? ''} ellipsis`}>
            {row.words ?? `[${t(KINDS[row.content] ?? 'kindOther')}]`}
          </span>
        </span>
        <span className={styles['times']}>
          <time title={formatDateTime(row.writtenAt, locale)}>
            {t('wroteAt')} {formatRowTime(row.writtenAt, now, locale)}
          </time>
          <time title={formatDateTime(row.closedAt, locale)}>
            {t('closedAt')} {formatRowTime(row.closedAt, now, locale)}
          </time>
        </span>
      </button>
    </li>
  );
}
