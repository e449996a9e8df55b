import App from 'antd/es/app';
import Button from 'antd/es/button';
import { useState } from 'react';
import { findingWords } from '#shared/domain/doctor/words';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../app/accounts-store';
import { removeDemo } from '../../app/demo-store';
import { useTrouble } from '../../app/doctor-store';
import { useNavigation } from '../../app/navigation';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { serverNow } from '../../ui/clock';
import { ErrorCard } from '../../ui/error-state';
import { Icon } from '../../ui/icon';
import { useToast } from '../../ui/toast';
import { AccountFacts } from './account-facts';
import { AccountName } from './account-name';
import styles from './accounts.module.css';
import { ServerSettings } from './server-settings';
import { accountsTexts } from './texts';

const COLOURS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

function Colours({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const choose = async (colour: number) => {
    try {
      await call('accounts.update', { appid: account.appid, colour });
      await refreshAccounts();
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <fieldset className={styles['plainSet']}>
      <legend className={styles['muted']}>{t('colour')}</legend>
      <div className={styles['swatches']}>
        {COLOURS.map((colour) => (
          <label key={colour} className={styles['swatch']}>
            <input
              type="radio"
              className="visually-hidden"
              name={`colour-${account.appid}`}
              checked={account.colour === colour}
              aria-label={t('colourOf', { index: colour + 1 })}
              onChange={() => void choose(colour)}
            />
            <AccountDot colour={colour} size={16} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Actions({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const { modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>, done?: string) => {
    setBusy(true);
    try {
      await act();
      await refreshAccounts();
      if (done) toast.done(done);
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const disconnect = () =>
    modal.confirm({
      icon: null,
      width: 460,
      title: t('disconnectTitle', { name: account.name }),
      content: (
        <ul className={styles['consequences']}>
          <li>{t('disconnect1')}</li>
          <li>{t('disconnect2')}</li>
          <li>{t('disconnect3')}</li>
        </ul>
      ),
      okText: t('disconnect'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => run(() => call('accounts.disconnect', { appid: account.appid })),
    });
  const remove = () =>
    modal.confirm({
      icon: null,
      title: t('removeDemoTitle'),
      content: t('removeDemoText'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => run(removeDemo),
    });
  if (account.door === 'demo') {
    return (
      <Button danger loading={busy} onClick={() => void remove()}>
        {t('removeDemo')}
      </Button>
    );
  }
  if (account.status === 'bound') {
    return (
      <Button loading={busy} onClick={() => void disconnect()}>
        {t('disconnect')}
      </Button>
    );
  }
  return (
    <Button
      type="primary"
      loading={busy}
      onClick={() => void run(() => call('accounts.reconnect', { appid: account.appid }), t('reconnected'))}
    >
      {t('reconnect')}
    </Button>
  );
}

function DoctorButton({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const openDoctor = useNavigation((state) => state.openDoctor);
  return (
    <Button icon={<Icon name="shield" size={16} />} onClick={() => openDoctor(account.appid)}>
      {t('doctor')}
    </Button>
  );
}

/** What the connection doctor found last, unless the connection's own error says it already. */
function Trouble({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const locale = useLocale();
  const openDoctor = useNavigation((state) => state.openDoctor);
  const trouble = useTrouble(account.appid);
  if (trouble === null || account.connection.error?.code === trouble.code) return null;
  const { title } = findingWords(trouble, { locale, now: serverNow() });
  return (
    <p className={styles['trouble']} data-state={trouble.state}>
      <Icon name={trouble.state === 'failed' ? 'error' : 'warning'} size={16} />
      <span className={styles['grow']}>{title}</span>
      <Button type="link" size="small" onClick={() => openDoctor(account.appid)}>
        {t('howToFix')}
      </Button>
    </p>
  );
}

/** One account: what it is, what it may do, what to paste, and how to leave it. */
export function AccountDetail({ account }: { readonly account: Account }) {
  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <div className={styles['detailHead']}>
          <AccountName account={account} />
          <DoctorButton account={account} />
          <Actions account={account} />
        </div>
        <Trouble account={account} />
        {account.connection.error ? <ErrorCard error={account.connection.error} /> : null}
        <AccountFacts account={account} />
        <Colours account={account} />
        {account.door === 'manual' && account.status === 'bound' ? (
          <ServerSettings account={account} />
        ) : null}
      </div>
    </div>
  );
}
