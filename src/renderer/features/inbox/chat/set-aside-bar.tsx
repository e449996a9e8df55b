import Button from 'antd/es/button';
import type { Conversation } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { useNow } from '../../../ui/clock';
import { formatComing } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { focusComposer } from '../composer/composer-store';
import { setDone } from '../list/row-actions';
import { pickSnooze } from '../list/snooze-store';
import { inboxTexts } from '../texts';
import styles from './chat.module.css';

const MINUTE_MS = 60_000;

/** Why the open conversation is not in the list, and the way back; nothing of one that is. */
export function SetAsideBar({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const toast = useToast();
  const now = useNow(MINUTE_MS);
  const { done, snoozedUntil } = conversation;
  if (!done && snoozedUntil === null) return null;
  const bringBack = () => void setDone(conversation, false, toast).then(focusComposer);
  return (
    <p className={styles['setAside']} role="status">
      <Icon name={snoozedUntil === null ? 'check' : 'clock'} size={16} />
      <span className={styles['setAsideWords']}>
        {snoozedUntil === null
          ? t('setAsideDone')
          : t('setAsideSnoozed', { when: formatComing(snoozedUntil, now, locale) })}
      </span>
      {snoozedUntil === null ? null : (
        <Button size="small" type="text" onClick={() => pickSnooze(conversation)}>
          {t('setAsideChange')}
        </Button>
      )}
      <Button size="small" onClick={bringBack}>
        {t('setAsideBack')}
      </Button>
    </p>
  );
}
