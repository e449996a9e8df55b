import type { Clock } from '#shared/domain/clock';
import { newPairingCode, hashPairingCode, PAIRING_CODE_LIFETIME } from '../secrets/pairing-code';
import type { RelayStore } from '../store/port';

/**
 * A new pairing code, good for one device within 15 minutes. `workspaceName` null is the first workspace; a name that is
 * not known yet makes a new one.
 */
export async function invite(store: RelayStore, clock: Clock, workspaceName: string | null): Promise<string> {
  const code = newPairingCode();
  const now = clock.now();
  await store.addPairingCode({
    codeHash: hashPairingCode(code),
    workspaceName,
    createdAt: now,
    expiresAt: now + PAIRING_CODE_LIFETIME,
  });
  return code;
}
