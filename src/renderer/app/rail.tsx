import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { formatNumber } from '../ui/format';
import { Icon } from '../ui/icon';
import { useAccounts } from './accounts-store';
import { SCREENS, useNavigation, type Screen } from './navigation';
import styles from './shell.module.css';
import { appTexts } from './texts';

const CAP = 99;
/** What is about the app rather than the shop. */
const AT_THE_FOOT: ReadonlySet<Screen> = new Set(['help', 'settings']);

function RailItem({ screen, badge }: { readonly screen: Screen; readonly badge: number }) {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const current = useNavigation((state) => state.screen === screen);
  const go = useNavigation((state) => state.go);
  const label = badge > 0 ? `${t(screen)}, ${t('unread', { count: badge })}` : t(screen);
  return (
    <button
      type="button"
      className={styles['railItem']}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={() => go(screen)}
    >
      <Icon name={screen} />
      <span aria-hidden>{t(screen)}</span>
      {badge > 0 ? (
        <span className={`${styles['railBadge']} num`} aria-hidden>
          {badge > CAP ? `${CAP}+` : formatNumber(badge, locale)}
        </span>
      ) : null}
    </button>
  );
}

/** The main navigation: only what exists. */
export function Rail() {
  const t = useTexts(appTexts);
  const unread = useAccounts((state) => state.accounts.reduce((sum, account) => sum + account.unread, 0));
  return (
    <nav className={styles['rail']} aria-label={t('navigation')}>
      {SCREENS.filter((screen) => !AT_THE_FOOT.has(screen)).map((screen) => (
        <RailItem key={screen} screen={screen} badge={screen === 'inbox' ? unread : 0} />
      ))}
      <span className={styles['railSpace']} />
      {SCREENS.filter((screen) => AT_THE_FOOT.has(screen)).map((screen) => (
        <RailItem key={screen} screen={screen} badge={0} />
      ))}
    </nav>
  );
}
