import App from 'antd/es/app';
import Button from 'antd/es/button';
import { useState } from 'react';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../app/accounts-store';
import { removeDemo } from '../../app/demo-store';
import { call } from '../../api';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { ErrorCard } from '../../ui/error-state';
import { useToast } from '../../ui/toast';
import { TakeoverPanel } from './takeover/takeover-panel';
import { takeoverTexts } from './takeover/texts';
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

/** Offered before the server settings: enabling them stops what the website does. */
function Takeover({ appid }: { readonly appid: string }) {
  const t = useTexts(takeoverTexts);
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <TakeoverPanel appid={appid} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t('open')}</Button>
    </div>
  );
}

/** One account: what it is, what it may do, what to paste, and how to leave it. */
export function AccountDetail({ account }: { readonly account: Account }) {
  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <div className={styles['detailHead']}>
          <AccountName account={account} />
          <Actions account={account} />
        </div>
        {account.connection.error ? <ErrorCard error={account.connection.error} /> : null}
        <AccountFacts account={account} />
        <Colours account={account} />
        {account.status === 'bound' ? <Takeover key={account.appid} appid={account.appid} /> : null}
        {account.door === 'manual' && account.status === 'bound' ? (
          <ServerSettings account={account} />
        ) : null}
      </div>
    </div>
  );
}
