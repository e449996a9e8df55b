import type { Settings } from '#shared/ipc/models';
import { useBootstrap } from '../../app/bootstrap';
import { useDesktop } from '../../app/desktop-store';
import { useTexts } from '../../i18n/texts';
import { Section } from './section';
import { SwitchRow } from './switch-row';
import { settingsTexts } from './texts';

/** How the app starts, and what closing its window means. */
export function BackgroundSection(props: {
  readonly settings: Settings;
  readonly change: (patch: Partial<Settings>) => void;
}) {
  const t = useTexts(settingsTexts);
  const { settings, change } = props;
  const status = useDesktop((state) => state.status);
  const mac = useBootstrap((state) => state.info?.platform === 'darwin');
  const tray = status?.tray ?? false;
  return (
    <Section title={t('background')}>
      <SwitchRow
        label={t('keepInTray')}
        hint={mac ? t('keepInTrayMac') : tray ? t('keepInTrayHint') : t('keepInTrayNone')}
        on={settings.keepInTray ?? tray}
        onChange={(keepInTray) => change({ keepInTray })}
      />
      <SwitchRow
        label={t('openAtLogin')}
        hint={t('openAtLoginHint')}
        on={settings.openAtLogin}
        onChange={(openAtLogin) => change({ openAtLogin })}
      />
      <SwitchRow
        label={t('startHidden')}
        hint={settings.openAtLogin ? t('startHiddenHint') : t('startHiddenNeedsLogin')}
        on={settings.startHidden}
        disabled={!settings.openAtLogin}
        onChange={(startHidden) => change({ startHidden })}
      />
    </Section>
  );
}
