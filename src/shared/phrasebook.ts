import { pick, type Locale, type Localized } from './localized';

export type PhraseValues = Readonly<Record<string, string | number>>;

/**
 * What a part of the product says outside of the page, in both languages. The answer tells a phrase by its name, with
 * `{name}` replaced by the value of that name.
 */
export function phrasebook<Phrase extends string>(
  phrases: Readonly<Record<Phrase, Localized>>,
): (phrase: Phrase, locale: Locale, values?: PhraseValues) => string {
  return (phrase, locale, values = {}) =>
    pick(phrases[phrase], locale).replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name]));
}
