/**
 * Saves replies: each message costs one of the few that WeChat allows, so texts that stand next to each other are put into
 * one, and a text that is too long for one is cut into as few as possible. Links are never cut.
 */
import { MAX_TEXT_BYTES, utf8Length } from './media-limits';
import { parseText } from './text-links';

/** One message in preparation; `file` stands for whatever cannot be merged. */
export type Prepared<F> =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly file: F };

const BETWEEN = '\n';

/** Consecutive texts put together as long as they fit one message; order and everything else stay. */
export function mergeTexts<F>(items: readonly Prepared<F>[], limit = MAX_TEXT_BYTES): readonly Prepared<F>[] {
  const merged: Prepared<F>[] = [];
  for (const item of items) {
    const last = merged.at(-1);
    const together = last?.kind === 'text' && item.kind === 'text' ? last.text + BETWEEN + item.text : null;
    if (together !== null && utf8Length(together) <= limit)
      merged[merged.length - 1] = { kind: 'text', text: together };
    else merged.push(item);
  }
  return merged;
}

export interface MergeOffer {
  /** Messages as prepared, and after merging. */
  readonly before: number;
  readonly after: number;
}

/** From so few replies on, a merge is offered for whatever it saves. */
const FEW = 3;

/** Whether merging is worth a word: it saves something, and replies are short or what is prepared would use them up. */
export function mergeOffer(items: readonly Prepared<unknown>[], remaining: number): MergeOffer | null {
  const before = items.length;
  const after = mergeTexts(items).length;
  if (after === before) return null;
  return remaining <= FEW || before >= remaining ? { before, after } : null;
}

/**
 * A text as few messages of at most `limit` bytes, cut at the end of a paragraph or sentence where there is one, never
 * inside a character or a link. White space around a cut goes.
 */
export function splitText(text: string, limit = MAX_TEXT_BYTES): readonly string[] {
  const pieces: string[] = [];
  let rest = atomsOf(text.trim());
  while (rest.length > 0) {
    const fitting = countFitting(rest, limit);
    const cut = fitting === rest.length ? fitting : bestCut(rest, fitting);
    const piece = rest.slice(0, cut).join('').trim();
    if (piece !== '') pieces.push(piece);
    rest = atomsOf(rest.slice(cut).join('').trimStart());
  }
  return pieces;
}

/** What may not be cut: characters (code points) and whole links. */
function atomsOf(text: string): readonly string[] {
  return parseText(text).flatMap((part) => (part.kind === 'link' ? [part.raw] : [...part.raw]));
}

/** How many atoms fit, at least one. */
function countFitting(atoms: readonly string[], limit: number): number {
  let bytes = 0;
  let count = 0;
  for (const atom of atoms) {
    bytes += utf8Length(atom);
    if (bytes > limit) break;
    count += 1;
  }
  return Math.max(1, count);
}

/** Ends of a paragraph are better than ends of a sentence, and those better than ends of a word. */
const ENDS: readonly RegExp[] = [/^\n$/u, /^[。！？!?；;…]$/u, /^[\s，,、]$/u];

/** After the last good end in the second half of what fits; else as much as fits. */
function bestCut(atoms: readonly string[], fitting: number): number {
  for (const end of ENDS) {
    for (let at = fitting; at > fitting / 2; at -= 1) if (end.test(atoms[at - 1] ?? '')) return at;
  }
  return fitting;
}
