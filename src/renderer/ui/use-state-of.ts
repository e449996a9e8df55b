import { useCallback, useState } from 'react';

/**
 * State that belongs to the thing named `of` on a part of the page that stays when another thing takes its place: it then
 * begins anew, and a late change on behalf of the one before comes to nothing.
 */
export function useStateOf<T>(of: string, initial: T): readonly [T, (value: T) => void] {
  const [held, setHeld] = useState({ of, value: initial });
  const value = held.of === of ? held.value : initial;
  if (held.of !== of) setHeld({ of, value });
  const set = useCallback((next: T) => setHeld({ of, value: next }), [of]);
  return [value, set];
}
