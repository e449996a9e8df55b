import Button from 'antd/es/button';
import { useEffect, useRef, useState } from 'react';
import type { Account } from '#shared/ipc/models';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { useToast } from '../../../ui/toast';
import styles from '../accounts.module.css';
import { TakeoverPanel } from './takeover-panel';
import { takeoverTexts } from './texts';

/** Offered before the server settings: enabling them stops what the website does. */
export function TakeoverSection({ account }: { readonly account: Account }) {
  const { appid } = account;
  const t = useTexts(takeoverTexts);
  const { failed } = useToast();
  const report = useRef(failed);
  const [isOpen, setOpen] = useState(false);
  const isScanned = account.relayMode === 'component';
  // Scanning switches no server on: there is a way back only from a takeover that was made before.
  const [isOffered, setOffered] = useState(!isScanned);
  useEffect(() => {
    let isShown = true;
    call('takeover.get', { appid }).then((made) => {
      if (isShown && made !== null) setOffered(true);
    }, report.current);
    return () => {
      isShown = false;
    };
  }, [appid]);
  if (!isOffered) return null;
  if (isOpen) return <TakeoverPanel appid={appid} place={isScanned ? 'scanned' : 'account'} />;
  return (
    <section className={styles['section']}>
      <h2>{t('title')}</h2>
      <p className={styles['muted']}>{t('openText')}</p>
      <div>
        <Button onClick={() => setOpen(true)}>{t('open')}</Button>
      </div>
    </section>
  );
}
