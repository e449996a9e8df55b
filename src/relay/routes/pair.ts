import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import { pairRequest, type pairResponse } from '#shared/relay/protocol';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/** POST /v1/pair: a pairing code for a device token. The only address under /v1 that needs no token. */
export function pairRoute(
  app: FastifyInstance,
  { deps, limits, metrics, pairing, devices }: RouteContext,
): void {
  const rateLimit = { max: limits.pairAttempts, timeWindow: 60_000 };
  app.post('/v1/pair', { config: { rateLimit } }, async (request): Promise<typeof pairResponse._output> => {
    const { code, name } = parseInput(pairRequest, request.body);
    const now = deps.clock.now();
    const workspaceId = await pairing.redeem(code, now);
    if (workspaceId === null) {
      metrics.pairings.add({ outcome: 'refused' });
      deps.log.warn('pairing-refused', { address: request.ip });
      throw new AppError({ code: 'relay/wrong-code' });
    }
    const { device, deviceToken } = await devices.add(workspaceId, name, now);
    metrics.pairings.add({ outcome: 'paired' });
    deps.log.info('device-paired', { device: device.id, workspace: workspaceId });
    return { deviceToken };
  });
}
