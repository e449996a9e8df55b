import type { FastifyRequest } from 'fastify';
import { AppError } from '#shared/app-error';
import { hashDeviceToken } from '../secrets/device-token';
import type { Device, RelayStore } from '../store/port';

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/** The devices of the requests under way, by request. */
export class DeviceAuth {
  private readonly devices = new WeakMap<FastifyRequest, Device>();

  constructor(private readonly store: RelayStore) {}

  /** @throws AppError `relay/unauthorized` unless the request carries the token of a paired device */
  async require(request: FastifyRequest): Promise<void> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new AppError({ code: 'relay/unauthorized' });
    const device = await this.store.findDevice(hashDeviceToken(token));
    if (device === null) throw new AppError({ code: 'relay/unauthorized' });
    this.devices.set(request, device);
  }

  /** The device that `require` found. */
  deviceOf(request: FastifyRequest): Device {
    const device = this.devices.get(request);
    if (device === undefined) throw new AppError({ code: 'relay/unauthorized' });
    return device;
  }
}
