import { useEffect, useRef, useState } from 'react';
import type { AccountGap } from '#shared/ipc/binding-models';
import { call, subscribe } from '../api';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { formatDateTime } from '../ui/format';
import { Icon } from '../ui/icon';
import { useToast } from '../ui/toast';
import { useAccounts } from './accounts-store';
import { useNavigation } from './navigation';
import styles from './shell.module.css';
import { appTexts } from './texts';

function useGaps(): readonly AccountGap[] {
  const [gaps, setGaps] = useState<readonly AccountGap[]>([]);
  const { failed } = useToast();
  // The toast's functions are new with every drawing; a list is read again when main says so, not then.
  const report = useRef(failed);
  // They change with what is known of the accounts.
  const accounts = useAccounts((state) => state.accounts);
  useEffect(() => {
    let isShown = true;
    const read = () => {
      call('accounts.gaps', {}).then((found) => isShown && setGaps(found), report.current);
    };
    read();
    // The reading of all followers that repairs a gap ends here.
    const stop = subscribe('import.changed', ({ phase }) => phase === 'done' && read());
    return () => {
      isShown = false;
      stop();
    };
  }, [accounts]);
  return gaps;
}

/** Above inbox and followers: in which time an account was away, until its followers have been read again (S2.25). */
export function GapLines() {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const gaps = useGaps();
  const accounts = useAccounts((state) => state.accounts);
  const filter = useNavigation((state) => state.accountFilter);
  const isShown = useNavigation(({ screen }) => screen === 'inbox' || screen === 'followers');
  const shown = gaps.filter(({ appid }) => filter === null || filter === appid);
  if (!isShown || shown.length === 0) return null;
  return (
    <div className={styles['notices']}>
      {shown.map(({ appid, from, until }) => (
        <div key={`${appid} ${String(from)}`} className={styles['noticeLine']} role="status">
          <Icon name="clock" size={16} />
          <span className={styles['noticeText']}>
            {t('gap', {
              name: accounts.find((account) => account.appid === appid)?.name ?? appid,
              from: formatDateTime(from, locale),
              until: formatDateTime(until, locale),
            })}
          </span>
        </div>
      ))}
    </div>
  );
}
