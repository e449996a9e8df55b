/** Finds the web addresses in what people write. The result is drawn as text; only https addresses can be opened. */

type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

// Ends before white space, CJK text and full-width punctuation: in Chinese an address is often followed at once by more text.
const ADDRESS = /https?:\/\/[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}]+$/u;

/** The text cut into plain parts and https links, in order; joined again they are the text. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  const plain = (until: number): void => {
    if (until > at) parts.push({ kind: 'text', text: text.slice(at, until) });
    at = until;
  };
  for (const match of text.matchAll(ADDRESS)) {
    const shown = withoutTrailing(match[0]);
    const url = httpsUrl(shown);
    if (url === null) continue;
    plain(match.index);
    parts.push({ kind: 'link', text: shown, url });
    at = match.index + shown.length;
  }
  plain(text.length);
  return parts;
}

/** The address in canonical form, or null when it is not a complete https address without credentials. */
export function httpsUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** A full stop or bracket after an address belongs to the sentence; a bracket that the address opened is its own. */
function withoutTrailing(address: string): string {
  const trailing = TRAILING.exec(address);
  if (!trailing) return address;
  let end = trailing.index;
  for (const character of trailing[0]) {
    const body = address.slice(0, end);
    if (character === ')' && count(body, '(') > count(body, ')')) end += 1;
    else break;
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
