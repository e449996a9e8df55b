/**
 * In the text field a link stands as ⟦words⟧, not as the code that WeChat is sent: people read and edit words. The address
 * waits beside the text and is put back when the text leaves the field.
 */
import type { TextLink } from '#shared/domain/text-links';
import { linkMarkup, linkProblems, parseText } from '#shared/domain/text-links';

const OPEN = '⟦';
const CLOSE = '⟧';
const TOKEN = /⟦([^⟦⟧\n]+)⟧/gu;
const STRAY = /[⟦⟧]/gu;

export interface WithLinks {
  /** As in the field. */
  readonly text: string;
  readonly links: readonly TextLink[];
}

export function tokenOf(words: string): string {
  return `${OPEN}${words}${CLOSE}`;
}

/** The links together; of two with the same words the later one counts. */
export function addLink(links: readonly TextLink[], link: TextLink): readonly TextLink[] {
  return [...links.filter((held) => held.words !== link.words), link];
}

/** A message's text as the field shows it. A link of no use to the field, such as one without https, stays code. */
export function toField(raw: string): WithLinks {
  let links: readonly TextLink[] = [];
  const text = parseText(raw)
    .map((part) => {
      if (part.kind === 'text') return part.raw;
      const { link } = part;
      const taken = links.find((held) => held.words === link.words);
      const usable = !STRAY_TEST.test(link.words) && linkProblems(link).length === 0;
      if (!usable || (taken && linkMarkup(taken) !== part.raw) || linkMarkup(link) !== part.raw)
        return part.raw;
      links = addLink(links, link);
      return tokenOf(link.words);
    })
    .join('');
  return { text, links };
}

const STRAY_TEST = /[⟦⟧]/u;

/** What is sent: tokens become links; what is left of a token that was edited apart is plain words. */
export function toMessage({ text, links }: WithLinks): string {
  return cut(text, links)
    .map((part) => (part.link ? linkMarkup(part.link) : part.text.replace(STRAY, '')))
    .join('');
}

export interface FieldPart {
  readonly text: string;
  readonly link: TextLink | null;
}

/** The field's text cut into plain parts and tokens, in order; joined they are the text. */
export function cut(text: string, links: readonly TextLink[]): readonly FieldPart[] {
  const parts: FieldPart[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const link = links.find((held) => held.words === match[1]);
    if (!link) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index), link: null });
    parts.push({ text: match[0], link });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), link: null });
  return parts;
}
