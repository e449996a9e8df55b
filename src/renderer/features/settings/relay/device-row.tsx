import App from 'antd/es/app';
import Button from 'antd/es/button';
import type { DeviceView } from '#shared/relay/protocol';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { formatAgo, formatDate, formatNumber } from '../../../ui/format';
import { useToast } from '../../../ui/toast';
import styles from '../settings.module.css';
import { relayTexts } from './texts';

/** The relay notes the time of a request to within a minute, so what is younger is there now. */
const NOW_SECONDS = 150;

/** One paired computer: when it was here last, what it has not fetched, and the way to lock it out. */
export function DeviceRow(props: {
  readonly device: DeviceView;
  /** The relay does not answer, so nothing can be changed. */
  readonly isStale: boolean;
  readonly onRevoke: () => Promise<void>;
}) {
  const { device, isStale, onRevoke } = props;
  const t = useTexts(relayTexts);
  const locale = useLocale();
  const toast = useToast();
  const now = useNow(60_000);
  const { modal } = App.useApp();
  const { name, lastSeenAt, unread, current } = device;
  const seen = () => {
    if (current) return t(isStale ? 'away' : 'connectedNow');
    if (lastSeenAt === null) return t('neverSeen');
    if (now - lastSeenAt < NOW_SECONDS) return t('connectedNow');
    return t('lastSeen', { when: formatAgo(lastSeenAt, now, locale) });
  };
  const askToRevoke = () =>
    modal.confirm({
      icon: null,
      width: 480,
      title: t('revokeTitle', { name }),
      content: (
        <ul className={styles['consequences']}>
          <li>{t('revoke1')}</li>
          <li>{t('revoke2')}</li>
          {unread > 0 ? <li>{t('revokeUnread', { count: unread })}</li> : null}
          <li>{t('revoke3')}</li>
        </ul>
      ),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await onRevoke();
          toast.done(t('revoked', { name }));
        } catch (error) {
          toast.failed(error);
        }
      },
    });
  return (
    <li className={styles['device']}>
      <span className={styles['deviceName']}>
        <span className={styles['deviceWords']}>{name}</span>
        {current ? <span className={styles['deviceBadge']}>{t('thisComputer')}</span> : null}
      </span>
      <span className={styles['deviceFacts']}>
        {seen()} · {t('pairedAt', { date: formatDate(device.pairedAt, locale) })}
        {unread > 0 && !current
          ? ` · ${t('unread', { count: unread, text: formatNumber(unread, locale) })}`
          : ''}
      </span>
      {current ? null : (
        <Button
          size="small"
          danger
          disabled={isStale}
          aria-label={t('revokeOf', { name })}
          className={styles['deviceAct'] ?? ''}
          onClick={() => void askToRevoke()}
        >
          {t('revoke')}
        </Button>
      )}
    </li>
  );
}
