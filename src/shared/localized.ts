/** Interface languages. Chinese is written first; English is complete. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** One sentence or phrase in both languages. */
export interface Localized {
  readonly zh: string;
  readonly en: string;
}

export function pick(text: Localized, locale: Locale): string {
  return locale === 'en' ? text.en : text.zh;
}
