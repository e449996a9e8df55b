import type { Locale } from '#shared/localized';

/** What tests, the tour and the system set from outside. The desktop process reads `process.env` here and nowhere else. */
export interface Environment {
  /** Folder for everything the app writes; null: the system's own place. */
  readonly userData: string | null;
  /** Stands in for the system's language; the user's setting still wins. */
  readonly locale: Locale | null;
  /** XDG_CONFIG_HOME; null: the usual place. */
  readonly configHome: string | null;
  /** The AppImage that runs, if one does. */
  readonly appImage: string | null;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const locale = env['OADESK_LOCALE'];
  return {
    userData: env['OADESK_USER_DATA'] || null,
    locale: locale === 'zh-CN' || locale === 'en' ? locale : null,
    configHome: env['XDG_CONFIG_HOME'] || null,
    appImage: env['APPIMAGE'] || null,
  };
}
