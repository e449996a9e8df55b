import type { Socket } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { RelayHarness, type DeviceClient } from './relay-harness';

export interface BoundRelay {
  readonly relay: RelayHarness;
  /** Of the only workspace. */
  readonly device: DeviceClient;
  readonly callbackUrl: string;
  /** Connections that are broken off after the test. */
  readonly sockets: Socket[];
}

/** Gives each test of the file a relay with one device and one account, as properties that may be read inside of a test. */
export function useBoundRelay(): BoundRelay {
  let present: BoundRelay | null = null;
  beforeEach(async () => {
    const relay = await RelayHarness.start();
    const device = await relay.pair();
    const { callbackUrl } = await device.bind();
    present = { relay, device, callbackUrl, sockets: [] };
  });
  afterEach(async () => {
    for (const socket of present?.sockets ?? []) socket.destroy();
    await present?.relay.stop();
    present = null;
  });
  const now = (): BoundRelay => {
    if (present === null) throw new RangeError('the relay runs inside of a test only');
    return present;
  };
  return {
    get relay() {
      return now().relay;
    },
    get device() {
      return now().device;
    },
    get callbackUrl() {
      return now().callbackUrl;
    },
    get sockets() {
      return now().sockets;
    },
  };
}
