import type { Settings } from '#shared/ipc/models';
import { settings as settingsSchema } from '#shared/ipc/models';
import type { Locale } from '#shared/localized';
import type { Publish } from './ports';

/** Where settings are kept. What `read` returns is not trusted: an older version or a person may have written it. */
export interface SettingsStore {
  read(): unknown;
  write(settings: Settings): void;
}

export interface SettingsService {
  get(): Settings;
  /** Keeps the change, tells every page, returns all settings. */
  update(patch: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
  /** The language to use now. */
  locale(): Locale;
}

export interface SettingsDeps {
  readonly store: SettingsStore;
  readonly publish: Publish;
  /** The system's languages, most wanted first (BCP 47). */
  readonly systemLanguages: () => readonly string[];
  /** Called after each change, e.g. to draw the menu anew. */
  readonly onChange?: () => void;
}

export const DEFAULT_SETTINGS: Settings = {
  locale: 'system',
  theme: 'system',
  paneWidths: {},
  profilePaneOpen: true,
  showTyping: true,
  recentEmoji: [],
};

/** Chinese where the system's first language is Chinese in any script or region, English everywhere else. */
export function localeOfSystem(languages: readonly string[]): Locale {
  const first = languages[0]?.toLowerCase() ?? '';
  return first === 'zh' || first.startsWith('zh-') || first.startsWith('zh_') ? 'zh-CN' : 'en';
}

export function createSettingsService(deps: SettingsDeps): SettingsService {
  let current = readStored(deps.store.read());
  return {
    get: () => current,
    update(patch) {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      current = settingsSchema.parse({ ...current, ...given });
      deps.store.write(current);
      deps.publish('settings.changed', current);
      deps.onChange?.();
      return current;
    },
    locale: () => (current.locale === 'system' ? localeOfSystem(deps.systemLanguages()) : current.locale),
  };
}

/** Takes each stored setting that is still valid and the default for every other, so one bad value costs one setting. */
function readStored(stored: unknown): Settings {
  const given = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const valid = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(given[key]);
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  return settingsSchema.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(valid) });
}
