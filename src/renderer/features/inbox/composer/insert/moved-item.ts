/** The list with the item of this id at another place; the place is kept inside of the list. */
export function movedItem<T extends { readonly id: string }>(
  items: readonly T[],
  id: string,
  to: number,
): readonly T[] {
  const item = items.find((one) => one.id === id);
  if (!item) return items;
  const others = items.filter((one) => one.id !== id);
  const place = Math.max(0, Math.min(others.length, to));
  return others.toSpliced(place, 0, item);
}
