import Button from 'antd/es/button';
import { Fragment } from 'react';
import type { TimelineEntry } from '#shared/ipc/models';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { useNow } from '../../ui/clock';
import { ErrorCard } from '../../ui/error-state';
import { daysAgo, formatDay, formatTime } from '../../ui/format';
import { Icon, type IconName } from '../../ui/icon';
import { SkeletonList } from '../../ui/skeleton-list';
import { useTimelineDetail } from '../../ui/timeline-detail';
import styles from './followers.module.css';
import type { ProfileState } from './profile-store';
import { followersTexts } from './texts';

const KINDS = {
  followed: ['tlFollowed', 'userPlus'],
  unfollowed: ['tlUnfollowed', 'userMinus'],
  scanned: ['tlScanned', 'qr'],
  menu: ['tlMenu', 'menu'],
  location: ['tlLocation', 'location'],
  'message-in': ['tlMessageIn', 'inbox'],
  'message-out': ['tlMessageOut', 'send'],
  'message-automatic': ['tlMessageAutomatic', 'automatic'],
  template: ['tlTemplate', 'file'],
  imported: ['tlImported', 'arrowDown'],
  verification: ['tlVerification', 'shield'],
  other: ['tlOther', 'info'],
} as const satisfies Record<TimelineEntry['kind'], readonly [string, IconName]>;

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const [text, icon] = KINDS[entry.kind];
  const detail = useTimelineDetail(entry);
  return (
    <li className={styles['entry']}>
      <span className={styles['entryIcon']}>
        <Icon name={icon} size={16} />
      </span>
      <span>{t(text)}</span>
      <time className={`${styles['entryTime']} num`} dateTime={new Date(entry.at * 1000).toISOString()}>
        {formatTime(entry.at, locale)}
      </time>
      {detail ? <span className={styles['entryDetail']}>{detail}</span> : null}
    </li>
  );
}

/** What happened between this person and the account, newest first, paged. */
export function Timeline({ state }: { readonly state: ProfileState }) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const now = useNow(60_000);
  const { timeline, timelineLoaded, timelineError, timelineBusy, next } = state;
  return (
    <section className={styles['timeline']} aria-label={t('timeline')}>
      <h3>{t('timeline')}</h3>
      {!timelineLoaded && !timelineError ? <SkeletonList rows={3} rowHeight={40} /> : null}
      {timelineLoaded && timeline.length === 0 ? (
        <p className={styles['soft']}>{t('timelineEmpty')}</p>
      ) : null}
      <ol>
        {timeline.map((entry, index) => {
          const before = timeline[index - 1];
          const newDay = !before || daysAgo(before.at, now) !== daysAgo(entry.at, now);
          return (
            <Fragment key={entry.id}>
              {newDay ? <li className={styles['timelineDay']}>{formatDay(entry.at, now, locale)}</li> : null}
              <Entry entry={entry} />
            </Fragment>
          );
        })}
      </ol>
      {timelineError ? (
        <ErrorCard
          error={timelineError}
          onRetry={() => void (timelineLoaded ? state.readOlder() : state.readTimeline())}
        />
      ) : null}
      {next !== null ? (
        <Button type="text" size="small" block loading={timelineBusy} onClick={() => void state.readOlder()}>
          {timelineBusy ? t('timelineLoading') : t('timelineMore')}
        </Button>
      ) : null}
    </section>
  );
}
