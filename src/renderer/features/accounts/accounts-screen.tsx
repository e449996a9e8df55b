import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import { useState } from 'react';
import { refreshAccounts, useAccounts } from '../../app/accounts-store';
import { startDemo, useDemo } from '../../app/demo-store';
import { useNavigation } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/error-state';
import { Icon } from '../../ui/icon';
import { SkeletonList } from '../../ui/skeleton-list';
import { SplitPane } from '../../ui/split-pane';
import { AccountDetail } from './account-detail';
import { AuthorizeScreen } from './authorize/authorize-screen';
import { AccountRow } from './account-row';
import styles from './accounts.module.css';
import own from './account-list.module.css';
import { DemoProgress } from './demo-progress';
import { FirstRunScreen } from './first-run-screen';
import { accountsTexts } from './texts';
import { BindingWizard } from './wizard/binding-wizard';

function AddButton() {
  const t = useTexts(accountsTexts);
  const addAccount = useNavigation((state) => state.addAccount);
  const authorizeAccount = useNavigation((state) => state.authorizeAccount);
  const hasDemo = useAccounts((state) => state.accounts.some((account) => account.door === 'demo'));
  const starting = useDemo((demo) => demo.state === 'starting');
  const option = (key: string, title: string, hint: string, disabled: boolean) => ({
    key,
    disabled,
    label: (
      <>
        <div>{title}</div>
        <div className={styles['tryHint']}>{hint}</div>
      </>
    ),
  });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          option('scan', t('addScan'), t('addScanHint'), false),
          option('manual', t('addManual'), t('addManualHint'), false),
          option('demo', t('addDemo'), t('addDemoHint'), hasDemo || starting),
        ],
        onClick: ({ key }) => {
          if (key === 'demo') void startDemo();
          else if (key === 'scan') authorizeAccount(null);
          else addAccount();
        },
      }}
    >
      <Button size="small" icon={<Icon name="plus" size={16} />}>
        {t('add')}
      </Button>
    </Dropdown>
  );
}

/** The linked accounts with all that is known about each, and the way to link another (S1.1). */
export function AccountsScreen() {
  const t = useTexts(accountsTexts);
  const { accounts, loaded, error } = useAccounts();
  const filter = useNavigation((state) => state.accountFilter);
  const [selected, setSelected] = useState<string | null>(filter);
  const binding = useNavigation((state) => state.addingAccount);
  const authorizing = useNavigation((state) => state.authorizing);
  const closeAddAccount = useNavigation((state) => state.closeAddAccount);
  const current = accounts.find((account) => account.appid === selected) ?? accounts[0] ?? null;

  if (loaded && !error && accounts.length === 0 && !binding && !authorizing) return <FirstRunScreen />;
  const list = (
    <div className={own['listPane']}>
      <div className={own['listHead']}>
        <h1>{t('title')}</h1>
        <AddButton />
      </div>
      <div className={own['list']} role="list" aria-label={t('listLabel')}>
        {loaded ? null : <SkeletonList rows={3} rowHeight={58} />}
        {loaded && !error && accounts.length === 0 ? (
          <p className={own['listEmpty']}>{t('listEmpty')}</p>
        ) : null}
        {accounts.map((account) => (
          <AccountRow
            key={account.appid}
            account={account}
            current={!binding && !authorizing && account.appid === current?.appid}
            onSelect={() => {
              closeAddAccount();
              setSelected(account.appid);
            }}
          />
        ))}
      </div>
      <DemoProgress />
    </div>
  );
  const content = () => {
    if (authorizing) {
      return (
        <AuthorizeScreen
          key={authorizing.appid}
          appid={authorizing.appid}
          onClose={closeAddAccount}
          onDone={(appid) => {
            closeAddAccount();
            setSelected(appid);
          }}
        />
      );
    }
    if (binding) {
      return (
        <BindingWizard
          onClose={closeAddAccount}
          onBound={(appid) => {
            closeAddAccount();
            setSelected(appid);
          }}
        />
      );
    }
    if (error) return <ErrorState error={error} onRetry={() => void refreshAccounts()} />;
    if (!current) return <EmptyState icon="accounts" title={t('selectOne')} />;
    return <AccountDetail key={current.appid} account={current} />;
  };
  return (
    <SplitPane
      name="accounts-list"
      label={t('title')}
      side="start"
      width={300}
      min={220}
      max={480}
      pane={list}
    >
      {content()}
    </SplitPane>
  );
}
