/** The user's preferences as main keeps them; changes show at once and are written through settings.update. */
import { create } from 'zustand';
import type { Settings } from '#shared/ipc/models';
import { call, subscribe } from '../api';
import { resolveLocale, setLocale } from '../i18n/i18n';

export const DEFAULT_SETTINGS: Settings = {
  locale: 'system',
  theme: 'system',
  paneWidths: {},
  profilePaneOpen: true,
  showTyping: true,
  recentEmoji: [],
};

interface SettingsState {
  readonly settings: Settings;
}

export const useSettings = create<SettingsState>(() => ({ settings: DEFAULT_SETTINGS }));

/**
 * Takes settings as main sees them, and switches the language when that was chosen anew: which one the system wants main
 * said at the start, and knows better than this page.
 */
export function applySettings(settings: Settings): void {
  const before = useSettings.getState().settings.locale;
  useSettings.setState({ settings });
  if (settings.locale !== before) setLocale(resolveLocale(settings.locale, navigator.language));
}

/** @throws AppError when main refuses; what was shown before is shown again. */
export async function updateSettings(patch: Partial<Settings>): Promise<void> {
  const before = useSettings.getState().settings;
  applySettings({ ...before, ...patch });
  try {
    applySettings(await call('settings.update', patch));
  } catch (error) {
    applySettings(before);
    throw error;
  }
}

/** Keeps a pane's width, CSS pixels. */
export function keepPaneWidth(pane: string, width: number): Promise<void> {
  const { paneWidths } = useSettings.getState().settings;
  return updateSettings({ paneWidths: { ...paneWidths, [pane]: Math.round(width) } });
}

/** Follows changes made elsewhere. Returns the disposer. */
export function followSettings(): () => void {
  return subscribe('settings.changed', applySettings);
}
