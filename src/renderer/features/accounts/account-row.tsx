import type { Finding } from '#shared/domain/doctor/finding';
import { findingWords } from '#shared/domain/doctor/words';
import type { Account } from '#shared/ipc/models';
import { useTrouble } from '../../app/doctor-store';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { serverNow, useNow } from '../../ui/clock';
import { formatNumber } from '../../ui/format';
import { Icon } from '../../ui/icon';
import styles from './accounts.module.css';
import own from './account-list.module.css';
import { accountsTexts } from './texts';
import { verificationOf } from './verification';

export const STATE_TEXT = {
  connected: 'stateConnected',
  connecting: 'stateConnecting',
  offline: 'stateOffline',
  off: 'stateOff',
} as const;

const VERIFICATION_TEXT = {
  none: 'unverified',
  valid: 'verified',
  ending: 'verificationEnding',
  expired: 'verificationOver',
} as const;

function RowTrouble({ trouble }: { readonly trouble: Finding }) {
  const locale = useLocale();
  const { title } = findingWords(trouble, { locale, now: serverNow() });
  const failed = trouble.state === 'failed';
  return (
    <span className={`${own['rowTrouble']} ${failed ? styles['bad'] : styles['warn']}`} title={title}>
      <Icon name={failed ? 'error' : 'warning'} size={14} />
      <span className="ellipsis">{title}</span>
    </span>
  );
}

export function AccountRow(props: {
  readonly account: Account;
  readonly current: boolean;
  readonly onSelect: () => void;
}) {
  const t = useTexts(accountsTexts);
  const locale = useLocale();
  const now = useNow(60_000);
  const { account } = props;
  const trouble = useTrouble(account.appid);
  const verification = verificationOf(account, now);
  const words = t(VERIFICATION_TEXT[verification.state]);
  const online = account.connection.state === 'connected' || account.connection.state === 'connecting';
  return (
    <div role="listitem">
      <button
        type="button"
        className={own['row']}
        aria-current={props.current ? 'true' : undefined}
        onClick={props.onSelect}
      >
        <AccountDot colour={account.colour} size={10} />
        <span className={`${own['rowName']} ellipsis`}>{account.name}</span>
        <span className={`${own['rowState']} ${online ? styles['good'] : styles['warn']}`}>
          <Icon
            name={online ? 'online' : 'offline'}
            size={16}
            label={t(STATE_TEXT[account.connection.state])}
          />
        </span>
        <span className={`${own['rowMeta']} ellipsis`}>
          {account.status === 'bound' ? null : <>{t(account.status)} · </>}
          {t(`${account.kind}Short`)} · {words}
        </span>
        <span
          className={`${own['rowState']} ${styles['muted']} num`}
          title={t('followersCount', { count: account.followers })}
        >
          {formatNumber(account.followers, locale)}
        </span>
        {trouble === null ? null : <RowTrouble trouble={trouble} />}
      </button>
    </div>
  );
}
