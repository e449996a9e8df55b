import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { RelayAddresses } from '#shared/ipc/binding-models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { CopyLink } from '../../../ui/copy';
import { ErrorCard } from '../../../ui/error-state';
import { toAppErrorData } from '../../../ui/errors';
import { Icon } from '../../../ui/icon';
import styles from '../accounts.module.css';
import own from './wizard.module.css';
import { OpenPlatform } from './open-platform';
import { wizardTexts } from './texts';

/** Which addresses belong on the account's IP whitelist. */
export function AddressStep(props: {
  readonly relayUrl: string;
  /** What the relay told a moment ago; asked for when absent. */
  readonly addresses: RelayAddresses | null;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
}) {
  const t = useTexts(wizardTexts);
  const { relayUrl } = props;
  const [told, setTold] = useState(props.addresses);
  const [error, setError] = useState<AppErrorData | null>(null);
  useEffect(() => {
    if (told !== null) return undefined;
    let isShown = true;
    call('binding.reachRelay', { relayUrl, pairingCode: '' }).then(
      (addresses) => isShown && setTold(addresses),
      (thrown: unknown) => isShown && setError(toAppErrorData(thrown)),
    );
    return () => {
      isShown = false;
    };
  }, [told, relayUrl]);

  const isUnknown = told !== null && (told.source === 'unknown' || told.addresses.length === 0);
  return (
    <div className={styles['section']}>
      <p className={own['stepIntro']}>{t('addressIntro')}</p>
      {told !== null && !isUnknown ? (
        <ul className={own['addresses']}>
          {told.addresses.map((address) => (
            <li key={address}>
              <span className="mono">{address}</span>
              <CopyLink value={address} />
            </li>
          ))}
        </ul>
      ) : null}
      {told?.source === 'interface' && !isUnknown ? (
        <p className={styles['muted']}>{t('addressGuess')}</p>
      ) : null}
      {isUnknown ? (
        <p className={styles['notice']}>
          <Icon name="warning" size={16} />
          {t('addressUnknown')}
        </p>
      ) : null}
      {error ? <ErrorCard error={error} /> : null}
      <OpenPlatform />
      <div className={styles['formActions']}>
        <Button type="primary" onClick={props.onNext}>
          {isUnknown ? t('next') : t('addressAdded')}
        </Button>
        <Button onClick={props.onPrevious}>{t('previous')}</Button>
      </div>
    </div>
  );
}
