/** The slash that calls the quick replies, in the text of the composer. */

/** What a query may hold at most, in UTF-16 units: longer is no name any more. */
const MAX_QUERY = 24;

export interface SlashQuery {
  /** Where the slash stands. */
  readonly from: number;
  /** The caret, behind the query. */
  readonly to: number;
  readonly query: string;
}

/**
 * What is being asked for at the caret: a slash at the start of the text or after white space, and what follows up to the
 * caret without a space. A full-width slash counts, and at the very start so does 、, which the slash key types in Chinese.
 */
export function slashQuery(text: string, caret: number): SlashQuery | null {
  const before = text.slice(0, caret);
  const match = /(?:^|\s)([/／])([^\s/／]*)$/u.exec(before) ?? /^(、)([^\s、]*)$/u.exec(before);
  if (!match) return null;
  const query = match[2] ?? '';
  if (query.length > MAX_QUERY) return null;
  return { from: caret - query.length - 1, to: caret, query };
}

/** The text with the call replaced by the reply; `selection` is what to select, or where to put the caret. */
export function replaceSlash(
  text: string,
  call: Pick<SlashQuery, 'from' | 'to'>,
  reply: {
    readonly text: string;
    readonly firstBlank: { readonly start: number; readonly end: number } | null;
  },
): { readonly text: string; readonly selection: { readonly start: number; readonly end: number } } {
  const end = call.from + reply.text.length;
  const { firstBlank } = reply;
  return {
    text: text.slice(0, call.from) + reply.text + text.slice(call.to),
    selection: firstBlank
      ? { start: call.from + firstBlank.start, end: call.from + firstBlank.end }
      : { start: end, end },
  };
}
