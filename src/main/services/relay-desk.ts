import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Output } from '#shared/ipc/contract';
import type { Invitation, OwnerNotice, PairedRelay } from '#shared/ipc/relay-models';
import type { Database } from '../db/port/database';
import type { OpenNotice } from '../db/port/notices';
import type { RelayApi, RelayLink } from '../relay/port';
import type { SecretStore } from '../secrets/port';
import type { Publish } from './ports';
import { storedLink } from './relay-links';

/** What the owner can see and do of the relays: who is paired with them, and what they report. */
export interface RelayDeskService {
  relays(): Promise<PairedRelay[]>;
  devices(linkId: string): Promise<Output<'relay.devices'>>;
  /** @throws AppError `relay/unknown-device` */
  revokeDevice(linkId: string, id: string): Promise<void>;
  invite(linkId: string): Promise<Invitation>;
  notices(): Promise<OwnerNotice[]>;
  dismissNotice(id: number): Promise<void>;
}

export interface RelayDeskDeps {
  readonly db: Pick<Database, 'notices' | 'accounts'>;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly relay: Pick<RelayApi, 'devices' | 'revokeDevice' | 'invite'>;
  readonly secrets: SecretStore;
  /** How this computer is called in the relays' lists of devices. */
  readonly deviceName: string;
}

const NOTICES_READ = 200;

export function createRelayDeskService(deps: RelayDeskDeps): RelayDeskService {
  const { db, clock, publish, relay } = deps;

  /** @throws AppError `relay/unauthorized` when the pairing is gone */
  async function linkOf(linkId: string): Promise<RelayLink> {
    const link = await storedLink(deps, linkId);
    if (link === null) throw new AppError({ code: 'relay/unauthorized' });
    return link;
  }

  return {
    async relays() {
      const [links, records] = await Promise.all([db.accounts.links(), db.accounts.list()]);
      return links.map(({ id, url }) => ({
        linkId: id,
        url,
        appids: records
          .filter(({ linkId, status }) => linkId === id && status === 'bound')
          .map(({ appid }) => appid),
      }));
    },
    devices: async (linkId) => [...(await relay.devices(await linkOf(linkId)))],
    revokeDevice: async (linkId, id) => relay.revokeDevice(await linkOf(linkId), id),
    invite: async (linkId) => relay.invite(await linkOf(linkId)),
    async notices() {
      const [open, links] = await Promise.all([
        db.notices.open(['unread-expiring', 'unread-removed'], NOTICES_READ),
        db.accounts.links(),
      ]);
      const hosts = new Map(links.map(({ id, url }) => [id, new URL(url).host]));
      return current(open, clock.now(), deps.deviceName).flatMap((one) => toOwner(one, hosts));
    },
    async dismissNotice(id) {
      await db.notices.dismiss(id);
      publish('relay.noticesChanged', {});
    },
  };
}

/** The newest of each kind about each device; a warning holds until its day, or until the removal itself is reported. */
function current(open: readonly OpenNotice[], now: number, ownName: string): readonly OpenNotice[] {
  const seen = new Set<string>();
  return open.filter(({ linkId, notice }) => {
    if (!('device' in notice)) return false;
    const about = JSON.stringify([linkId, notice.device]);
    const key = `${about} ${notice.type}`;
    const isOld = seen.has(key) || (notice.type === 'unread-expiring' && seen.has(`${about} unread-removed`));
    seen.add(key);
    if (isOld || notice.type === 'unread-removed') return !isOld;
    // Whoever reads a warning about itself has just fetched everything it warns of.
    return notice.removeAt > now && notice.device !== ownName;
  });
}

function toOwner({ id, linkId, at, notice }: OpenNotice, hosts: ReadonlyMap<string, string>): OwnerNotice[] {
  const relay = hosts.get(linkId);
  if (relay === undefined) return [];
  switch (notice.type) {
    case 'unread-expiring': {
      const { type, device, count, removeAt, reason } = notice;
      return [{ id, at, relay, type, device, count, removeAt, reason }];
    }
    case 'unread-removed': {
      const { type, device, count } = notice;
      return [{ id, at, relay, type, device, count, removeAt: null, reason: null }];
    }
    default:
      return [];
  }
}
