import App from 'antd/es/app';
import Button from 'antd/es/button';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../../app/accounts-store';
import { useNavigation } from '../../../app/navigation';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import { authorizeTexts } from './texts';

/** Ways on for an account whose authorization has ended (S2.20). */
export function ScanActions({ account }: { readonly account: Account }) {
  const t = useTexts(authorizeTexts);
  const toast = useToast();
  const { modal } = App.useApp();
  const authorizeAccount = useNavigation((state) => state.authorizeAccount);
  const erase = async (): Promise<void> => {
    try {
      await call('accounts.erase', { appid: account.appid });
      await refreshAccounts();
    } catch (error) {
      toast.failed(error);
    }
  };
  const confirmErase = () =>
    modal.confirm({
      icon: null,
      title: t('eraseTitle', { name: account.name }),
      content: t('eraseText'),
      okText: t('erase'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: erase,
    });
  return (
    <>
      <Button danger onClick={() => void confirmErase()}>
        {t('erase')}
      </Button>
      <Button type="primary" onClick={() => authorizeAccount(account.appid)}>
        {t('again')}
      </Button>
    </>
  );
}

/** Says that it was the administrator who ended it; nothing for accounts that were disconnected here. */
export function LostAuthorization({ account }: { readonly account: Account }) {
  const t = useTexts(authorizeTexts);
  if (account.status !== 'unbound' || account.relayMode !== 'component') return null;
  return (
    <div role="alert" className={styles['notice']}>
      <Icon name="error" size={16} />
      <div>
        <strong>{t('lost')}</strong>
        <p>{t('lostText')}</p>
      </div>
    </div>
  );
}
