import type { FastifyRequest } from 'fastify';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { hashDeviceToken } from '../secrets/device-token';
import type { Device, Devices } from '../state/devices';

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/** Who asks: the devices of the requests under way. */
export class DeviceAuth {
  private readonly found = new WeakMap<FastifyRequest, Device>();

  constructor(
    private readonly devices: Devices,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** The device whose token an Authorization (or Proxy-Authorization) header carries; null when it carries none that counts. */
  async identify(header: string | undefined): Promise<Device | null> {
    const token = BEARER.exec(header ?? '')?.[1];
    if (token === undefined) return null;
    const device = await this.devices.findByToken(hashDeviceToken(token));
    if (device === null) return null;
    // Nobody waits for "last seen", and without it the request is as good.
    this.devices.seen(device, this.clock.now()).catch((error: unknown) => {
      this.log.warn('last-seen-not-stored', { device: device.id, error });
    });
    return device;
  }

  /** @throws AppError `relay/unauthorized` unless the request carries the token of a paired device */
  async require(request: FastifyRequest): Promise<void> {
    const device = await this.identify(request.headers.authorization);
    if (device === null) throw new AppError({ code: 'relay/unauthorized' });
    this.found.set(request, device);
  }

  /** The device that `require` found. */
  deviceOf(request: FastifyRequest): Device {
    const device = this.found.get(request);
    if (device === undefined) throw new AppError({ code: 'relay/unauthorized' });
    return device;
  }
}
