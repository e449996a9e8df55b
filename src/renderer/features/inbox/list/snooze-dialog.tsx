import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { lazy, Suspense, useState } from 'react';
import type { Conversation } from '#shared/ipc/models';
import { windowState } from '#shared/domain/window';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import { formatComing } from '../../../ui/format';
import { displayName } from '../../../ui/identity';
import { useToast } from '../../../ui/toast';
import { AfterClosing } from './after-closing';
import { snooze } from './row-actions';
import { CHOICE_NAMES, closeSnooze, useSnoozing } from './snooze-store';
import { snoozeTimes } from './snooze-times';
import styles from './list.module.css';
import { listTexts } from './texts';

/** The calendar is large and rarely asked for. */
const PickTime = lazy(async () => ({ default: (await import('./pick-time')).PickTime }));

/** Until when: a few good times by one key each, or any other. */
export function SnoozeDialog() {
  const t = useTexts(listTexts);
  const locale = useLocale();
  const row = useSnoozing((state) => state.row);
  return (
    <Modal
      open={row !== null}
      onCancel={closeSnooze}
      footer={null}
      width={420}
      destroyOnHidden
      title={row ? t('snoozeTitle', { name: displayName(row, locale) }) : null}
    >
      {row ? <Choices row={row} /> : null}
    </Modal>
  );
}

function Choices({ row }: { readonly row: Conversation }) {
  const t = useTexts(listTexts);
  const locale = useLocale();
  const toast = useToast();
  const [picking, setPicking] = useState(false);
  // The times of when it was asked: they must not change under the hand.
  const [now] = useState(serverNow);
  const window = windowState(row.window, now);
  const closesAt = window.open ? window.expiresAt : null;
  const choose = (until: number | null): void => {
    closeSnooze();
    void snooze(row, until, toast);
  };
  if (picking) {
    return (
      <Suspense fallback={null}>
        <PickTime now={now} closesAt={closesAt} onPick={choose} onBack={() => setPicking(false)} />
      </Suspense>
    );
  }
  return (
    <div className={styles['snooze']}>
      <p className={styles['snoozeText']}>{t('snoozeText')}</p>
      <ul>
        {snoozeTimes(now, closesAt).map(({ choice, at }, index) => (
          <li key={choice}>
            <Button
              block
              type="text"
              className={styles['snoozeChoice'] ?? ''}
              autoFocus={index === 0}
              onClick={() => choose(at)}
            >
              <span>{t(CHOICE_NAMES[choice])}</span>
              {closesAt !== null && at >= closesAt ? <AfterClosing /> : null}
              <span className={`${styles['snoozeAt']} num`}>{formatComing(at, now, locale)}</span>
            </Button>
          </li>
        ))}
        <li>
          <Button block type="text" className={styles['snoozeChoice'] ?? ''} onClick={() => setPicking(true)}>
            {t('pickTime')}
          </Button>
        </li>
        {row.snoozedUntil !== null ? (
          <li>
            <Button block type="text" className={styles['snoozeChoice'] ?? ''} onClick={() => choose(null)}>
              {t('snoozeEnd')}
            </Button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
