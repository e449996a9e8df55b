/**
 * Which rows of a chat exist on the page: from `first` to the newest. Rows are counted so that one keeps its number when
 * older ones are put before it; what came with the first page starts at 0, older ones are below it.
 */

/** Drawn when a conversation opens: about a screen. Where they do not fill it, more are drawn before it is painted. */
export const FIRST_ROWS = 12;
/** Drawn more with each step up. */
export const MORE_ROWS = 24;
/** Pixels from the top at which the next step is due. */
export const NEAR = 400;

/** The first row to draw of `count`, `prepended` of which were put before the first page. */
export function firstAtEnd(count: number, prepended: number): number {
  return Math.max(0 - prepended, count - prepended - FIRST_ROWS);
}

/** One step up from `first`; the same when nothing older is held. */
export function oneStepUp(first: number, prepended: number): number {
  return Math.max(0 - prepended, first - MORE_ROWS);
}

/** Where among `count` rows the drawing begins. */
export function firstIndex(first: number, count: number, prepended: number): number {
  return Math.min(Math.max(0, first + prepended), Math.max(0, count - FIRST_ROWS));
}

/**
 * The first row to keep while the newest is read: enough for two screens, so that a chat that runs for hours does not
 * grow. Steps are taken whole and seldom, since each moves what is on the page.
 */
export function trimmed(
  first: number,
  rows: { readonly count: number; readonly prepended: number },
  box: { readonly viewport: number; readonly content: number },
): number {
  const drawn = rows.count - rows.prepended - first;
  const perScreen = Math.ceil((box.viewport * drawn) / Math.max(1, box.content));
  const kept = Math.max(FIRST_ROWS, 2 * perScreen);
  return drawn > kept + 2 * MORE_ROWS ? rows.count - rows.prepended - kept : first;
}
