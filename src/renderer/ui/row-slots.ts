/** Which elements stand for which rows of a list that draws only the rows near the screen. */

/** The number of the element that draws a row, by the row's name. */
export type RowSlots = ReadonlyMap<string, number>;

export const NO_SLOTS: RowSlots = new Map();

/**
 * Elements for the rows that are drawn now. A row keeps its element wherever it moves: what a pointer was aimed at never
 * becomes somebody else under it. A row that comes in takes the element of one that left, which is cheaper than a new one
 * in every frame of a scroll.
 *
 * @param names the rows' names, each once
 * @returns `before` itself when the same rows are drawn
 */
export function slotsFor(before: RowSlots, names: readonly string[]): RowSlots {
  const staying = names.filter((name) => before.has(name));
  if (staying.length === names.length && before.size === names.length) return before;
  const used = new Set(staying.map((name) => before.get(name)));
  const slots = new Map<string, number>();
  let free = 0;
  for (const name of names) {
    const own = before.get(name);
    if (own !== undefined) {
      slots.set(name, own);
      continue;
    }
    while (used.has(free)) free += 1;
    slots.set(name, free);
    free += 1;
  }
  return slots;
}
