/**
 * Links inside a text message: WeChat draws `<a href="https://…">words</a>`, with `data-miniprogram-appid` and
 * `data-miniprogram-path` also as a way into a mini program (messages §2). Everything else of HTML is plain text to WeChat,
 * so everything else is plain text here too.
 */

/** Where a link leads. `url` of a mini program is for clients that cannot open it. */
export type LinkTarget =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'miniprogram'; readonly appId: string; readonly path: string; readonly url: string };

export interface TextLink {
  readonly words: string;
  readonly target: LinkTarget;
}

export type TextPart =
  | { readonly kind: 'text'; readonly raw: string }
  /** `raw` is the markup as it stands in the message. */
  | { readonly kind: 'link'; readonly raw: string; readonly link: TextLink };

/** What is wrong with a link that someone is making, by field. */
export type LinkProblem = 'words-empty' | 'words-markup' | 'address' | 'appid' | 'path';

const ANCHOR = /<a((?:\s+[a-z-]+="[^"<>]*")+)\s*>([^<>]+)<\/a>/giu;
const ATTRIBUTE = /([a-z-]+)="([^"<>]*)"/giu;
/** Host with a dot or a port; no user, no white space, nothing that would end the attribute. */
const ADDRESS = /^https?:\/\/[^\s/?#"<>@\\]+(?:[/?#][^\s"<>\\]*)?$/iu;
const HTTPS = /^https:/iu;
const APPID = /^wx[0-9a-f]{16}$/u;
const PATH = /^[^\s"<>]+$/u;
/** Link code that is not a link: the customer would read it as it stands. */
const LEFT_OVER = /<a\s[^<]*href|<\/a\s*>/iu;

/** The text cut into plain parts and links, in order; the parts' `raw` joined are the text. */
export function parseText(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ANCHOR)) {
    const [raw, attributes = '', words = ''] = match;
    const target = readTarget(attributes);
    if (target === null || words.trim() === '') continue;
    if (match.index > at) parts.push({ kind: 'text', raw: text.slice(at, match.index) });
    parts.push({ kind: 'link', raw, link: { words, target } });
    at = match.index + raw.length;
  }
  if (at < text.length) parts.push({ kind: 'text', raw: text.slice(at) });
  return parts;
}

function readTarget(attributes: string): LinkTarget | null {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE))
    values.set(name.toLowerCase(), value);
  const url = values.get('href') ?? '';
  if (!ADDRESS.test(url)) return null;
  const appId = values.get('data-miniprogram-appid');
  if (appId === undefined) return { kind: 'page', url };
  const path = values.get('data-miniprogram-path') ?? '';
  return APPID.test(appId) && PATH.test(path) ? { kind: 'miniprogram', appId, path, url } : null;
}

/** What must be mended before `linkMarkup` makes a link that WeChat draws; empty when nothing. */
export function linkProblems({ words, target }: TextLink): readonly LinkProblem[] {
  const problems: LinkProblem[] = [];
  if (words.trim() === '') problems.push('words-empty');
  else if (/[<>\n\r]/u.test(words)) problems.push('words-markup');
  if (!HTTPS.test(target.url) || !ADDRESS.test(target.url)) problems.push('address');
  if (target.kind === 'miniprogram') {
    if (!APPID.test(target.appId)) problems.push('appid');
    if (!PATH.test(target.path)) problems.push('path');
  }
  return problems;
}

/** The markup of a link. @throws RangeError when `linkProblems` has something to say */
export function linkMarkup(link: TextLink): string {
  if (linkProblems(link).length > 0) throw new RangeError('not a link that WeChat draws');
  const { words, target } = link;
  const program =
    target.kind === 'miniprogram'
      ? ` data-miniprogram-appid="${target.appId}" data-miniprogram-path="${target.path}"`
      : '';
  return `<a href="${target.url}"${program}>${words}</a>`;
}

/** Whether the text holds link code that WeChat would show as code. */
export function hasBrokenLink(text: string): boolean {
  return parseText(text).some((part) => part.kind === 'text' && LEFT_OVER.test(part.raw));
}

/** The text as a customer reads it: a link is its words. */
export function readableText(text: string): string {
  return parseText(text)
    .map((part) => (part.kind === 'text' ? part.raw : part.link.words))
    .join('');
}
