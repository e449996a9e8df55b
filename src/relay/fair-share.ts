/**
 * How much each of several may keep when only `allowed` fits in all: nobody who keeps less than an equal share gives anything
 * up for those who keep more. Returns what each has too much, in the order of `held`.
 */
export function excessOf(held: readonly number[], allowed: number): number[] {
  const share = fairShare(held, allowed);
  return held.map((count) => Math.max(0, count - share));
}

/** The largest number such that together they keep at most `allowed` when nobody keeps more than it. */
function fairShare(held: readonly number[], allowed: number): number {
  let left = allowed;
  const ascending = [...held].sort((one, other) => one - other);
  for (const [index, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (count > share) return share;
    left -= count;
  }
  return Number.MAX_SAFE_INTEGER;
}
