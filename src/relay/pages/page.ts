import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

export type PageLanguage = 'zh' | 'en';

/** What a page says, in both languages of the product. */
export interface PageText {
  readonly title: string;
  readonly lines: readonly string[];
  /** One thing to do next; https or a path of this relay. */
  readonly action?: { readonly label: string; readonly href: string };
}

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText;',
  'font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}',
  'main{box-sizing:border-box;max-width:34rem;padding:2rem 1.5rem}',
  'h1{font-size:1.375rem;line-height:1.3;margin:0 0 1rem}',
  'p{margin:0 0 .75rem}',
  'a{display:inline-block;margin-top:.75rem;padding:.625rem 1.25rem;border-radius:6px;',
  'background:#07733d;color:#fff;text-decoration:none}',
  'a:focus-visible{outline:3px solid Highlight;outline-offset:2px}',
].join('');
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing of any other host, no script, no frame, no form. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The language a browser asks for: Chinese unless it prefers English, since the product's customers are at WeChat. */
export function pageLanguage(acceptLanguage: string | undefined): PageLanguage {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'))
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.tag.startsWith('en') === true ? 'en' : 'zh';
}

/** Answers with a plain page that loads nothing, in the language the browser asks for. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  language: PageLanguage,
  text: PageText,
): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      vary: 'Accept-Language',
      // WeChat's authorization page asks which host one comes from, and needs no more than that.
      'referrer-policy': 'origin',
    })
    .send(renderPage(language, text));
}

function renderPage(language: PageLanguage, { title, lines, action }: PageText): string {
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(action === undefined ? [] : [`<a href="${escapeHtml(action.href)}">${escapeHtml(action.label)}</a>`]),
  ];
  return [
    `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>`,
    ...body,
    '</main></body></html>',
  ].join('');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
