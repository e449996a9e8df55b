/** Typed texts: a feature declares its phrases in both languages and reads them by key. */
import type { Locale } from '#shared/localized';
import { i18n, useLocale } from './i18n';

type Phrases = Readonly<Record<string, string>>;

/** What a feature's `texts.ts` exports. */
export interface Texts<Z extends Phrases> {
  readonly namespace: string;
  readonly 'zh-CN': Z;
  readonly en: { readonly [K in keyof Z]: string };
}

/** A key, or the stem of plural forms: `rows` for `rows_one` and `rows_other`. */
type KeyOf<Z extends Phrases> = keyof Z extends infer K
  ? K extends `${infer Stem}_one` | `${infer Stem}_other`
    ? Stem
    : K & string
  : never;

export type TextValues = Readonly<Record<string, string | number>>;
export type Translate<Z extends Phrases> = (key: KeyOf<Z>, values?: TextValues) => string;

/**
 * Registers the phrases of a feature as an i18next namespace. Placeholders are `{{name}}`; a count is
 * `{{count, number}}` with the forms `key_one` and `key_other` in both languages.
 */
export function defineTexts<const Z extends Phrases>(
  namespace: string,
  phrases: { readonly 'zh-CN': Z; readonly en: { readonly [K in keyof Z]: string } },
): Texts<Z> {
  i18n.addResourceBundle('zh-CN', namespace, phrases['zh-CN'], true, true);
  i18n.addResourceBundle('en', namespace, phrases.en, true, true);
  return { namespace, ...phrases };
}

/** One phrase in the current language, outside of React. */
export function translate<Z extends Phrases>(
  texts: Texts<Z>,
  key: KeyOf<Z>,
  values: TextValues = {},
): string {
  return i18n.t(key, { ns: texts.namespace, ...values });
}

/** Of one namespace and language, with what was put into them. */
const KEPT_PHRASES = 1_000;

const readers = new Map<string, Translate<Phrases>>();

function readerOf(namespace: string, locale: Locale): Translate<Phrases> {
  const key = `${locale}:${namespace}`;
  let reader = readers.get(key);
  if (!reader) {
    const t = i18n.getFixedT(locale, namespace);
    // Putting a phrase together costs more than drawing it, and lists say the same again and again.
    const said = new Map<string, string>();
    reader = (phrase, values) => {
      const key = values ? `${phrase} ${JSON.stringify(values)}` : phrase;
      const known = said.get(key) ?? t(phrase, { ...values });
      if (said.size >= KEPT_PHRASES) said.clear();
      said.set(key, known);
      return known;
    };
    readers.set(key, reader);
  }
  return reader;
}

/**
 * Reads phrases inside a component; redraws when the language changes. One function per namespace and language: rows of
 * a long list ask for it as they fly past.
 */
export function useTexts<Z extends Phrases>(texts: Texts<Z>): Translate<Z> {
  return readerOf(texts.namespace, useLocale());
}
