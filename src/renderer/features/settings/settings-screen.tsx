import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import type { Settings } from '#shared/ipc/models';
import { useBootstrap } from '../../app/bootstrap';
import { openQuickReplies } from '../../app/quick-reply-manager';
import { updateSettings, useSettings } from '../../app/settings-store';
import { useShortcutSheet } from '../../app/shortcuts';
import { useTexts } from '../../i18n/texts';
import { useToast } from '../../ui/toast';
import { BackgroundSection } from './background-section';
import { NotificationSection } from './notification-section';
import { RelaySection } from './relay/relay-section';
import { ReminderSection } from './reminder-section';
import { Row, Section } from './section';
import styles from './settings.module.css';
import { SwitchRow } from './switch-row';
import { settingsTexts } from './texts';

const SECRETS = { win32: 'secretsWin', darwin: 'secretsMac', linux: 'secretsLinux' } as const;

/** Preferences, where things are kept, and what runs. */
export function SettingsScreen() {
  const t = useTexts(settingsTexts);
  const toast = useToast();
  const settings = useSettings((state) => state.settings);
  const info = useBootstrap((state) => state.info);
  const change = (patch: Partial<Settings>) => {
    updateSettings(patch).catch(toast.failed);
  };
  return (
    <div className={styles['page']}>
      <div className={styles['inner']}>
        <h1>{t('title')}</h1>
        <Section title={t('general')}>
          <Row label={t('language')}>
            <Segmented<Settings['locale']>
              aria-label={t('language')}
              value={settings.locale}
              options={[
                { value: 'system', label: t('system') },
                { value: 'zh-CN', label: t('chinese') },
                { value: 'en', label: t('english') },
              ]}
              onChange={(locale) => change({ locale })}
            />
          </Row>
          <Row label={t('theme')}>
            <Segmented<Settings['theme']>
              aria-label={t('theme')}
              value={settings.theme}
              options={[
                { value: 'system', label: t('system') },
                { value: 'light', label: t('light') },
                { value: 'dark', label: t('dark') },
              ]}
              onChange={(theme) => change({ theme })}
            />
          </Row>
          <Row label={t('shortcuts')}>
            <Button size="small" onClick={() => useShortcutSheet.setState({ open: true })}>
              {t('showShortcuts')}
            </Button>
          </Row>
          <Row label={t('quickReplies')}>
            <Button size="small" onClick={() => openQuickReplies()}>
              {t('manageQuickReplies')}
            </Button>
          </Row>
        </Section>
        <Section title={t('chat')}>
          <SwitchRow
            label={t('typing')}
            hint={t('typingText')}
            on={settings.showTyping}
            onChange={(showTyping) => change({ showTyping })}
          />
        </Section>
        <NotificationSection settings={settings} change={change} />
        <ReminderSection settings={settings} change={change} />
        <BackgroundSection settings={settings} change={change} />
        <RelaySection />
        <Section title={t('storage')}>
          <Row label={t('data')}>{t('dataText')}</Row>
          {info ? <Row label={t('secrets')}>{t(SECRETS[info.platform])}</Row> : null}
          <Row label={t('relay')}>{t('relayText')}</Row>
        </Section>
        <Section title={t('about')}>
          {info ? (
            <>
              <Row label={t('version')}>
                <span className="num">OA Desk {info.version}</span>
              </Row>
              <Row label={t('runtime')}>
                <span className="num">{info.runtime}</span>
              </Row>
            </>
          ) : null}
          <Row label={t('license')}>{t('licenseText')}</Row>
        </Section>
      </div>
    </div>
  );
}
