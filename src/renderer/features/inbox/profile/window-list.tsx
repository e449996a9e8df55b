import { useState } from 'react';
import type { WindowEnd } from '#shared/domain/window-history';
import type { Trigger } from '#shared/domain/window';
import type { Output } from '#shared/ipc/contract';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { formatDateTime, formatRowTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { peopleTexts } from './people-texts';
import { useProfile } from './profile-store';
import styles from './profile.module.css';

type PastWindow = Output<'people.windows'>[number];

const MINUTE_MS = 60_000;
/** Shown before the rest is asked for. */
const FIRST = 4;

const TRIGGER_WORDS = {
  message: 'triggerMessage',
  'menu-click': 'triggerMenu',
  'menu-scan': 'triggerMenu',
  'menu-message-tap': 'triggerTap',
  subscribe: 'triggerFollow',
  scan: 'triggerScan',
  payment: 'triggerPayment',
} as const satisfies Record<Trigger, string>;

const END_WORDS = {
  open: 'endOpen',
  time: 'endTime',
  count: 'endCount',
  unfollowed: 'endUnfollowed',
  blocked: 'endBlocked',
  refusing: 'endRefusing',
} as const satisfies Record<WindowEnd, string>;

/** When this person could be written to, and how each of these times ended. */
export function WindowList() {
  const t = useTexts(peopleTexts);
  const windows = useProfile((state) => state.windows);
  const [all, setAll] = useState(false);
  if (windows.length === 0) return null;
  const shown = all ? windows : windows.slice(0, FIRST);
  return (
    <section className={styles['section']}>
      <h3>{t('windows')}</h3>
      <ol className={styles['timeline']}>
        {shown.map((one) => (
          <Row key={`${String(one.openedAt)} ${one.trigger}`} window={one} />
        ))}
      </ol>
      {windows.length > FIRST ? (
        <button type="button" className={styles['earlier']} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('windowsLess') : t('windowsMore', { count: windows.length - FIRST })}
        </button>
      ) : null}
    </section>
  );
}

function Row({ window: one }: { readonly window: PastWindow }) {
  const t = useTexts(peopleTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const unanswered = one.end === 'time' && one.sent === 0;
  return (
    <li className={styles['entry']} data-bad={unanswered || undefined}>
      <Icon name={one.end === 'open' ? 'clock' : unanswered ? 'warning' : 'check'} size={16} />
      <span className={styles['entryWords']}>
        <span className={styles['entryLine']}>
          <span className="ellipsis">{t(TRIGGER_WORDS[one.trigger])}</span>
          <time className={styles['entryTime']} title={formatDateTime(one.openedAt, locale)}>
            {formatRowTime(one.openedAt, now, locale)}
          </time>
        </span>
        <span className={styles['detail']}>
          {unanswered
            ? t('endUnanswered')
            : `${t('replies', { count: one.sent })} · ${t(END_WORDS[one.end])}`}
        </span>
      </span>
    </li>
  );
}
