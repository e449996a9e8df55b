import { parse } from 'lossless-json';

/** Fields that WeChat fills with 64-bit integers (README §3): strings here, however short the number is today. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'msgid',
  'msg_id',
  'msg_data_id',
  'publish_id',
  'menuid',
  'user_comment_id',
]);

const LONG_INTEGER = /^-?\d{16,}$/;

/** Whether a text can hold anything that the engine's own parser, sixty times faster, would give differently. */
const NEEDS_CARE = new RegExp(`[:[,]\\s*-?\\d{16}|"(?:${[...ID_FIELDS].join('|')})"`);

/** Kept apart from strings until its field is known. */
class NumberText {
  constructor(readonly text: string) {}
}

/**
 * Parses JSON without losing digits: the known id fields are always strings, and so is every integer that a JavaScript
 * number cannot hold exactly. Other numbers are numbers.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!NEEDS_CARE.test(text)) return JSON.parse(text) as unknown;
  return parse(
    text,
    (key, value) => {
      if (value instanceof NumberText) return ID_FIELDS.has(key) ? value.text : toNumber(value.text);
      return value;
    },
    { parseNumber: (number) => new NumberText(number), onDuplicateKey: ({ newValue }) => newValue },
  );
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return LONG_INTEGER.test(text) && !Number.isSafeInteger(number) ? text : number;
}
