import type { UnixSeconds } from '#shared/domain/clock';
import { hashPairingCode, newPairingCode, PAIRING_CODE_LIFETIME } from '../secrets/pairing-code';
import type { RelayStore, WorkspaceId } from '../store/port';
import { Documents } from './documents';

interface PairingCode {
  readonly workspaceId: WorkspaceId;
  readonly expiresAt: UnixSeconds;
}

/** Codes that each add one device to a workspace. Only their hashes are kept. */
export class Pairing {
  private readonly codes: Documents<PairingCode>;

  constructor(store: RelayStore) {
    this.codes = new Documents(store, { name: 'pairing-codes', lifetime: 3_600 });
  }

  /** A new code, good for 15 minutes. */
  async invite(
    workspaceId: WorkspaceId,
    now: UnixSeconds,
  ): Promise<{ readonly code: string; readonly expiresAt: UnixSeconds }> {
    const code = newPairingCode();
    const expiresAt = now + PAIRING_CODE_LIFETIME;
    await this.codes.create(hashPairingCode(code), { workspaceId, expiresAt });
    return { code, expiresAt };
  }

  /** Uses the code up; the workspace it belongs to, or null when no such code is live. */
  async redeem(code: string, now: UnixSeconds): Promise<WorkspaceId | null> {
    // Looked up by the hash of a 54-bit secret: how long that takes tells nothing of use about other codes.
    const found = await this.codes.get(hashPairingCode(code));
    if (found === null) return null;
    const first = await this.codes.delete(found.key, found.revision);
    return first && found.value.expiresAt > now ? found.value.workspaceId : null;
  }
}
