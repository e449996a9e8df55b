import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import type { PairedRelay } from '#shared/ipc/relay-models';
import { useAccounts } from '../../../app/accounts-store';
import { call, subscribe } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { CopyLink } from '../../../ui/copy';
import { ErrorCard } from '../../../ui/error-state';
import { Icon } from '../../../ui/icon';
import { SkeletonList } from '../../../ui/skeleton-list';
import styles from '../settings.module.css';
import { DeviceRow } from './device-row';
import { InviteDialog } from './invite-dialog';
import { relayTexts } from './texts';
import { useReading } from './use-relays';

/** Often enough to see another computer come, seldom enough to ask a relay all day. */
const ASK_EVERY_MS = 15_000;
/** While a code waits to be typed at the other computer. */
const ASK_WHILE_INVITING_MS = 2_000;

/** One relay: where it is, for which accounts, and the computers that receive through it. */
export function RelayPanel({ relay }: { readonly relay: PairedRelay }) {
  const t = useTexts(relayTexts);
  const accounts = useAccounts((state) => state.accounts);
  const [inviting, setInviting] = useState(false);
  const { linkId } = relay;
  const devices = useReading(useCallback(() => call('relay.devices', { linkId }), [linkId]));
  const { refresh } = devices;
  useEffect(() => {
    const timer = setInterval(() => void refresh(), inviting ? ASK_WHILE_INVITING_MS : ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh, inviting]);
  // The connection is gone or back, or this computer was paired anew.
  useEffect(() => subscribe('accounts.changed', () => void refresh()), [refresh]);

  const host = new URL(relay.url).host;
  const mine = accounts.filter(({ appid }) => relay.appids.includes(appid));
  const isDemo = mine.length > 0 && mine.every(({ door }) => door === 'demo');
  const state = devices.error ? 'away' : devices.value === null ? 'asking' : 'answers';
  return (
    <section className={styles['relay']} aria-label={t('relayOf', { host })}>
      <header className={styles['relayHead']}>
        <span className={styles['relayName']}>
          <span className={styles['address']}>{relay.url}</span>
          <CopyLink value={relay.url} />
        </span>
        <span className={styles['relayState']} data-state={state} role="status">
          <Icon name={state === 'away' ? 'offline' : 'online'} size={14} />
          {t(state)}
        </span>
        <span className={styles['relayAccounts']}>
          {mine.length === 0
            ? t('noAccounts')
            : t('accounts', { names: mine.map(({ name }) => name).join(t('comma')) })}
        </span>
      </header>
      {devices.error ? <ErrorCard error={devices.error} onRetry={() => void refresh()} /> : null}
      {devices.value === null && !devices.error ? <SkeletonList rows={1} rowHeight={52} /> : null}
      {devices.value ? (
        <ul className={styles['devices']} aria-label={t('devicesOf', { host })}>
          {devices.value.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              isStale={devices.error !== null}
              onRevoke={async () => {
                await call('relay.revokeDevice', { linkId, id: device.id });
                await refresh();
              }}
            />
          ))}
        </ul>
      ) : null}
      <div className={styles['relayFoot']}>
        <Button size="small" disabled={isDemo || state !== 'answers'} onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
        {isDemo ? <span className={styles['quiet']}>{t('demoHint')}</span> : null}
        {devices.value?.length === 1 && !isDemo ? (
          <span className={styles['quiet']}>{t('onlyThis')}</span>
        ) : null}
      </div>
      {inviting ? (
        <InviteDialog relay={relay} devices={devices.value ?? []} onClose={() => setInviting(false)} />
      ) : null}
    </section>
  );
}
