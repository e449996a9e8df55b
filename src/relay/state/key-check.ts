import { AppError } from '#shared/app-error';
import { sameBytes } from '../secrets/same-bytes';
import { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { Documents } from './documents';

/** Where the store remembers which master key sealed its secrets. */
export const KEY_DOCUMENT = { collection: { name: 'settings', lifetime: null }, key: 'master-key' } as const;

interface StoredKey {
  /** Hexadecimal digits, as every fingerprint here. */
  readonly fingerprint: string;
  /** The key that is taking its place: secrets are sealed with either one until that is finished. */
  readonly next?: string;
}

/**
 * Makes sure that every secret of the store can be opened with the keys at hand; a new store takes the first one.
 * @throws AppError `relay/wrong-master-key`; `relay/rotating-keys` when a change of keys was begun and one of the two is missing
 */
export async function checkMasterKey(store: RelayStore, box: SealedBox): Promise<void> {
  const settings = documents(store);
  await settings.create(KEY_DOCUMENT.key, { fingerprint: box.fingerprint.toString('hex') });
  const stored = await settings.get(KEY_DOCUMENT.key);
  if (stored === null) throw new AppError({ code: 'relay/wrong-master-key' });
  compare(stored.value, box);
}

/** As `checkMasterKey`, but changes nothing: a store that has no key yet is left without one. */
export async function compareMasterKey(store: RelayStore, box: SealedBox): Promise<void> {
  const stored = await documents(store).get(KEY_DOCUMENT.key);
  if (stored !== null) compare(stored.value, box);
}

function compare({ fingerprint, next }: StoredKey, box: SealedBox): void {
  const knowsFirst = box.knows(bytes(fingerprint));
  if (next === undefined) {
    if (!knowsFirst) throw new AppError({ code: 'relay/wrong-master-key' });
    return;
  }
  const knowsNext = box.knows(bytes(next));
  if (knowsFirst && knowsNext) return;
  throw new AppError({ code: knowsFirst || knowsNext ? 'relay/rotating-keys' : 'relay/wrong-master-key' });
}

export interface KeyChoice {
  readonly masterKey: Buffer;
  readonly otherMasterKey?: Buffer;
}

/**
 * Which of two keys seals: the present one until `beginRotation`, the next one from then on. A relay that starts with both
 * so never seals with a key that another relay has not been given.
 */
export async function chooseMasterKey(
  store: RelayStore,
  current: Buffer,
  next: Buffer | null,
): Promise<KeyChoice> {
  if (next === null) return { masterKey: current };
  const stored = await documents(store).get(KEY_DOCUMENT.key);
  const fingerprint = new SealedBox(next).fingerprint;
  const isBegun =
    stored !== null &&
    [stored.value.fingerprint, stored.value.next].some(
      (known) => known !== undefined && sameBytes(bytes(known), fingerprint),
    );
  return isBegun
    ? { masterKey: next, otherMasterKey: current }
    : { masterKey: current, otherMasterKey: next };
}

/**
 * Notes durably that secrets may be sealed with either key from now on. Can be repeated; after `finishRotation` it changes
 * nothing.
 * @throws AppError `relay/wrong-master-key`; `relay/rotating-keys` when a change to a third key was begun
 */
export async function beginRotation(store: RelayStore, from: SealedBox, to: SealedBox): Promise<void> {
  await documents(store).change(KEY_DOCUMENT.key, (stored) => {
    const next = to.fingerprint.toString('hex');
    if (stored === null) return { fingerprint: next };
    if (stored.next !== undefined && stored.next !== next)
      throw new AppError({ code: 'relay/rotating-keys' });
    if (sameBytes(bytes(stored.fingerprint), from.fingerprint)) return { ...stored, next };
    if (stored.next === undefined && stored.fingerprint === next) return null;
    throw new AppError({ code: 'relay/wrong-master-key' });
  });
}

/** Notes durably that no secret is sealed with the old key any more. Can be repeated. */
export async function finishRotation(store: RelayStore, to: SealedBox): Promise<void> {
  const fingerprint = to.fingerprint.toString('hex');
  await documents(store).change(KEY_DOCUMENT.key, (stored) =>
    stored?.next === fingerprint ? { fingerprint } : null,
  );
}

function documents(store: RelayStore): Documents<StoredKey> {
  return new Documents<StoredKey>(store, KEY_DOCUMENT.collection);
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}
