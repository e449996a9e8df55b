import Button from 'antd/es/button';
import { useState } from 'react';
import type { Account } from '#shared/ipc/models';
import { call } from '../../api';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../ui/icon';
import { useToast } from '../../ui/toast';
import styles from './accounts.module.css';
import own from './server-settings.module.css';
import { accountsTexts } from './texts';

type Value = 'url' | 'token' | 'aes-key';

/** What to paste at WeChat's console. Token and AES key go from main to the clipboard; the page never sees them. */
export function ServerSettings({ account }: { readonly account: Account }) {
  const t = useTexts(accountsTexts);
  const toast = useToast();
  const [copied, setCopied] = useState<Value | null>(null);
  const copy = async (value: Value) => {
    try {
      await call('accounts.copyServerSetting', { appid: account.appid, value });
      setCopied(value);
    } catch (error) {
      toast.failed(error);
    }
  };
  const button = (value: Value, label: string) => (
    <span className={own['serverCopy']}>
      <Button
        size="small"
        icon={<Icon name={copied === value ? 'check' : 'copy'} size={14} />}
        aria-label={`${t('copy')}: ${label}`}
        onClick={() => void copy(value)}
      >
        {copied === value ? t('copied') : t('copy')}
      </Button>
    </span>
  );
  const hidden = (
    <span className={`${own['serverValue']} ${styles['muted']}`}>
      ••••••••&ensp;<small>{t('hidden')}</small>
    </span>
  );
  return (
    <section className={styles['section']}>
      <h2>{t('serverTitle')}</h2>
      <p className={styles['muted']}>{t('serverIntro')}</p>
      <div className={own['server']}>
        <span className={own['serverLabel']}>{t('serverUrl')}</span>
        <span className={`${own['serverValue']} mono`}>{account.callbackUrl ?? t('unknown')}</span>
        {button('url', t('serverUrl'))}
        <span className={own['serverLabel']}>{t('serverToken')}</span>
        {hidden}
        {button('token', t('serverToken'))}
        <span className={own['serverLabel']}>{t('serverAes')}</span>
        {hidden}
        {button('aes-key', t('serverAes'))}
        <span className={own['serverLabel']}>{t('serverMode')}</span>
        <span className={own['serverValue']}>{t('serverModeValue')}</span>
        <span />
      </div>
      <p className={styles['notice']}>
        <Icon name="warning" size={16} />
        {t('serverWarning')}
      </p>
      <div>
        <Button
          type="link"
          size="small"
          icon={<Icon name="external" size={14} />}
          onClick={() => {
            call('app.openExternal', { url: 'https://mp.weixin.qq.com/' }).catch(toast.failed);
          }}
        >
          {t('openPlatform')}
        </Button>
      </div>
    </section>
  );
}
