/** The one i18next instance. Texts register themselves when their feature loads; the language switches live. */
import { createInstance, type i18n as I18n } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Locale } from '#shared/localized';
import type { Settings } from '#shared/ipc/models';

export const i18n: I18n = createInstance();

void i18n.init({
  lng: 'zh-CN',
  fallbackLng: false,
  load: 'currentOnly',
  ns: [],
  resources: {},
  initAsync: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  returnNull: false,
  showSupportNotice: false,
});

/** The language to show: the user's word, or Chinese on a Chinese system and English elsewhere. */
export function resolveLocale(preference: Settings['locale'], systemLanguage: string): Locale {
  if (preference !== 'system') return preference;
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function setLocale(locale: Locale): void {
  if (i18n.language !== locale) void i18n.changeLanguage(locale);
}

export function currentLocale(): Locale {
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

function onLanguage(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}

/** The language on screen; redraws when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(onLanguage, currentLocale);
}
