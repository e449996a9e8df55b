import type { Clock } from '#shared/domain/clock';
import { Pairing } from '../state/pairing';
import { Workspaces } from '../state/workspaces';
import type { RelayStore } from '../store/port';

/**
 * A new pairing code, good for one device within 15 minutes. `workspaceName` null is the first workspace; a name that is
 * not known yet makes a new one.
 */
export async function invite(store: RelayStore, clock: Clock, workspaceName: string | null): Promise<string> {
  const workspaceId = await new Workspaces(store).named(workspaceName);
  const { code } = await new Pairing(store).invite(workspaceId, clock.now());
  return code;
}
