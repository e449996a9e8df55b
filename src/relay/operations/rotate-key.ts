import { AppError } from '#shared/app-error';
import type { Resealable } from '../secrets/resealable';
import type { SealedBox } from '../secrets/sealed-box';
import { Documents } from '../state/documents';
import { beginRotation, finishRotation } from '../state/key-check';
import type { RelayStore } from '../store/port';

/** Documents written at once: they share one sync to disk. */
const BATCH = 50;
/** Walks over everything; a second one finds what a relay wrote during the first. */
const MAX_WALKS = 20;

export interface RotationProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Seals every secret with the key of `to` instead of that of `from`, and returns how many documents it had to change.
 * Killed at any moment it leaves a store whose secrets open with one of the two keys; running it again finishes.
 * @throws AppError as `beginRotation`; `relay/same-key`; `relay/secret-unreadable` when a value opens with neither key, in
 * which case the change stays unfinished
 */
export async function rotateKey(
  store: RelayStore,
  from: SealedBox,
  to: SealedBox,
  collections: readonly Resealable[],
  onProgress: (progress: RotationProgress) => void = () => undefined,
): Promise<number> {
  if (from.fingerprint.equals(to.fingerprint)) throw new AppError({ code: 'relay/same-key' });
  await beginRotation(store, from, to);
  let changed = 0;
  for (let walk = 0; walk < MAX_WALKS; walk += 1) {
    const now = await walkAll(store, from, to, collections, onProgress);
    changed += now;
    if (now === 0) {
      await finishRotation(store, to);
      return changed;
    }
  }
  throw new AppError({ code: 'relay/rotating-keys' });
}

async function walkAll(
  store: RelayStore,
  from: SealedBox,
  to: SealedBox,
  collections: readonly Resealable[],
  onProgress: (progress: RotationProgress) => void,
): Promise<number> {
  const work = await Promise.all(
    collections.map(async (entry) => {
      const documents = new Documents<unknown>(store, entry.collection);
      const found = await documents.list();
      return found.map(({ key }) => async (): Promise<boolean> => {
        let changed = false;
        await documents.change(key, (current) => {
          const next = current === null ? null : entry.reseal(current, key, from, to);
          changed = next !== null;
          return next;
        });
        return changed;
      });
    }),
  );
  const steps = work.flat();
  let changed = 0;
  for (let start = 0; start < steps.length; start += BATCH) {
    const results = await Promise.all(steps.slice(start, start + BATCH).map((step) => step()));
    changed += results.filter(Boolean).length;
    onProgress({ done: Math.min(start + BATCH, steps.length), total: steps.length });
  }
  return changed;
}
