import Button from 'antd/es/button';
import type { Settings } from '#shared/ipc/models';
import { call } from '../../api';
import { setPaused, useDesktop } from '../../app/desktop-store';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { formatTime } from '../../ui/format';
import { useToast } from '../../ui/toast';
import { TimeField, WeekdaysField } from './hours-fields';
import { Row, Section } from './section';
import { SoundList } from './sound-list';
import { SwitchRow } from './switch-row';
import styles from './settings.module.css';
import { settingsTexts } from './texts';

interface Props {
  readonly settings: Settings;
  readonly change: (patch: Partial<Settings>) => void;
}

/** What new messages may do to get noticed. */
export function NotificationSection({ settings, change }: Props) {
  const t = useTexts(settingsTexts);
  const toast = useToast();
  const status = useDesktop((state) => state.status);
  const { notify, quietHours } = settings;
  const impossible = status !== null && !status.notifications;
  return (
    <Section title={t('notifications')}>
      <SwitchRow
        label={t('notify')}
        hint={impossible ? t('notifyImpossible') : t('notifyHint')}
        on={notify}
        onChange={(on) => change({ notify: on })}
        aside={
          <Button
            size="small"
            disabled={!notify || impossible}
            onClick={() => void call('desktop.tryNotification', {}).catch(toast.failed)}
          >
            {t('notifyTry')}
          </Button>
        }
      />
      <PauseRow disabled={!notify} />
      <SwitchRow
        label={t('notifyText')}
        hint={t('notifyTextHint')}
        on={settings.notifyText}
        disabled={!notify}
        onChange={(notifyText) => change({ notifyText })}
      />
      <Row label={t('sound')}>
        <SoundList sounds={settings.sounds} disabled={!notify} onChange={(sounds) => change({ sounds })} />
      </Row>
      <SwitchRow
        label={t('quietHours')}
        hint={t('quietHoursHint')}
        on={quietHours.on}
        disabled={!notify}
        onChange={(on) => change({ quietHours: { ...quietHours, on } })}
      >
        <div className={styles['line']}>
          <TimeField
            label={t('quietFrom')}
            value={quietHours.from}
            disabled={!notify}
            onChange={(from) => change({ quietHours: { ...quietHours, from } })}
          />
          <span aria-hidden>–</span>
          <TimeField
            label={t('quietTo')}
            value={quietHours.to}
            disabled={!notify}
            onChange={(to) => change({ quietHours: { ...quietHours, to } })}
          />
          {quietHours.to <= quietHours.from ? <span className={styles['quiet']}>{t('nextDay')}</span> : null}
        </div>
        <WeekdaysField
          label={t('quietDays')}
          value={quietHours.weekdays}
          disabled={!notify}
          onChange={(weekdays) => change({ quietHours: { ...quietHours, weekdays } })}
        />
      </SwitchRow>
    </Section>
  );
}

/** The tray's pause, here as well: not every desktop shows a tray. */
function PauseRow({ disabled }: { readonly disabled: boolean }) {
  const t = useTexts(settingsTexts);
  const locale = useLocale();
  const toast = useToast();
  const pausedUntil = useDesktop((state) => state.status?.pausedUntil ?? null);
  const set = (paused: boolean) => void setPaused(paused).catch(toast.failed);
  return (
    <Row label={t('pause')}>
      <div className={styles['line']}>
        <Button size="small" disabled={disabled} onClick={() => set(pausedUntil === null)}>
          {pausedUntil === null ? t('pauseHour') : t('resume')}
        </Button>
        {pausedUntil === null ? null : (
          <span className={`${styles['quiet'] ?? ''} num`} role="status">
            {t('pausedUntil', { time: formatTime(pausedUntil, locale) })}
          </span>
        )}
      </div>
    </Row>
  );
}
