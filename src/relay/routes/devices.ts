import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import { deviceParams, type devicesResponse, type invitationResponse } from '#shared/relay/protocol';
import type { DeviceAuth } from './auth';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/**
 * GET /v1/devices, DELETE /v1/devices/:id and POST /v1/invitations: the devices of a workspace see each other, let another
 * one in, and lock out one that was lost.
 */
export function deviceRoutes(
  app: FastifyInstance,
  { deps, devices, pairing, hub, tunnel }: RouteContext,
  auth: DeviceAuth,
): void {
  app.get('/devices', async (request): Promise<typeof devicesResponse._output> => {
    const asking = auth.deviceOf(request);
    const records = await devices.list(asking.workspaceId);
    const views = records.map(async ({ id, name, pairedAt, lastSeenAt, acked, workspaceId }) => {
      const { count } = await deps.store.log.backlog(workspaceId, acked);
      return { id, name, current: id === asking.id, pairedAt, lastSeenAt, unread: count };
    });
    return { devices: await Promise.all(views) };
  });

  app.delete('/devices/:id', async (request, reply) => {
    const { id } = parseInput(deviceParams, request.params);
    const { workspaceId } = auth.deviceOf(request);
    const revoked = await devices.revoke(workspaceId, id);
    if (!revoked) throw new AppError({ code: 'relay/unknown-device' });
    hub.endDevice(id);
    tunnel.closeDevice(id);
    deps.log.info('device-revoked', { device: id, workspace: workspaceId });
    return reply.code(204).send();
  });

  app.post('/invitations', async (request): Promise<typeof invitationResponse._output> => {
    const { workspaceId } = auth.deviceOf(request);
    return pairing.invite(workspaceId, deps.clock.now());
  });
}
