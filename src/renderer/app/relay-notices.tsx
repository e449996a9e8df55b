import type { OwnerNotice } from '#shared/ipc/relay-models';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { useToast } from '../ui/toast';
import { noticeWords } from './notice-words';
import { dismissNotice, useNotices } from './notices-store';
import styles from './shell.module.css';
import { appTexts } from './texts';

/** What relays report and an owner must know, one line each, below the bar with the connection. */
export function RelayNotices() {
  const notices = useNotices((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <div className={styles['notices']}>
      {notices.map((notice) => (
        <Line key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Line({ notice }: { readonly notice: OwnerNotice }) {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const toast = useToast();
  return (
    <div className={styles['noticeLine']} role="status">
      <Icon name="warning" size={16} />
      <span className={styles['noticeText']}>{noticeWords(notice, t, locale)}</span>
      <IconButton
        icon="close"
        label={t('dismissNotice')}
        onClick={() => {
          dismissNotice(notice.id).catch((error: unknown) => toast.failed(error));
        }}
      />
    </div>
  );
}
