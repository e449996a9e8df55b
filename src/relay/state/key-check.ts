import { AppError } from '#shared/app-error';
import { sameBytes } from '../secrets/same-bytes';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { Documents } from './documents';

/** Where the store remembers which master key sealed its secrets. */
export const KEY_DOCUMENT = { collection: { name: 'settings', lifetime: null }, key: 'master-key' } as const;

/**
 * Makes sure that the store's secrets were sealed with this key; a new store takes it.
 * @throws AppError `relay/wrong-master-key`
 */
export async function checkMasterKey(store: RelayStore, box: SealedBox): Promise<void> {
  const settings = new Documents<{ readonly fingerprint: string }>(store, KEY_DOCUMENT.collection);
  const fingerprint = box.fingerprint.toString('hex');
  await settings.create(KEY_DOCUMENT.key, { fingerprint });
  const stored = await settings.get(KEY_DOCUMENT.key);
  if (!sameBytes(Buffer.from(stored?.value.fingerprint ?? '', 'hex'), box.fingerprint))
    throw new AppError({ code: 'relay/wrong-master-key' });
}
