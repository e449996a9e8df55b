import Checkbox from 'antd/es/checkbox';
import Select from 'antd/es/select';
import type { Locale } from '#shared/localized';
import { useLocale } from '../../i18n/i18n';
import styles from './settings.module.css';

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => {
  const hour = String(Math.floor(index / 2)).padStart(2, '0');
  return `${hour}:${index % 2 === 0 ? '00' : '30'}`;
});

/** A time of day, by half hours; another one that a file names stays as it is. */
export function TimeField(props: {
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) {
  const times = HALF_HOURS.includes(props.value) ? HALF_HOURS : [...HALF_HOURS, props.value].sort();
  return (
    <Select
      showSearch
      className={`${styles['time'] ?? ''} num`}
      aria-label={props.label}
      value={props.value}
      disabled={props.disabled}
      options={times.map((value) => ({ value, label: value }))}
      onChange={props.onChange}
    />
  );
}

/** 1 Monday … 7 Sunday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

function weekdayName(weekday: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    MONDAY + (weekday - 1) * DAY_MS,
  );
}

export function WeekdaysField(props: {
  readonly label: string;
  readonly value: readonly number[];
  readonly disabled: boolean;
  readonly onChange: (value: number[]) => void;
}) {
  const locale = useLocale();
  return (
    <div role="group" aria-label={props.label}>
      <Checkbox.Group<number>
        className={styles['weekdays'] ?? ''}
        value={[...props.value]}
        disabled={props.disabled}
        options={WEEKDAYS.map((value) => ({ value, label: weekdayName(value, locale) }))}
        onChange={(value) => props.onChange([...value].sort())}
      />
    </div>
  );
}
