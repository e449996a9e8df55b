import type { Settings } from '#shared/ipc/models';
import { useTexts } from '../../i18n/texts';
import { TimeField, WeekdaysField } from './hours-fields';
import { Section } from './section';
import { SwitchRow } from './switch-row';
import styles from './settings.module.css';
import { settingsTexts } from './texts';

/** What is said before windows close, and before the shop does. */
export function ReminderSection(props: {
  readonly settings: Settings;
  readonly change: (patch: Partial<Settings>) => void;
}) {
  const t = useTexts(settingsTexts);
  const { settings, change } = props;
  const { notify, digest } = settings;
  return (
    <Section title={t('reminders')}>
      <SwitchRow
        label={t('remind')}
        hint={t('remindHint')}
        on={settings.remind}
        disabled={!notify}
        onChange={(remind) => change({ remind })}
      />
      <SwitchRow
        label={t('digest')}
        hint={t('digestHint')}
        on={digest.on}
        disabled={!notify}
        onChange={(on) => change({ digest: { ...digest, on } })}
      >
        <div className={styles['line']}>
          <span className={styles['fieldName']}>{t('opens')}</span>
          <TimeField
            label={t('opens')}
            value={digest.opens}
            disabled={!notify}
            onChange={(opens) => change({ digest: { ...digest, opens } })}
          />
          <span className={styles['fieldName']}>{t('closes')}</span>
          <TimeField
            label={t('closes')}
            value={digest.closes}
            disabled={!notify}
            onChange={(closes) => change({ digest: { ...digest, closes } })}
          />
          {digest.closes <= digest.opens ? <span className={styles['quiet']}>{t('nextDay')}</span> : null}
        </div>
        <WeekdaysField
          label={t('openDays')}
          value={digest.weekdays}
          disabled={!notify}
          onChange={(weekdays) => change({ digest: { ...digest, weekdays } })}
        />
      </SwitchRow>
    </Section>
  );
}
