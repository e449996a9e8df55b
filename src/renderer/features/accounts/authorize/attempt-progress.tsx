import Button from 'antd/es/button';
import { useEffect, useState, type ReactNode } from 'react';
import type { AuthorizationAttempt } from '#shared/ipc/authorize-models';
import { refreshAccounts, useAccount } from '../../../app/accounts-store';
import { openHelp, useNavigation } from '../../../app/navigation';
import { call } from '../../../api';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { CopyLink } from '../../../ui/copy';
import { ErrorCard } from '../../../ui/error-state';
import { formatTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import { accountsTexts } from '../texts';
import own from './authorize.module.css';
import { PermissionSets } from './permission-sets';
import { authorizeTexts } from './texts';

const STEPS = ['stepOpen', 'stepScan', 'stepRedeem', 'stepCheck'] as const;
/** How many steps are over in each state. */
const STEPS_DONE = { waiting: 0, opened: 1, redeeming: 2, checking: 3 } as const;

/** One attempt: where it stands, what to do on the phone, and how it ended. */
export function AttemptProgress(props: {
  readonly attempt: AuthorizationAttempt;
  readonly onDone: (appid: string) => void;
}) {
  const { attempt } = props;
  const t = useTexts(authorizeTexts);
  switch (attempt.state) {
    case 'done':
      return <Done attempt={attempt} onDone={props.onDone} />;
    case 'failed':
      return (
        <Ended>
          {attempt.error ? <ErrorCard error={attempt.error} /> : null}
          {attempt.error?.code === 'account/unverified' ? <VerificationHelp /> : null}
        </Ended>
      );
    case 'expired':
      return (
        <Ended>
          <h2>{t('expired')}</h2>
          <p className={styles['muted']}>{t('expiredText')}</p>
        </Ended>
      );
    case 'cancelled':
      return (
        <Ended>
          <h2>{t('cancelled')}</h2>
          <p className={styles['muted']}>{t('cancelledText')}</p>
        </Ended>
      );
    default:
      return <Going attempt={attempt} done={STEPS_DONE[attempt.state]} />;
  }
}

function Going({ attempt, done }: { readonly attempt: AuthorizationAttempt; readonly done: number }) {
  const t = useTexts(authorizeTexts);
  const locale = useLocale();
  const toast = useToast();
  const scanning = attempt.state === 'waiting' || attempt.state === 'opened';
  const act = (method: 'authorize.openPage' | 'authorize.cancel') => {
    call(method, {}).catch(toast.failed);
  };
  return (
    <>
      <ol className={own['steps']} aria-label={t('progress')}>
        {STEPS.map((step, index) => (
          <li key={step} aria-current={index === done ? 'step' : undefined}>
            <span className={own['mark']} data-done={index < done} aria-hidden>
              {index < done ? <Icon name="check" size={14} /> : index + 1}
            </span>
            {t(step)}
          </li>
        ))}
      </ol>
      {attempt.error ? <ErrorCard error={attempt.error} /> : null}
      {scanning ? (
        <>
          <div role="status" className={styles['section']}>
            <p>{t(attempt.state === 'opened' ? 'opened' : 'waiting')}</p>
            <p className={styles['muted']}>{t('left', { time: formatTime(attempt.expiresAt, locale) })}</p>
          </div>
          <section className={styles['section']}>
            <h2>{t('adminTitle')}</h2>
            <ul className={styles['consequences']}>
              <li>{t('admin1')}</li>
              <li>{t('admin2')}</li>
              <li>{t('admin3')}</li>
              <li>{t('admin4')}</li>
            </ul>
          </section>
          <div className={styles['formActions']}>
            <Button onClick={() => act('authorize.openPage')}>{t('openAgain')}</Button>
            <Button onClick={() => act('authorize.cancel')}>{t('cancel')}</Button>
            <CopyLink value={attempt.startUrl} label={t('copyLink')} />
          </div>
        </>
      ) : null}
    </>
  );
}

function Ended({ children }: { readonly children: ReactNode }) {
  const t = useTexts(authorizeTexts);
  const toast = useToast();
  const addAccount = useNavigation((state) => state.addAccount);
  const retry = () => {
    call('authorize.dismiss', {}).catch(toast.failed);
  };
  return (
    <>
      <section className={styles['section']}>{children}</section>
      <div className={styles['formActions']}>
        <Button type="primary" onClick={retry}>
          {t('retry')}
        </Button>
        <Button
          onClick={() => {
            retry();
            addAccount();
          }}
        >
          {t('manual')}
        </Button>
      </div>
    </>
  );
}

function VerificationHelp() {
  const t = useTexts(authorizeTexts);
  return (
    <div>
      <Button
        onClick={() => {
          openHelp('verification');
        }}
      >
        {t('help')}
      </Button>
    </div>
  );
}

function Done(props: { readonly attempt: AuthorizationAttempt; readonly onDone: (appid: string) => void }) {
  const t = useTexts(authorizeTexts);
  const facts = useTexts(accountsTexts);
  const toast = useToast();
  const account = useAccount(props.attempt.appid);
  const [busy, setBusy] = useState(false);
  useEffect(() => void refreshAccounts(), []);
  const finish = async (appid: string): Promise<void> => {
    setBusy(true);
    try {
      await call('authorize.dismiss', {});
      props.onDone(appid);
    } catch (error) {
      toast.failed(error);
      setBusy(false);
    }
  };
  if (account === null) return null;
  const reads = account.permissionSets?.includes(2) ?? false;
  return (
    <>
      <section className={styles['section']} role="status">
        <h2>{t('done', { name: account.name })}</h2>
        <p className={styles['muted']}>{t(reads ? 'doneText' : 'doneTextChat')}</p>
      </section>
      <dl className={styles['facts']}>
        <dt>{facts('kind')}</dt>
        <dd>{facts(account.kind)}</dd>
        <dt>{facts('verification')}</dt>
        <dd>{facts(account.verified ? 'verified' : 'unverified')}</dd>
        <dt>{facts('region')}</dt>
        <dd>
          {facts(account.region)} {t('regionGuess')}
        </dd>
      </dl>
      <PermissionSets account={account} />
      <div>
        <Button type="primary" loading={busy} onClick={() => void finish(account.appid)}>
          {t('finish')}
        </Button>
      </div>
    </>
  );
}
