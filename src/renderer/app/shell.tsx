import Tooltip from 'antd/es/tooltip';
import { lazy, Suspense } from 'react';
import { useInboxCommands } from '../features/inbox/inbox-commands';
import { InboxScreen } from '../features/inbox/inbox-screen';
import { useTexts } from '../i18n/texts';
import { SkeletonList } from '../ui/skeleton-list';
import { AccountSwitcher } from './account-switcher';
import { useAccounts } from './accounts-store';
import { useAppCommands } from './app-commands';
import { ConnectionIndicator } from './connection-state';
import { GapLines } from './gap-lines';
import { useNavigation } from './navigation';
import { useQuickReplyManager } from './quick-reply-manager';
import { Palette } from './palette/palette';
import { Rail } from './rail';
import { RelayNotices } from './relay-notices';
import { ShortcutSheet } from './shortcut-sheet';
import { useShortcuts } from './shortcuts';
import styles from './shell.module.css';
import { appTexts } from './texts';

const FirstRunScreen = lazy(async () => ({
  default: (await import('../features/accounts/first-run-screen')).FirstRunScreen,
}));
const DoctorScreen = lazy(async () => ({
  default: (await import('../features/doctor/doctor-screen')).DoctorScreen,
}));
const QuickReplyManager = lazy(async () => ({
  default: (await import('../features/inbox/composer/quick-replies/manager')).QuickReplyManager,
}));
const ScreenOf = {
  // Where the app opens, so not loaded later: a fallback once drawn is kept on screen for a third of a second.
  inbox: InboxScreen,
  followers: lazy(async () => ({
    default: (await import('../features/followers/followers-screen')).FollowersScreen,
  })),
  reports: lazy(async () => ({
    default: (await import('../features/reports/missed-screen')).MissedScreen,
  })),
  accounts: lazy(async () => ({
    default: (await import('../features/accounts/accounts-screen')).AccountsScreen,
  })),
  capabilities: lazy(async () => ({
    default: (await import('../features/capabilities/capabilities-screen')).CapabilitiesScreen,
  })),
  help: lazy(async () => ({
    default: (await import('../features/help/help-screen')).HelpScreen,
  })),
  settings: lazy(async () => ({
    default: (await import('../features/settings/settings-screen')).SettingsScreen,
  })),
} as const;

function Bar() {
  const t = useTexts(appTexts);
  const accounts = useAccounts((state) => state.accounts);
  const filter = useNavigation((state) => state.accountFilter);
  const shown = filter === null ? accounts : accounts.filter((account) => account.appid === filter);
  const demo = shown.some((account) => account.door === 'demo');
  return (
    <header className={styles['bar']}>
      <AccountSwitcher />
      {demo ? (
        <Tooltip title={t('demoHint')}>
          <span className={styles['badge']}>{t('demo')}</span>
        </Tooltip>
      ) : null}
      <span className={styles['barSpace']} />
      <ConnectionIndicator accounts={shown} />
    </header>
  );
}

/** Rail, bar and the current screen. Without accounts, inbox and followers show the first run. */
export function Shell() {
  const screen = useNavigation((state) => state.screen);
  const firstRun = useAccounts((state) => state.loaded && !state.error && state.accounts.length === 0);
  const examining = useNavigation((state) => state.screen === 'accounts' && state.examining !== null);
  const managing = useQuickReplyManager((state) => state.open);
  useShortcuts();
  useAppCommands();
  useInboxCommands();
  const Regular =
    firstRun && (screen === 'inbox' || screen === 'followers' || screen === 'reports')
      ? FirstRunScreen
      : ScreenOf[screen];
  const Current = examining ? DoctorScreen : Regular;
  return (
    <div className={styles['shell']}>
      <Rail />
      <Bar />
      <div className={styles['noticeArea']}>
        <RelayNotices />
        <GapLines />
      </div>
      <main className={styles['screen']}>
        <Suspense fallback={<SkeletonList rows={8} rowHeight={60} />}>
          <Current />
        </Suspense>
      </main>
      <ShortcutSheet />
      {managing ? (
        <Suspense fallback={null}>
          <QuickReplyManager />
        </Suspense>
      ) : null}
      <Palette />
    </div>
  );
}
