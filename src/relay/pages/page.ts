import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pick, type Locale, type Localized } from '#shared/localized';

/** One plain page: a heading, paragraphs, and at most one way on. */
export interface Page {
  readonly title: Localized;
  readonly paragraphs: readonly Localized[];
  readonly list?: readonly Localized[];
  readonly link?: { readonly href: string; readonly label: Localized };
  /** Seconds after which the browser looks again. */
  readonly reloadAfter?: number;
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;background:#f5f6f7;color:#1f2329}
main{max-width:34rem;margin:12vh auto 0;padding:2rem;background:#fff;border-radius:12px}
h1{font-size:1.35rem;margin:0 0 1rem}
a{display:inline-block;margin-top:1rem;padding:.6rem 1.4rem;border-radius:8px;background:#07893f;color:#fff;text-decoration:none}
a:focus-visible{outline:3px solid #1f2329;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#17181a;color:#e8e9ea}main{background:#232427}a:focus-visible{outline-color:#e8e9ea}}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded, nothing runs, and nobody may frame the page. */
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Answers with a page in the language the browser asks for. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: Page,
): FastifyReply {
  return (
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      // WeChat is to see where its visitor comes from, and not which attempt or code it was.
      .header('referrer-policy', 'strict-origin')
      .header('cache-control', 'no-store')
      .header('vary', 'accept-language')
      .send(renderPage(page, pageLocale(request.headers['accept-language'])))
  );
}

/** The page as HTML in the visitor's language; every value in it is escaped. */
function renderPage(page: Page, locale: Locale): string {
  const say = (text: Localized): string => escape(pick(text, locale));
  const reload =
    page.reloadAfter === undefined ? '' : `<meta http-equiv="refresh" content="${String(page.reloadAfter)}">`;
  const list = page.list?.map((item) => `<li>${say(item)}</li>`).join('') ?? '';
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">${reload}`,
    `<title>${say(page.title)}</title><style>${STYLE}</style></head><body><main><h1>${say(page.title)}</h1>`,
    ...page.paragraphs.map((text) => `<p>${say(text)}</p>`),
    list === '' ? '' : `<ul>${list}</ul>`,
    page.link === undefined ? '' : `<a href="${escape(page.link.href)}">${say(page.link.label)}</a>`,
    '</main></body></html>',
  ].join('');
}

/** The first of Chinese and English that the browser asks for, by weight; Chinese when it asks for nothing. */
function pageLocale(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined || acceptLanguage.trim() === '') return 'zh-CN';
  const wanted = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/\s*;\s*q=/i);
      return { tag: tag.toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en|\*)(-|$)/.test(tag))
    .sort((a, b) => b.weight - a.weight);
  const first = wanted[0];
  if (first === undefined) return 'en';
  return first.tag.startsWith('en') ? 'en' : 'zh-CN';
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
