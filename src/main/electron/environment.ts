import type { Locale } from '#shared/localized';

/** What tests and the tour may set from outside. The desktop process reads `process.env` here and nowhere else. */
export interface Environment {
  /** Folder for everything the app writes; null: the system's own place. */
  readonly userData: string | null;
  /** Stands in for the system's language; the user's setting still wins. */
  readonly locale: Locale | null;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const locale = env['OADESK_LOCALE'];
  return {
    userData: env['OADESK_USER_DATA'] || null,
    locale: locale === 'zh-CN' || locale === 'en' ? locale : null,
  };
}
