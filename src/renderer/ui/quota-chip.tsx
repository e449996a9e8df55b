import type { ClosedReason, WindowState } from '#shared/domain/window';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { formatSpan, formatSpanShort } from './format';
import { Icon } from './icon';
import { uiTexts } from './texts';
import styles from './ui.module.css';

const SHORT = {
  'never-opened': 'closedNever',
  time: 'closedTime',
  count: 'closedCount',
  unfollowed: 'closedUnfollowed',
  blocked: 'closedBlocked',
  refusing: 'closedRefusing',
} as const satisfies Record<ClosedReason, string>;

const WHY = {
  'never-opened': 'whyNever',
  time: 'whyTime',
  count: 'whyCount',
  unfollowed: 'whyUnfollowed',
  blocked: 'whyBlocked',
  refusing: 'whyRefusing',
} as const satisfies Record<ClosedReason, string>;

/**
 * `38h · 4`: time and replies left; amber when little is left, grey words when closed. Lists hold many of these, so the
 * hint is the platform's own.
 */
export function QuotaChip({ state }: { readonly state: WindowState }) {
  const t = useTexts(uiTexts);
  const locale = useLocale();
  if (!state.open) {
    return (
      <span className={`${styles['chip']} ${styles['chipClosed']}`} title={t(WHY[state.reason])}>
        <Icon name="lock" size={14} />
        {t(SHORT[state.reason])}
      </span>
    );
  }
  const left = formatSpan(state.secondsLeft, locale);
  const words = t('windowOpen', { count: state.remaining, left });
  const doubt = state.uncertain > 0 ? ` ${t('windowUncertain', { count: state.uncertain })}` : '';
  const tone = state.urgency === 'calm' ? styles['chipCalm'] : styles['chipWarn'];
  return (
    <span className={`${styles['chip']} ${tone}`} role="img" aria-label={words + doubt} title={words + doubt}>
      {state.urgency === 'calm' ? null : <Icon name="clock" size={14} />}
      {formatSpanShort(state.secondsLeft)} · {state.remaining}
      {state.uncertain > 0 ? '?' : ''}
    </span>
  );
}
