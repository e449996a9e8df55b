/**
 * How well words fit what was typed. Chinese has no spaces and nobody types pinyin here, so characters in their order are
 * enough (`快期` finds 快到期); Latin letters may also be the first ones of words (`nr` finds Needs reply).
 */

/** One text in one form: full-width, case and accents make no difference. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** 0 when some word of `query` is not in `text`; the higher the better. Both are folded. */
export function fitness(query: string, text: string): number {
  const words = query.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return 1;
  let sum = 0;
  for (const word of words) {
    const fit = wordFitness([...word], text);
    if (fit === 0) return 0;
    sum += fit;
  }
  return sum / words.length;
}

const WHOLE = 100;
const START = 80;
const WORD_START = 70;
const INSIDE = 60;
const SCATTERED = 30;

function wordFitness(characters: readonly string[], text: string): number {
  const word = characters.join('');
  const at = text.indexOf(word);
  if (at >= 0) {
    if (text === word) return WHOLE;
    if (at === 0) return START;
    return startsWord(text, at) ? WORD_START : INSIDE;
  }
  return scattered(characters, text);
}

/** Latin letters strewn over a sentence are in everything: they go on in a word or begin one. Others only keep their order. */
function scattered(characters: readonly string[], text: string): number {
  if (characters.length < 2) return 0;
  let from = 0;
  let gaps = 0;
  for (const character of characters) {
    const at = placeOf(character, text, from);
    if (at < 0) return 0;
    if (at > from) gaps += 1;
    from = at + character.length;
  }
  return Math.max(1, SCATTERED - gaps * 4);
}

function placeOf(character: string, text: string, from: number): number {
  let at = text.indexOf(character, from);
  while (at >= 0 && isLatin(character) && !(at === from && from > 0) && !startsWord(text, at))
    at = text.indexOf(character, at + 1);
  return at;
}

const isLatin = (character: string): boolean => /^[a-z0-9]$/.test(character);
const startsWord = (text: string, at: number): boolean =>
  at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '');
