import { useState } from 'react';
import type { Account } from '#shared/ipc/models';
import { call } from '../../../api';
import { refreshAccounts } from '../../../app/accounts-store';
import { openHelp } from '../../../app/navigation';
import { useTexts } from '../../../i18n/texts';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import { wizardTexts } from './texts';

const MODES = [
  ['sealed', 'sealed', 'sealedText'],
  ['assisted', 'assisted', 'assistedText'],
] as const;

/** Whether the relay may open messages, with what follows from either; takes effect at once. */
export function ModeChoice({ account }: { readonly account: Account }) {
  const t = useTexts(wizardTexts);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const choose = async (mode: 'sealed' | 'assisted') => {
    setBusy(true);
    try {
      await call('accounts.setRelayMode', { appid: account.appid, mode });
      await refreshAccounts();
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <fieldset className={own['modes']} disabled={busy}>
      <legend className="visually-hidden">{t('modeSection')}</legend>
      {MODES.map(([mode, title, text]) => (
        <label key={mode} className={own['modeOption']}>
          <input
            type="radio"
            name={`relay-mode-${account.appid}`}
            checked={account.relayMode === mode}
            onChange={() => void choose(mode)}
          />
          <span>
            <strong>{t(title)}</strong>
            <span className={own['modeText']}>{t(text)}</span>
          </span>
        </label>
      ))}
      <button type="button" className={styles['plainLink']} onClick={() => openHelp('sealed-or-assisted')}>
        {t('modeHelp')}
      </button>
    </fieldset>
  );
}
