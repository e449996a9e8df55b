import Dropdown from 'antd/es/dropdown';
import type { Account } from '#shared/ipc/models';
import { useTexts } from '../i18n/texts';
import { AccountDot } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { useAccounts } from './accounts-store';
import { useNavigation } from './navigation';
import { modifierKey } from './shortcuts';
import styles from './shell.module.css';
import { appTexts } from './texts';

const ALL = 'all';
const MANAGE = 'manage';

/** Conversations that wait for a reply, and messages nobody has read; without what is muted. */
function Counts({ accounts }: { readonly accounts: readonly Account[] }) {
  const t = useTexts(appTexts);
  const waiting = accounts.reduce((sum, account) => sum + account.needsReply, 0);
  const unread = accounts.reduce((sum, account) => sum + account.unread, 0);
  const words = [
    ...(waiting > 0 ? [t('waiting', { count: waiting })] : []),
    ...(unread > 0 ? [t('unread', { count: unread })] : []),
  ];
  return <span className={`${styles['optionMeta']} num`}>{words.join(' · ')}</span>;
}

/** Chooses whose followers and messages are shown; the same on every screen. */
export function AccountSwitcher() {
  const t = useTexts(appTexts);
  const accounts = useAccounts((state) => state.accounts);
  const { accountFilter, selectAccount, go } = useNavigation();
  if (accounts.length === 0) return null;
  const shown = accounts.find((account) => account.appid === accountFilter) ?? null;
  const only = accounts.length === 1 ? accounts[0] : null;
  const current = shown ?? only ?? null;

  const option = (
    key: string,
    label: string,
    dot: number | null,
    counted: readonly Account[],
    shortcut: string,
  ) => ({
    key,
    label: (
      <span className={styles['option']}>
        {dot === null ? <span /> : <AccountDot colour={dot} />}
        <span className="ellipsis">{label}</span>
        <Counts accounts={counted} />
        <span className={styles['optionMeta']} aria-hidden>
          {shortcut}
        </span>
      </span>
    ),
  });
  const mod = modifierKey();
  const items = [
    ...(accounts.length > 1 ? [option(ALL, t('allAccounts'), null, accounts, `${mod} 0`)] : []),
    ...accounts.map((account, index) =>
      option(account.appid, account.name, account.colour, [account], index < 9 ? `${mod} ${index + 1}` : ''),
    ),
    { type: 'divider' as const },
    { key: MANAGE, label: t('manageAccounts') },
  ];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [current?.appid ?? ALL],
        onClick: ({ key }) => {
          if (key === MANAGE) go('accounts');
          else selectAccount(key === ALL ? null : key);
        },
      }}
    >
      <button
        type="button"
        className={styles['switcher']}
        aria-haspopup="menu"
        aria-label={`${current?.name ?? t('allAccounts')}${current ? '' : ` ${String(accounts.length)}`} · ${t('switchAccount')}`}
      >
        {current ? (
          <AccountDot colour={current.colour} size={10} />
        ) : (
          <span className={styles['dots']}>
            {accounts.slice(0, 4).map((account) => (
              <AccountDot key={account.appid} colour={account.colour} size={10} />
            ))}
          </span>
        )}
        <span className={`${styles['switcherName']} ellipsis`}>{current?.name ?? t('allAccounts')}</span>
        {current ? null : <span className={`${styles['switcherCount']} num`}>{accounts.length}</span>}
        <Icon name="chevronDown" size={14} />
      </button>
    </Dropdown>
  );
}
