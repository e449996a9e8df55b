import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Output } from '#shared/ipc/contract';
import type { OwnerNotice } from '#shared/ipc/relay-models';
import type { Database, OpenNotice } from '../db/port';
import type { RelayApi, RelayLink } from '../relay/port';
import type { AccountsService } from './interfaces';
import type { Publish } from './ports';

/** What the owner can see and do of the relays: who is paired with them, and what they report. */
export interface RelayDeskService {
  devices(appid: string): Promise<Output<'relay.devices'>>;
  /** @throws AppError `relay/unknown-device` */
  revokeDevice(appid: string, id: string): Promise<void>;
  invite(appid: string): Promise<Output<'relay.invite'>>;
  notices(): Promise<OwnerNotice[]>;
  dismissNotice(id: number): Promise<void>;
}

export interface RelayDeskDeps {
  readonly db: Pick<Database, 'notices' | 'accounts'>;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly relay: Pick<RelayApi, 'devices' | 'revokeDevice' | 'invite'>;
  readonly accounts: Pick<AccountsService, 'get' | 'links'>;
  /** How this computer is called in the relays' lists of devices. */
  readonly deviceName: string;
}

const NOTICES_READ = 200;

export function createRelayDeskService(deps: RelayDeskDeps): RelayDeskService {
  const { db, clock, publish, relay, accounts } = deps;

  /** @throws AppError `account/frozen` when it is not bound, `relay/unauthorized` when the pairing is gone */
  async function linkOf(appid: string): Promise<RelayLink> {
    const { status } = await accounts.get(appid);
    if (status !== 'bound') throw new AppError({ code: 'account/frozen' });
    const link = (await accounts.links()).find(({ appids }) => appids.includes(appid));
    if (link === undefined) throw new AppError({ code: 'relay/unauthorized' });
    return link;
  }

  return {
    devices: async (appid) => [...(await relay.devices(await linkOf(appid)))],
    revokeDevice: async (appid, id) => relay.revokeDevice(await linkOf(appid), id),
    invite: async (appid) => relay.invite(await linkOf(appid)),
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
