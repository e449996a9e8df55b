import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import { hashDeviceToken, newDeviceToken } from '../secrets/device-token';
import type { RelayStore, WorkspaceId } from '../store/port';
import { DeviceProgress } from './device-progress';
import { Documents } from './documents';

/** A paired device, as a request proves it. */
export interface Device {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
}

export interface DeviceRecord extends Device {
  readonly name: string;
  readonly pairedAt: UnixSeconds;
  /** To within a minute; null before its first request. */
  readonly lastSeenAt: UnixSeconds | null;
  /** It has everything up to this item of its workspace. */
  readonly acked: number;
}

interface StoredDevice {
  readonly name: string;
  readonly tokenHash: string;
  readonly pairedAt: UnixSeconds;
}

/** Seconds between two notes of "last seen". */
const SEEN_EVERY = 60;

/** The paired devices of all workspaces. A device token is known by its hash only. */
export class Devices {
  private readonly devices: Documents<StoredDevice>;
  private readonly tokens: Documents<{ readonly workspaceId: WorkspaceId; readonly deviceId: string }>;
  private readonly progress: DeviceProgress;

  /** @param report is told why the progress of devices could not be written; nobody else has to know */
  constructor(
    private readonly store: RelayStore,
    report: (error: unknown) => void = () => undefined,
  ) {
    this.devices = new Documents(store, { name: 'devices', lifetime: null });
    this.tokens = new Documents(store, { name: 'device-tokens', lifetime: null });
    this.progress = new DeviceProgress(store, report);
  }

  /** A new device of the workspace, with its token, which is never shown again. */
  async add(
    workspaceId: WorkspaceId,
    name: string,
    now: UnixSeconds,
  ): Promise<{ readonly device: Device; readonly deviceToken: string }> {
    const device = { id: randomBytes(8).toString('hex'), workspaceId };
    const deviceToken = newDeviceToken();
    const tokenHash = hashDeviceToken(deviceToken);
    // The token last: it is what makes the device count.
    await this.progress.create(keyOf(device));
    await this.devices.create(keyOf(device), { name, tokenHash, pairedAt: now });
    await this.tokens.create(tokenHash, { workspaceId, deviceId: device.id });
    return { device, deviceToken };
  }

  /** The device whose token has this hash. */
  async findByToken(tokenHash: string): Promise<Device | null> {
    const found = await this.tokens.get(tokenHash);
    return found === null ? null : { id: found.value.deviceId, workspaceId: found.value.workspaceId };
  }

  /** Notes that the device asked for something. */
  async seen(device: Device, now: UnixSeconds): Promise<void> {
    const key = keyOf(device);
    const progress = await this.progress.get(key);
    if (progress === null || (progress.seenAt !== null && now - progress.seenAt < SEEN_EVERY)) return;
    this.progress.advance(key, { ...progress, seenAt: now });
  }

  /** By workspace and time of pairing. */
  async list(workspaceId: WorkspaceId): Promise<readonly DeviceRecord[]> {
    const [devices, progress] = await Promise.all([
      this.devices.list(`${workspaceId}.`),
      this.progress.list(`${workspaceId}.`),
    ]);
    return devices
      .map(({ key, value }) => ({
        id: key.slice(workspaceId.length + 1),
        workspaceId,
        name: value.name,
        pairedAt: value.pairedAt,
        lastSeenAt: progress.get(key)?.seenAt ?? null,
        acked: progress.get(key)?.acked ?? 0,
      }))
      .sort((a, b) => a.pairedAt - b.pairedAt || (a.id < b.id ? -1 : 1));
  }

  /** The token stops working at once, and what the device has not read is kept for nobody. Whether there was such a device. */
  async revoke(workspaceId: WorkspaceId, deviceId: string): Promise<boolean> {
    const key = keyOf({ id: deviceId, workspaceId });
    const found = await this.devices.get(key);
    if (found === null) return false;
    await this.tokens.delete(found.value.tokenHash);
    await this.progress.delete(key);
    await this.devices.delete(key);
    return true;
  }

  /**
   * Notes that the device has everything up to `seq`; never goes back. A number that was not given out yet comes from a
   * store that was lost since, and says nothing about this one.
   * @throws AppError `relay/unauthorized` when the device was revoked meanwhile
   */
  async acknowledge(device: Device, seq: number): Promise<void> {
    const last = await this.store.log.lastSeq(device.workspaceId);
    const progress = await this.progress.get(keyOf(device));
    if (progress === null) throw new AppError({ code: 'relay/unauthorized' });
    if (seq <= last) this.progress.advance(keyOf(device), { ...progress, acked: seq });
  }

  /** Writes what is known of the devices' progress and was not written yet. */
  close(): Promise<void> {
    return this.progress.close();
  }
}

function keyOf(device: Device): string {
  return `${device.workspaceId}.${device.id}`;
}
