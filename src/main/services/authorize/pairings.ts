import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { Input } from '#shared/ipc/contract';
import type { AuthorizingRelay } from '#shared/ipc/authorize-models';
import type { Database } from '../../db/port/database';
import type { RelayApi } from '../../relay/port';
import type { SecretStore } from '../../secrets/port';
import { relayOrigin } from '../bind-input';
import { storedLink } from '../relay-links';

export interface PairingsDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly relay: Pick<RelayApi, 'pair' | 'component'>;
  readonly deviceName: string;
}

/** Whether accounts can be authorized at this relay, with the reason when not. */
async function describe(
  deps: PairingsDeps,
  { id, url }: { readonly id: string; readonly url: string },
): Promise<AuthorizingRelay> {
  const answer = (error: AuthorizingRelay['error']): AuthorizingRelay => ({
    linkId: id,
    host: new URL(url).host,
    ready: error === null,
    error,
  });
  const link = await storedLink(deps, id);
  if (link === null) return answer({ code: 'relay/unauthorized' });
  try {
    const { available, ready } = await deps.relay.component(link);
    if (!available) return answer({ code: 'relay/no-component' });
    return answer(ready ? null : { code: 'relay/component-not-ready' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Relays that are older than platforms have nothing at that address.
    return answer(error.code === 'relay/not-found' ? { code: 'relay/no-component' } : error.data);
  }
}

/** Every relay that this computer is paired with; those that can authorize come first. */
export async function pairedRelays(deps: PairingsDeps): Promise<AuthorizingRelay[]> {
  const links = await deps.db.accounts.links();
  const relays = await Promise.all(links.map((link) => describe(deps, link)));
  return relays.sort((one, other) => Number(other.ready) - Number(one.ready));
}

/**
 * Spends a pairing code. The pairing takes the place of an earlier one with the same relay, whose accounts go on with it.
 * @throws AppError `relay/bad-address`, `relay/wrong-code` …
 */
export async function pairRelay(
  deps: PairingsDeps,
  { relayUrl, pairingCode }: Input<'authorize.pair'>,
): Promise<AuthorizingRelay> {
  const url = relayOrigin(relayUrl.trim());
  const { deviceToken } = await deps.relay.pair(url, pairingCode.trim(), deps.deviceName);
  const id = (await deps.db.accounts.links()).find((link) => link.url === url)?.id ?? randomUUID();
  await deps.secrets.set({ kind: 'relay-device-token', linkId: id }, deviceToken);
  await deps.db.accounts.saveLink({ id, url });
  return describe(deps, { id, url });
}
