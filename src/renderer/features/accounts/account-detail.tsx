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
import { TakeoverSection } from './takeover/takeover-section';
import { AccountFacts } from './account-facts';
import { PermissionSets } from './authorize/permission-sets';
import { ScanActions, LostAuthorization } from './authorize/scan-actions';
import { AccountName } from './account-name';
import styles from './accounts.module.css';
import own from './account-detail.module.css';
import { ServerSettings } from './server-settings';
import { accountsTexts } from './texts';
import { ModeChoice } from './wizard/mode-choice';
import { wizardTexts } from './wizard/texts';

/** Opens the manual door with what is known of the account; its data is found again by its AppID. */
async function connectAgain({ appid, name, region, kind }: Account): Promise<void> {
  const draft = await call('binding.draft', {});
  const [relayUrl = ''] = await call('binding.relays', {});
  if (draft?.appid !== appid)
    await call('binding.saveDraft', {
      ...{ step: 'credentials', name, appid, region, kind, relayUrl, apiOrigin: '', bound: null },
    });
  useNavigation.getState().addAccount();
}

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
    <fieldset className={own['plainSet']}>
      <legend className={styles['muted']}>{t('colour')}</legend>
      <div className={own['swatches']}>
        {COLOURS.map((colour) => (
          <label key={colour} className={own['swatch']}>
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

/** Removes the account here: its data stays frozen, or is erased with it. */
function RemoveAccount({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const { modal } = App.useApp();
  const remove = async (data: 'keep' | 'erase') => {
    try {
      await call('accounts.remove', { appid: account.appid, data });
      await refreshAccounts();
    } catch (error) {
      toast.failed(error);
    }
  };
  const askToFreeze = () =>
    modal.confirm({
      icon: null,
      width: 460,
      title: t('deleteTitle', { name: account.name }),
      content: (
        <ul className={styles['consequences']}>
          <li>{t('delete1')}</li>
          <li>{t('delete2')}</li>
          <li>{t('disconnectOthers')}</li>
          <li>{t('disconnect3')}</li>
        </ul>
      ),
      okText: t('deleteKeep'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => remove('keep'),
    });
  const askToErase = () =>
    modal.confirm({
      icon: null,
      width: 460,
      title: t('eraseTitle', { name: account.name }),
      content: (
        <ul className={styles['consequences']}>
          <li>{t('erase1', { count: account.followers })}</li>
          <li>{t('erase2')}</li>
          <li>{t('erase3')}</li>
          {account.status === 'frozen' ? null : <li>{t('disconnectOthers')}</li>}
        </ul>
      ),
      okText: t('eraseForGood'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => remove('erase'),
    });
  return (
    <section className={styles['section']}>
      <h2>{t('removeTitle')}</h2>
      <p className={styles['muted']}>{t(account.status === 'frozen' ? 'frozenText' : 'removeText')}</p>
      <div className={styles['formActions']}>
        {account.status === 'frozen' ? null : (
          <Button danger onClick={() => void askToFreeze()}>
            {t('deleteAccount')}
          </Button>
        )}
        <Button danger onClick={() => void askToErase()}>
          {t('eraseAccount')}
        </Button>
      </div>
    </section>
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
          <li>{t('disconnectOthers')}</li>
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
  if (account.door === 'scan' && account.status !== 'bound') return <ScanActions account={account} />;
  if (account.status === 'bound') {
    return (
      <Button loading={busy} onClick={() => void disconnect()}>
        {t('disconnect')}
      </Button>
    );
  }
  if (account.status === 'frozen' || account.door === 'manual') {
    return (
      <Button type="primary" loading={busy} onClick={() => void run(() => connectAgain(account))}>
        {t('connectAgain')}
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
    <p className={own['trouble']} data-state={trouble.state}>
      <Icon name={trouble.state === 'failed' ? 'error' : 'warning'} size={16} />
      <span className={own['grow']}>{title}</span>
      <Button type="link" size="small" onClick={() => openDoctor(account.appid)}>
        {t('howToFix')}
      </Button>
    </p>
  );
}

/** One account: what it is, what it may do, what to paste, and how to leave it. */
export function AccountDetail({ account }: { readonly account: Account }) {
  const w = useTexts(wizardTexts);
  const t = useTexts(accountsTexts);
  return (
    <div className={styles['detail']}>
      <div className={styles['detailInner']}>
        <div className={own['detailHead']}>
          <AccountName account={account} />
          <DoctorButton account={account} />
          <Actions account={account} />
        </div>
        <Trouble account={account} />
        {account.connection.error ? <ErrorCard error={account.connection.error} /> : null}
        <LostAuthorization account={account} />
        <AccountFacts account={account} />
        <PermissionSets account={account} offerAgain />
        <div>
          <Button
            icon={<Icon name="info" size={16} />}
            onClick={() => useNavigation.getState().openCapabilities(account.appid)}
          >
            {t('capabilities')}
          </Button>
        </div>
        <Colours account={account} />
        {account.status === 'bound' ? <TakeoverSection key={account.appid} account={account} /> : null}
        {account.door === 'manual' && account.status === 'bound' ? (
          <>
            <section className={styles['section']}>
              <h2>{w('modeSection')}</h2>
              <ModeChoice account={account} />
            </section>
            <ServerSettings account={account} />
          </>
        ) : null}
        {account.door === 'demo' ? null : <RemoveAccount account={account} />}
      </div>
    </div>
  );
}
