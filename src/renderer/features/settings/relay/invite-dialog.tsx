import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useCallback, useState } from 'react';
import type { PairedRelay } from '#shared/ipc/relay-models';
import type { DeviceView } from '#shared/relay/protocol';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { CopyLink } from '../../../ui/copy';
import { ErrorCard } from '../../../ui/error-state';
import { Icon } from '../../../ui/icon';
import { SkeletonList } from '../../../ui/skeleton-list';
import styles from '../settings.module.css';
import { relayTexts } from './texts';
import { useReading } from './use-relays';

/** `4:09` */
function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** What to type at the other computer, how long it holds, and what to do there. */
export function InviteDialog(props: {
  readonly relay: PairedRelay;
  readonly devices: readonly DeviceView[];
  readonly onClose: () => void;
}) {
  const { relay, devices, onClose } = props;
  const t = useTexts(relayTexts);
  const now = useNow(1_000);
  const { linkId } = relay;
  const invitation = useReading(useCallback(() => call('relay.invite', { linkId }), [linkId]));
  const [before] = useState(() => new Set(devices.map(({ id }) => id)));
  const arrived = devices.find(({ id }) => !before.has(id));
  const left = invitation.value === null ? 0 : invitation.value.expiresAt - now;
  const isOver = invitation.value !== null && left <= 0;
  const code = () => {
    if (invitation.error)
      return <ErrorCard error={invitation.error} onRetry={() => void invitation.refresh()} />;
    if (invitation.value === null) return <SkeletonList rows={1} rowHeight={52} />;
    return (
      <dl className={styles['invitation']}>
        <dt>{t('address')}</dt>
        <dd>
          <span className={styles['address']}>{relay.url}</span>
          <CopyLink value={relay.url} />
        </dd>
        <dt>{t('code')}</dt>
        <dd>
          <span className={styles['inviteCode']} data-over={isOver}>
            {invitation.value.code}
          </span>
          {isOver ? null : <CopyLink value={invitation.value.code} />}
        </dd>
        <dt>{t('validFor')}</dt>
        <dd>
          {isOver ? (
            <>
              <span>{t('expired')}</span>
              <Button size="small" onClick={() => void invitation.refresh()}>
                {t('newCode')}
              </Button>
            </>
          ) : (
            <span className="num">{t('left', { time: countdown(left) })}</span>
          )}
        </dd>
      </dl>
    );
  };
  return (
    <Modal
      open
      width={540}
      title={t('inviteTitle')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <p>{t('inviteIntro')}</p>
      {code()}
      <ol className={styles['consequences']}>
        <li>{t('invite1')}</li>
        <li>{t('invite2')}</li>
        <li>{t('invite3')}</li>
      </ol>
      <p className={styles['inviteState']} role="status" data-arrived={arrived !== undefined}>
        <Icon name={arrived ? 'check' : 'clock'} size={16} />
        {arrived ? t('arrived', { name: arrived.name }) : t('waiting')}
      </p>
    </Modal>
  );
}
