import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { BindingChecks } from '#shared/ipc/binding-models';
import { call, subscribe } from '../../../api';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import { formatDateTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import { wizardTexts } from './texts';

const POLL_MS = 2_000;
const NOTHING: BindingChecks = { acceptedAt: null, verifiedAt: null, messageAt: null };

function useChecks(appid: string): { readonly checks: BindingChecks; readonly error: AppErrorData | null } {
  const [state, setState] = useState<{ checks: BindingChecks; error: AppErrorData | null }>({
    checks: NOTHING,
    error: null,
  });
  useEffect(() => {
    let isShown = true;
    const read = () =>
      call('binding.checks', { appid }).then(
        (checks) => isShown && setState({ checks, error: null }),
        (error: unknown) => isShown && setState(({ checks }) => ({ checks, error: toAppErrorData(error) })),
      );
    void read();
    // WeChat's verification ends at the relay and no topic tells of it.
    const timer = setInterval(() => void read(), POLL_MS);
    const stop = subscribe('conversations.changed', (change) => change.appid === appid && void read());
    return () => {
      isShown = false;
      clearInterval(timer);
      stop();
    };
  }, [appid]);
  return state;
}

function Check(props: { readonly label: string; readonly at: number | null; readonly hint?: string }) {
  const t = useTexts(wizardTexts);
  const locale = useLocale();
  const { at } = props;
  return (
    <li className={own['check']} data-passed={at !== null}>
      <Icon name={at === null ? 'clock' : 'check'} size={16} label={t(at === null ? 'waiting' : 'ok')} />
      <span>{props.label}</span>
      <span className={own['checkHint']}>{at === null ? props.hint : formatDateTime(at, locale)}</span>
    </li>
  );
}

/** What has been proved of the connection, turning green while the person works at WeChat's console. */
export function ChecksStep(props: { readonly appid: string; readonly onFinish: () => void }) {
  const t = useTexts(wizardTexts);
  const { checks, error } = useChecks(props.appid);
  const isDone = checks.verifiedAt !== null && checks.messageAt !== null;
  return (
    <div className={styles['section']}>
      <p className={own['stepIntro']}>{t('checksIntro')}</p>
      <ol className={own['checks']} aria-live="polite">
        <Check label={t('checkToken')} at={checks.acceptedAt} />
        <Check label={t('checkAddress')} at={checks.acceptedAt} />
        <Check label={t('checkEcho')} at={checks.verifiedAt} hint={t('waitEcho')} />
        <Check label={t('checkMessage')} at={checks.messageAt} hint={t('waitMessage')} />
      </ol>
      {error ? <ErrorCard error={error} /> : null}
      <div className={styles['formActions']}>
        <Button type="primary" onClick={props.onFinish}>
          {isDone ? t('finish') : t('finishEarly')}
        </Button>
      </div>
    </div>
  );
}
