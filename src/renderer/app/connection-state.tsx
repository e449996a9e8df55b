import Tooltip from 'antd/es/tooltip';
import type { Account } from '#shared/ipc/models';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { useNow } from '../ui/clock';
import { explainError } from '../ui/explain-error';
import { formatAgo } from '../ui/format';
import { Icon } from '../ui/icon';
import { overallConnection } from './connection';
import { useNavigation } from './navigation';
import styles from './shell.module.css';
import { appTexts } from './texts';

const HINT = {
  connected: 'connectedHint',
  connecting: 'connectingHint',
  offline: 'offlineHint',
  off: 'offHint',
} as const;

function AccountLine({ account }: { readonly account: Account }) {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const now = useNow(60_000);
  const { state, error, lastSeenAt } = account.connection;
  const reason = error ? explainError(error, locale).title : null;
  const seen = lastSeenAt === null ? null : t('lastSeen', { when: formatAgo(lastSeenAt, now, locale) });
  const parts = [t(state), reason, state === 'connected' ? null : seen].filter(Boolean);
  return (
    <div>
      {account.name}: {parts.join(' · ')}
    </div>
  );
}

/** Whether messages arrive now, in words; the tooltip names each account and the reason. Beside it the way to the doctor. */
export function ConnectionIndicator({ accounts }: { readonly accounts: readonly Account[] }) {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const openDoctor = useNavigation((navigation) => navigation.openDoctor);
  const state = overallConnection(accounts);
  if (!state) return null;
  const partly = state === 'offline' && accounts.some((account) => account.connection.state === 'connected');
  const bad = state === 'offline' || state === 'off';
  const notice = bad
    ? null
    : (accounts.find((account) => account.connection.error)?.connection.error ?? null);
  const worst = accounts.find((account) => account.connection.state === state);
  const details = (
    <>
      <p>{t(HINT[state])}</p>
      {accounts.map((account) => (
        <AccountLine key={account.appid} account={account} />
      ))}
    </>
  );
  return (
    <>
      <Tooltip title={details} placement="bottomRight">
        <span
          role="status"
          tabIndex={0}
          className={`${styles['connection']} ${bad || notice ? styles['connectionBad'] : ''}`}
        >
          <Icon name={bad ? 'offline' : 'online'} size={16} />
          {t(partly ? 'partlyOffline' : state)}
          {notice && ` · ${explainError(notice, locale).title}`}
        </span>
      </Tooltip>
      {worst ? (
        <Tooltip title={t('examineHint')} placement="bottomRight">
          <button
            type="button"
            className={styles['barButton']}
            aria-label={t('examine')}
            onClick={() => openDoctor(worst.appid)}
          >
            <Icon name="shield" size={18} />
          </button>
        </Tooltip>
      ) : null}
    </>
  );
}
