/** Turns an error into words for a shop owner, in both languages. */
import type { AppErrorData } from './app-error';
import type { ErrcodeCard } from './domain/errcodes/card';
import { errcodeCard } from './domain/errcodes/catalogue';
import { parseErrmsg } from './domain/errcodes/parse-errmsg';
import { APP_TEXTS } from './error-catalogue/app';
import { AUTHORIZATION_TEXTS } from './error-catalogue/authorization';
import { CARD_TEXTS } from './error-catalogue/cards';
import { CONNECTION_TEXTS } from './error-catalogue/connection';
import { DESKTOP_TEXTS } from './error-catalogue/desktop';
import { DOCTOR_TEXTS } from './error-catalogue/doctor';
import type { ErrorText } from './error-catalogue/entry';
import { entry } from './error-catalogue/entry';
import { FILE_TEXTS } from './error-catalogue/files';
import { MESSAGING_TEXTS } from './error-catalogue/messaging';
import { PEOPLE_TEXTS } from './error-catalogue/people';
import { REPLY_TEXTS } from './error-catalogue/replies';
import type { Localized } from './localized';

const TEXTS: ReadonlyMap<string, ErrorText> = new Map(
  Object.entries({
    ...APP_TEXTS,
    ...AUTHORIZATION_TEXTS,
    ...MESSAGING_TEXTS,
    ...CONNECTION_TEXTS,
    ...REPLY_TEXTS,
    ...DOCTOR_TEXTS,
    ...DESKTOP_TEXTS,
    ...FILE_TEXTS,
    ...CARD_TEXTS,
    ...PEOPLE_TEXTS,
  }),
);

/** Every code of the product that has its own text. `wechat/<errcode>` is answered by the errcode catalogue. */
export const APP_ERROR_CODES: readonly string[] = [...TEXTS.keys()];

const UNKNOWN = entry(
  ['出现了未收录的错误', 'An error that is not in the catalogue'],
  [
    '程序报告的代码是 {code}，这里还没有它的解释。',
    'The app reports {code}, for which there is no explanation yet.',
  ],
  [
    '请再试一次；如果反复出现，请导出诊断信息并附上这个代码。',
    'Try again. If it keeps happening, export the diagnostics and quote this code.',
  ],
);

const UNKNOWN_ERRCODE = entry(
  ['微信返回了未收录的错误 {errcode}', 'WeChat returned an undocumented error: {errcode}'],
  ['微信的说明是：{errmsg}', 'WeChat’s own words: {errmsg}'],
  [
    '请稍后再试；如果反复出现，请带上请求编号 {rid} 向微信客服咨询。',
    'Try again later. If it keeps happening, ask WeChat’s support and quote the request id {rid}.',
  ],
);

/**
 * Title, cause and advice of an error. Errors of WeChat are explained by their errcode; a code that is not known gets an
 * honest text that names it. Placeholders without a value read 未知 / unknown.
 */
export function explain(error: AppErrorData): ErrorText {
  const card = errorCard(error);
  if (card !== null) return textOf(card);
  const errcode = errcodeOf(error);
  const text = TEXTS.get(error.code) ?? (errcode === null ? UNKNOWN : UNKNOWN_ERRCODE);
  const values = { code: error.code, ...(errcode !== null && { errcode }), ...valuesOf(error) };
  return {
    title: fill(text.title, values),
    cause: fill(text.cause, values),
    advice: fill(text.advice, values),
  };
}

/**
 * The full card of WeChat's refusal behind an error, with values filled in; null when the error is not WeChat's or its
 * errcode is not documented.
 */
export function errorCard(error: AppErrorData): ErrcodeCard | null {
  const errcode = errcodeOf(error);
  const card = errcode === null ? null : errcodeCard(errcode);
  if (card === null) return null;
  const values = valuesOf(error);
  return {
    ...card,
    cause: fill(card.cause, values),
    // A step about a value that is not known ("copy the address …") helps nobody.
    checklist: card.checklist
      .filter((item) => placeholders(item.zh).every((name) => Object.hasOwn(values, name)))
      .map((item) => fill(item, values)),
  };
}

function errcodeOf(error: AppErrorData): number | null {
  if (error.errcode !== undefined) return error.errcode;
  const digits = /^wechat\/(-?\d+)$/.exec(error.code)?.[1];
  return digits === undefined ? null : Number(digits);
}

type Values = Readonly<Record<string, string | number>>;

function valuesOf(error: AppErrorData): Values {
  const parsed = error.errmsg === undefined ? null : parseErrmsg(error.errmsg);
  const rid = error.rid ?? parsed?.rid ?? null;
  return {
    ...(parsed !== null && { errmsg: parsed.text }),
    ...(parsed?.ip != null && { ip: parsed.ip }),
    ...(rid !== null && { rid }),
    ...error.params,
  };
}

function textOf(card: ErrcodeCard): ErrorText {
  return {
    title: card.meaning,
    cause: { zh: `${card.cause.zh}。`, en: `${card.cause.en}.` },
    advice: {
      zh: `${card.checklist.map((item) => item.zh).join('；')}。`,
      en: card.checklist.map((item) => `${item.en}.`).join(' '),
    },
  };
}

const PLACEHOLDER = /\{(\w+)\}/g;

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

function fill(text: Localized, values: Values): Localized {
  const replace = (template: string, missing: string): string =>
    template.replace(PLACEHOLDER, (_match, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : missing,
    );
  return { zh: replace(text.zh, '未知'), en: replace(text.en, 'unknown') };
}
