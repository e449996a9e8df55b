import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import { pairRequest, type pairResponse } from '#shared/relay/protocol';
import { hashDeviceToken, newDeviceToken } from '../secrets/device-token';
import { hashPairingCode } from '../secrets/pairing-code';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/** POST /v1/pair: a pairing code for a device token. The only address under /v1 that needs no token. */
export function pairRoute(app: FastifyInstance, { deps, limits, metrics }: RouteContext): void {
  const rateLimit = { max: limits.pairAttempts, timeWindow: 60_000 };
  app.post('/v1/pair', { config: { rateLimit } }, async (request): Promise<typeof pairResponse._output> => {
    const { code, name } = parseInput(pairRequest, request.body);
    const deviceToken = newDeviceToken();
    const device = await deps.store.redeemPairingCode({
      codeHash: hashPairingCode(code),
      now: deps.clock.now(),
      deviceName: name,
      tokenHash: hashDeviceToken(deviceToken),
    });
    if (device === null) {
      metrics.pairings.add({ outcome: 'refused' });
      deps.log.warn('pairing-refused', { address: request.ip });
      throw new AppError({ code: 'relay/wrong-code' });
    }
    metrics.pairings.add({ outcome: 'paired' });
    deps.log.info('device-paired', { device: device.id, workspace: device.workspaceId });
    return { deviceToken };
  });
}
