import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import {
  accountParams,
  accountRequest,
  type accountResponse,
  type accountsResponse,
} from '#shared/relay/protocol';
import type { DeviceAuth } from './auth';
import type { RouteContext } from './context';
import { parseInput } from './parse';

/** GET /v1/accounts, PUT and DELETE /v1/accounts/:appid: which accounts this workspace receives callbacks for. */
export function accountRoutes(
  app: FastifyInstance,
  { deps, accounts, component, rules, publicOrigin }: RouteContext,
  auth: DeviceAuth,
): void {
  const callbackUrl = (key: string): string => `${publicOrigin()}/wx/${key}`;

  app.get('/accounts', async (request): Promise<typeof accountsResponse._output> => {
    const { workspaceId } = auth.deviceOf(request);
    const [records, versions] = await Promise.all([accounts.list(workspaceId), rules.versions(workspaceId)]);
    const views = records.map(async ({ appid, mode, key }) => ({
      appid,
      mode,
      callbackUrl: mode === 'component' ? null : callbackUrl(key),
      rulesVersion: versions.get(appid) ?? null,
      authorized: mode !== 'component' || (await component.isAuthorized(appid)),
    }));
    return { accounts: await Promise.all(views) };
  });

  app.put('/accounts/:appid', async (request): Promise<typeof accountResponse._output> => {
    const { appid } = parseInput(accountParams, request.params);
    const change = parseInput(accountRequest, request.body);
    const { workspaceId } = auth.deviceOf(request);
    const key = await accounts.save(workspaceId, appid, change);
    deps.log.info('account-saved', { appid, workspace: workspaceId, mode: change.mode });
    return { key, callbackUrl: callbackUrl(key) };
  });

  app.delete('/accounts/:appid', async (request, reply) => {
    const { appid } = parseInput(accountParams, request.params);
    const { workspaceId } = auth.deviceOf(request);
    await rules.remove({ workspaceId, appid });
    if (!(await accounts.remove(workspaceId, appid))) throw new AppError({ code: 'relay/unknown-account' });
    await component.forget(appid);
    deps.log.info('account-removed', { appid, workspace: workspaceId });
    return reply.code(204).send();
  });
}
