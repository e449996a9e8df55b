import Button from 'antd/es/button';
import DatePicker from 'antd/es/date-picker';
import { useState } from 'react';
import { useTexts } from '../../../i18n/texts';
import { AfterClosing } from './after-closing';
import styles from './list.module.css';
import { listTexts } from './texts';

/** Any time to come, to the minute. */
export function PickTime(props: {
  readonly now: number;
  readonly closesAt: number | null;
  readonly onPick: (until: number) => void;
  readonly onBack: () => void;
}) {
  const { now, closesAt } = props;
  const t = useTexts(listTexts);
  const [at, setAt] = useState<number | null>(null);
  const past = at !== null && at <= now;
  return (
    <div className={styles['snooze']}>
      <DatePicker
        autoFocus
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        aria-label={t('pickTimeLabel')}
        placeholder={t('pickTimeLabel')}
        className={styles['picker'] ?? ''}
        disabledDate={(day) => day.endOf('day').unix() < now}
        status={past ? 'error' : ''}
        needConfirm={false}
        onChange={(day) => setAt(day?.unix() ?? null)}
      />
      {past ? (
        <p className={styles['pickRefused']} role="alert">
          {t('pickTimePast')}
        </p>
      ) : null}
      {at !== null && !past && closesAt !== null && at >= closesAt ? <AfterClosing /> : null}
      <div className={styles['pickActions']}>
        <Button onClick={props.onBack}>{t('back')}</Button>
        <Button type="primary" disabled={at === null || past} onClick={() => at !== null && props.onPick(at)}>
          {t('pickTimeDone')}
        </Button>
      </div>
    </div>
  );
}
