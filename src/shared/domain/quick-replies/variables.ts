/** Variables of quick replies: `{alias}`, `{shop}` … or their Chinese names, filled when the reply is inserted. */
import type { Localized } from '../../localized';
import type { Variant } from './quick-reply';

export const VARIABLES = [
  'alias',
  'shop',
  'hours',
  'phone',
  'address',
  'my name',
  'date',
  'time',
  'weekday',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** The name in braces in each language; both are understood in every reply. */
export const VARIABLE_NAMES: Readonly<Record<Variable, Localized>> = {
  alias: { zh: '称呼', en: 'alias' },
  shop: { zh: '店名', en: 'shop' },
  hours: { zh: '营业时间', en: 'hours' },
  phone: { zh: '电话', en: 'phone' },
  address: { zh: '地址', en: 'address' },
  'my name': { zh: '客服', en: 'my name' },
  date: { zh: '日期', en: 'date' },
  time: { zh: '时间', en: 'time' },
  weekday: { zh: '星期', en: 'weekday' },
};

/** Those that the shop says once about itself, in both languages. */
export const SHOP_VARIABLES = ['shop', 'hours', 'phone', 'address', 'my name'] as const satisfies Variable[];
export type ShopVariable = (typeof SHOP_VARIABLES)[number];

/** What is known; a missing or blank value is not. */
export type VariableValues = Readonly<Partial<Record<Variable, string>>>;

/** Part of a filled text, so that a page can show what was filled and what is still to be. */
export interface FilledPart {
  readonly text: string;
  /** null: the reply's own words. */
  readonly variable: Variable | null;
  /** false: a blank such as 〔称呼〕 stands there, for the person to fill. */
  readonly known: boolean;
}

const NAMES: ReadonlyMap<string, Variable> = new Map(
  VARIABLES.flatMap((variable) => {
    const { zh, en } = VARIABLE_NAMES[variable];
    return [
      [zh, variable],
      [en, variable],
      // Written together as well.
      [en.replaceAll(' ', ''), variable],
    ] as const;
  }),
);

/** Braces of an input method for Chinese are taken too. */
const PLACEHOLDER = /[{｛]\s*([^{}｛｝\n]{1,20}?)\s*[}｝]/gu;

/** A reply's text with its variables filled. What no variable is named after stays as it is written. */
export function fillParts(text: string, values: VariableValues, variant: Variant): readonly FilledPart[] {
  const parts: FilledPart[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const variable = NAMES.get((match[1] ?? '').toLowerCase());
    if (variable === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), variable: null, known: true });
    const value = values[variable]?.trim() ?? '';
    parts.push(
      value === ''
        ? { text: blank(variable, variant), variable, known: false }
        : { text: value, variable, known: true },
    );
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), variable: null, known: true });
  return parts;
}

/** What stands where a value is not known: plain to see, and never mistaken for words of the shop. */
export function blank(variable: Variable, variant: Variant): string {
  return `〔${VARIABLE_NAMES[variable][variant]}〕`;
}

export interface Filled {
  readonly text: string;
  readonly unknown: readonly Variable[];
  /** Where the first blank stands, in UTF-16 units; null: none is left. */
  readonly firstBlank: { readonly start: number; readonly end: number } | null;
}

export function fillText(text: string, values: VariableValues, variant: Variant): Filled {
  let filled = '';
  let firstBlank: Filled['firstBlank'] = null;
  const unknown: Variable[] = [];
  for (const part of fillParts(text, values, variant)) {
    if (!part.known && part.variable !== null) {
      firstBlank ??= { start: filled.length, end: filled.length + part.text.length };
      unknown.push(part.variable);
    }
    filled += part.text;
  }
  return { text: filled, unknown, firstBlank };
}

/** Variables that a text uses, each once. */
export function variablesIn(text: string): readonly Variable[] {
  const used = fillParts(text, {}, 'zh').flatMap(({ variable }) => variable ?? []);
  return [...new Set(used)];
}

/** What the shop has said about itself, by variable and language. */
export type ShopWords = Readonly<Partial<Record<ShopVariable, { readonly zh: string; readonly en: string }>>>;

/** In the wanted language, else in the other: a telephone number needs to be told once only. */
export function shopValues(words: ShopWords, variant: Variant): VariableValues {
  const other: Variant = variant === 'zh' ? 'en' : 'zh';
  return Object.fromEntries(
    SHOP_VARIABLES.flatMap((name) => {
      const said = words[name];
      const value = (said?.[variant] ?? '').trim() || (said?.[other] ?? '').trim();
      return value === '' ? [] : [[name, value] as const];
    }),
  );
}

/** Date, time and weekday of a moment (unix milliseconds) by the clock of this computer or of `timeZone`. */
export function clockValues(now: number, variant: Variant, timeZone?: string): VariableValues {
  const locale = variant === 'zh' ? 'zh-CN' : 'en-GB';
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) }).format(
      now,
    );
  return {
    date: format({ month: 'long', day: 'numeric' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    weekday: format({ weekday: 'long' }),
  };
}
