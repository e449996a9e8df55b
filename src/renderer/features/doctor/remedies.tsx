import Button from 'antd/es/button';
import { useState } from 'react';
import type { Remedy } from '#shared/domain/doctor/finding';
import { HELP_ARTICLES } from '#shared/domain/help/search';
import { pick } from '#shared/localized';
import { refreshAccounts } from '../../app/accounts-store';
import { useNavigation } from '../../app/navigation';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../ui/icon';
import { useToast } from '../../ui/toast';
import styles from './doctor.module.css';
import { doctorTexts } from './texts';

const SETTING_TEXT = { url: 'copyUrl', token: 'copyToken', 'aes-key': 'copyAes' } as const;

function CopyButton(props: { readonly label: string; readonly copy: () => Promise<unknown> }) {
  const t = useTexts(doctorTexts);
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  return (
    <Button
      size="small"
      icon={<Icon name={copied ? 'check' : 'copy'} size={14} />}
      onClick={() => {
        props.copy().then(() => setCopied(true), toast.failed);
      }}
    >
      {props.label}
      <span className="visually-hidden" aria-live="polite">
        {copied ? t('copied') : ''}
      </span>
    </Button>
  );
}

function Reconnect({ appid }: { readonly appid: string }) {
  const t = useTexts(doctorTexts);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const reconnect = async () => {
    setBusy(true);
    try {
      await call('accounts.reconnect', { appid });
      await refreshAccounts();
      toast.done(t('reconnected'));
      await call('doctor.examine', { appid });
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="primary" size="small" loading={busy} onClick={() => void reconnect()}>
      {t('reconnect')}
    </Button>
  );
}

/** The button of one remedy. */
function RemedyButton({ remedy, appid }: { readonly remedy: Remedy; readonly appid: string }) {
  const t = useTexts(doctorTexts);
  const locale = useLocale();
  const toast = useToast();
  const openHelp = useNavigation((state) => state.openHelp);
  switch (remedy.kind) {
    case 'copy':
      return (
        <CopyButton
          label={t('copy', { value: remedy.value })}
          copy={() => navigator.clipboard.writeText(remedy.value)}
        />
      );
    case 'copy-setting':
      return (
        <CopyButton
          label={t(SETTING_TEXT[remedy.setting])}
          copy={() => call('accounts.copyServerSetting', { appid, value: remedy.setting })}
        />
      );
    case 'reconnect':
      return <Reconnect appid={appid} />;
    case 'open':
      return (
        <Button
          size="small"
          icon={<Icon name="external" size={14} />}
          onClick={() => {
            call('app.openExternal', { url: remedy.url }).catch(toast.failed);
          }}
        >
          {t(remedy.url.includes('developers.') ? 'openDevelopers' : 'openConsole')}
        </Button>
      );
    case 'help': {
      const article = HELP_ARTICLES.find(({ id }) => id === remedy.article);
      if (!article) return null;
      return (
        <Button
          type="link"
          size="small"
          className={styles['help'] ?? ''}
          icon={<Icon name="help" size={14} />}
          onClick={() => openHelp(article.id)}
        >
          {t('help', { question: pick(article.question, locale) })}
        </Button>
      );
    }
  }
}

/** What the app can do about a finding. */
export function Remedies(props: { readonly remedies: readonly Remedy[]; readonly appid: string }) {
  if (props.remedies.length === 0) return null;
  return (
    <div className={styles['remedies']}>
      {props.remedies.map((remedy) => (
        <RemedyButton key={JSON.stringify(remedy)} remedy={remedy} appid={props.appid} />
      ))}
    </div>
  );
}
