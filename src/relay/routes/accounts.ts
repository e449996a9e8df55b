import type { FastifyInstance } from 'fastify';
import { accountParams, accountRequest, type accountResponse } from '#shared/relay/protocol';
import { newAccountKey } from '../secrets/device-token';
import type { DeviceAuth } from './auth';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/** PUT and DELETE /v1/accounts/:appid: which accounts this workspace receives callbacks for. */
export function accountRoutes(
  app: FastifyInstance,
  { deps, accounts, publicOrigin }: RouteContext,
  auth: DeviceAuth,
): void {
  app.put('/accounts/:appid', async (request): Promise<typeof accountResponse._output> => {
    const { appid } = parseInput(accountParams, request.params);
    const { token } = parseInput(accountRequest, request.body);
    const { workspaceId } = auth.deviceOf(request);
    const key = await accounts.save(workspaceId, appid, token, newAccountKey());
    deps.log.info('account-saved', { appid, workspace: workspaceId });
    return { key, callbackUrl: `${publicOrigin()}/wx/${key}` };
  });

  app.delete('/accounts/:appid', async (request, reply) => {
    const { appid } = parseInput(accountParams, request.params);
    const { workspaceId } = auth.deviceOf(request);
    await accounts.remove(workspaceId, appid);
    deps.log.info('account-removed', { appid, workspace: workspaceId });
    return reply.code(204).send();
  });
}
