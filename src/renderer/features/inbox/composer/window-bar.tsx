import { useState } from 'react';
import type { ClosedReason, Trigger } from '#shared/domain/window';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { formatRowTime, formatSpan } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import type { BarModel } from './bar-model';
import styles from './composer.module.css';
import { Rung } from './rung';
import { windowTexts } from './texts';

type Open = Extract<BarModel, { kind: 'open' }>;
type Closed = Extract<BarModel, { kind: 'closed' }>;

const BUCKETS = {
  message: 'bucketMessage',
  'menu-click': 'bucketMenuClick',
  'menu-scan': 'bucketMenuScan',
  'menu-message-tap': 'bucketMenuMessageTap',
  subscribe: 'bucketSubscribe',
  scan: 'bucketScan',
  payment: 'bucketPayment',
} as const satisfies Record<Trigger, string>;

const HINTS = { last: 'barLastHint', fleeting: 'barFleetingHint', closing: 'barClosingHint' } as const;

const REASONS = {
  'never-opened': ['closedNever', 'closedNeverWhy'],
  time: ['closedTime', 'closedTimeWhy'],
  count: ['closedCount', 'closedCountWhy'],
  unfollowed: ['closedUnfollowed', 'closedUnfollowedWhy'],
  blocked: ['closedBlocked', 'closedBlockedWhy'],
  refusing: ['closedRefusing', 'closedRefusingWhy'],
  'account-cannot': ['closedAccount', 'closedAccountWhy'],
} as const satisfies Record<ClosedReason | 'account-cannot', readonly [string, string]>;

/** From this many seconds on minutes do not matter: `38 小时`. */
const WHOLE_HOURS = 4 * 3600;
/** From this height of the window on (CSS pixels) the whole ladder leaves the chat enough room. */
const ROOMY = 720;
/** Steps shown in a lower window before the rest is asked for. */
const FIRST_STEPS = 3;

/** Time and replies left, or why there are none and what is legal instead. */
export function WindowBar(props: { readonly model: BarModel; readonly now: number }) {
  const { model } = props;
  switch (model.kind) {
    case 'open':
      return <OpenBar model={model} />;
    case 'closed':
      return <ClosedBar model={model} now={props.now} />;
    case 'not-bound':
      return <NotBoundBar />;
  }
}

function OpenBar({ model }: { readonly model: Open }) {
  const t = useTexts(windowTexts);
  const locale = useLocale();
  const left =
    model.secondsLeft >= WHOLE_HOURS
      ? t('hoursLeft', { hours: Math.floor(model.secondsLeft / 3600) })
      : formatSpan(model.secondsLeft, locale);
  const origin = t('bucketRule', {
    bucket: t(BUCKETS[model.trigger]),
    quota: model.quota,
    ttl: ttlWords(model.ttl, t),
  });
  const main =
    model.warning === 'last' ? t('barLast', { left }) : t('barCalm', { count: model.remaining, left });
  return (
    <div className={styles['bar']} data-tone={model.tone}>
      <p className={styles['barLine']}>
        <Icon name={model.tone === 'calm' ? 'clock' : 'warning'} size={16} />
        <strong className="num">{main}</strong>
        {model.uncertain > 0 ? (
          <span className={styles['doubt']} title={t('barUncertainHint')}>
            {t('barUncertain', { count: model.uncertain })}
          </span>
        ) : null}
        {model.warning ? null : <span className={styles['bucket']}>{origin}</span>}
      </p>
      {model.warning ? (
        <p className={styles['hint']}>
          {t(HINTS[model.warning])} {origin}
        </p>
      ) : null}
      {model.allowance === 0 ? (
        <p className={styles['hint']}>{t('barTaken', { count: model.remaining })}</p>
      ) : null}
      {model.queueing ? (
        <p className={styles['hint']}>
          <Icon name="offline" size={14} /> {t('barOffline')}
        </p>
      ) : null}
    </div>
  );
}

function ttlWords(seconds: number, t: ReturnType<typeof useTexts<(typeof windowTexts)['zh-CN']>>): string {
  if (seconds === 48 * 3600) return t('ttl48h');
  if (seconds === 60) return t('ttl1m');
  return t('ttlHours', { hours: Math.round(seconds / 3600) });
}

function ClosedBar(props: { readonly model: Closed; readonly now: number }) {
  const { model } = props;
  const t = useTexts(windowTexts);
  const locale = useLocale();
  const [all, setAll] = useState(() => window.innerHeight >= ROOMY);
  const [title, why] = REASONS[model.reason];
  const shown = all ? model.next : model.next.slice(0, FIRST_STEPS);
  const rest = model.next.length - FIRST_STEPS;
  const heading =
    model.reason === 'time' && model.since !== null
      ? t('closedTimeSince', { when: formatRowTime(model.since, props.now, locale) })
      : t(title);
  return (
    <div className={styles['bar']} data-tone="red" role="status">
      <p className={styles['barLine']}>
        <Icon name="lock" size={16} />
        <strong>{heading}</strong>
      </p>
      <p className={styles['hint']}>{t(why)}</p>
      <h4 className={styles['ladderTitle']}>{t('ladderTitle')}</h4>
      <ul className={styles['ladder']}>
        {shown.map((step) => (
          <Rung key={step.act} step={step} />
        ))}
      </ul>
      {rest > 0 ? (
        <button
          type="button"
          className={styles['ladderMore']}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          <Icon name={all ? 'chevronDown' : 'chevronRight'} size={14} />
          {all ? t('ladderLess') : t('ladderMore', { count: rest })}
        </button>
      ) : null}
    </div>
  );
}

function NotBoundBar() {
  const t = useTexts(windowTexts);
  return (
    <div className={styles['bar']} data-tone="red" role="status">
      <p className={styles['barLine']}>
        <Icon name="offline" size={16} />
        <strong>{t('barNotBound')}</strong>
      </p>
      <p className={styles['hint']}>{t('barNotBoundNext')}</p>
    </div>
  );
}
