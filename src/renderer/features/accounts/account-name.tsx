import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Account } from '#shared/ipc/models';
import { refreshAccounts } from '../../app/accounts-store';
import { call } from '../../api';
import { useTexts } from '../../i18n/texts';
import { AccountDot } from '../../ui/avatar';
import { Icon } from '../../ui/icon';
import { useToast } from '../../ui/toast';
import styles from './account-detail.module.css';
import { bindComplaint } from './bind-rules';
import { accountsTexts } from './texts';

/** The account's name, edited in place. */
export function AccountName({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const [draft, setDraft] = useState<string | null>(null);
  const complaint = draft === null ? null : bindComplaint('name', draft);

  const save = async () => {
    if (draft === null || complaint) return;
    try {
      await call('accounts.update', { appid: account.appid, name: draft.trim() });
      await refreshAccounts();
      setDraft(null);
    } catch (error) {
      toast.failed(error);
    }
  };
  if (draft === null) {
    return (
      <div className={styles['headName']}>
        <AccountDot colour={account.colour} size={12} />
        <h1 className="ellipsis">{account.name}</h1>
        <Button
          type="text"
          size="small"
          icon={<Icon name="edit" size={16} />}
          aria-label={t('rename')}
          title={t('rename')}
          onClick={() => setDraft(account.name)}
        />
      </div>
    );
  }
  return (
    <form
      className={styles['headName']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Input
        autoFocus
        value={draft}
        maxLength={40}
        aria-label={t('name')}
        {...(complaint ? { status: 'error' as const, title: t(complaint) } : {})}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) setDraft(null);
        }}
      />
      <Button type="primary" htmlType="submit" disabled={complaint !== null}>
        {t('renameSave')}
      </Button>
      <Button onClick={() => setDraft(null)}>{t('cancel')}</Button>
    </form>
  );
}
