import type { MissedReport } from '#shared/ipc/people-models';
import { useTexts } from '../../i18n/texts';
import styles from './reports.module.css';
import { reportsTexts } from './texts';

/** Hours that carry a number under the chart. */
const EVERY = 3;

/** Missed messages by the hour of the day: two stacked bars for each hour, with the numbers as text for readers of the screen. */
export function HourChart({ hours }: { readonly hours: MissedReport['hours'] }) {
  const t = useTexts(reportsTexts);
  const most = Math.max(1, ...hours.map(({ time, count }) => time + count));
  return (
    <ol className={styles['chart']}>
      {hours.map(({ time, count }, hour) => {
        const words = t('hourLabel', { hour, time, count });
        return (
          <li key={hour} title={words}>
            <span className={styles['bars']} aria-hidden>
              <span data-reason="count" style={{ height: `${String((count / most) * 100)}%` }} />
              <span data-reason="time" style={{ height: `${String((time / most) * 100)}%` }} />
            </span>
            <span className={`${styles['hour'] ?? ''} num`} aria-hidden>
              {hour % EVERY === 0 ? hour : ''}
            </span>
            <span className="visually-hidden">{words}</span>
          </li>
        );
      })}
    </ol>
  );
}
