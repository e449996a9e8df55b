import type { CollectionSpec } from '../store/port';
import type { SealedBox } from './sealed-box';

/** A collection with sealed values in its documents, as a change of the master key walks it. */
export interface Resealable {
  readonly collection: CollectionSpec;
  /** The document `value` at `key` with everything sealed by `to`; null when it is so already. */
  reseal(value: unknown, key: string, from: SealedBox, to: SealedBox): unknown;
}

/** Opens a sealed text with either key and seals it with the new one. */
export type Reseal = (sealed: string, context: string) => string;

/**
 * The entry of a module whose documents hold values of `SealedBox.sealText`: `change` gives the document back with each of
 * them passed through `reseal`, with the context it was sealed with. The module adds the entry to `SEALED_SECRETS`
 * (`operations/sealed-secrets.ts`).
 */
export function resealable<T>(
  collection: CollectionSpec,
  change: (value: T, key: string, reseal: Reseal) => T,
): Resealable {
  return {
    collection,
    reseal(value, key, from, to) {
      let changed = false;
      const next = change(value as T, key, (sealed, context) => {
        if (opens(to, sealed, context)) return sealed;
        changed = true;
        return to.sealText(from.openText(sealed, context), context);
      });
      return changed ? next : null;
    },
  };
}

function opens(box: SealedBox, sealed: string, context: string): boolean {
  try {
    box.openText(sealed, context);
    return true;
  } catch {
    return false;
  }
}
