/** Quick replies (快捷回复): what a shop says often, kept to be said again by a few keys. */
import type { Card } from '../cards/card';

/** What one variant says. Pictures are local: the library keeps them itself, for every account. */
export type QuickReplyBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly pictureId: string }
  | Card;

export type Variant = 'zh' | 'en';
export const VARIANTS: readonly Variant[] = ['zh', 'en'];

export interface QuickReply {
  readonly id: string;
  /** The account it belongs to; null: every account. */
  readonly appid: string | null;
  readonly folderId: string | null;
  readonly name: string;
  /** What is typed behind the slash; may be empty. */
  readonly shortcut: string;
  /** At least one of the two is there. */
  readonly zh: QuickReplyBody | null;
  readonly en: QuickReplyBody | null;
}

/** A reply with what its use has left behind. */
export interface KeptQuickReply extends QuickReply {
  readonly uses: number;
  /** Unix seconds; null: never. */
  readonly lastUsedAt: number | null;
}

export interface QuickReplyFolder {
  readonly id: string;
  readonly name: string;
}

/** Replies of the whole library; more would be no quick replies any more. */
export const MAX_QUICK_REPLIES = 2_000;
export const MAX_FOLDERS = 100;
/** Characters. */
export const MAX_NAME = 40;
export const MAX_SHORTCUT = 20;

/** What a reply says in the wanted language, or in the other one when that is all there is. */
export function bodyOf(
  reply: Pick<QuickReply, Variant>,
  wanted: Variant,
): { readonly variant: Variant; readonly body: QuickReplyBody } | null {
  const other: Variant = wanted === 'zh' ? 'en' : 'zh';
  for (const variant of [wanted, other]) {
    const body = reply[variant];
    if (body !== null) return { variant, body };
  }
  return null;
}

/** The words of a reply, for searching and for one line of a list; empty for a picture. */
export function wordsOf(body: QuickReplyBody): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'image':
      return '';
    case 'menu':
      return [body.head, ...body.items.map(({ content }) => content), body.tail].filter(Boolean).join(' · ');
    case 'article':
      return body.title;
    case 'news':
    case 'music':
    case 'miniprogram':
      return body.title;
  }
}

/** The local picture of a body; null when it has none. */
export function bodyPicture(body: QuickReplyBody): string | null {
  return 'pictureId' in body && body.pictureId !== '' ? body.pictureId : null;
}

export function withPicture(body: QuickReplyBody, pictureId: string): QuickReplyBody {
  return 'pictureId' in body ? { ...body, pictureId } : body;
}
