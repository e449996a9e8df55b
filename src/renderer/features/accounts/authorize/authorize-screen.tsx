import { useEffect } from 'react';
import { useAccount } from '../../../app/accounts-store';
import { useTexts } from '../../../i18n/texts';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import { AttemptProgress } from './attempt-progress';
import { followAttempt, useAttempt } from './attempt-store';
import { BeginForm } from './begin-form';
import { authorizeTexts } from './texts';

/** An end is shown where its attempt was begun. */
const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'expired', 'cancelled']);

/** Adding an account by scanning, or authorizing `appid` again: first the choices, then the attempt to its end. */
export function AuthorizeScreen(props: {
  readonly appid: string | null;
  readonly onClose: () => void;
  readonly onDone: (appid: string) => void;
}) {
  const t = useTexts(authorizeTexts);
  const toast = useToast();
  const account = useAccount(props.appid);
  const { attempt } = useAttempt();
  const { failed } = toast;
  useEffect(() => followAttempt(failed), [failed]);
  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <header className={styles['section']}>
          <h1>{account ? t('titleAgain', { name: account.name }) : t('title')}</h1>
          <p className={styles['muted']}>{t('intro')}</p>
        </header>
        {attempt === null || (ENDED.has(attempt.state) && attempt.requested !== props.appid) ? (
          <BeginForm account={account} onClose={props.onClose} />
        ) : (
          <AttemptProgress attempt={attempt} onDone={props.onDone} />
        )}
      </div>
    </div>
  );
}
