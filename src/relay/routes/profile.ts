import type { FastifyInstance } from 'fastify';
import { accountParams, type profileResponse } from '#shared/relay/protocol';
import type { Component } from '../component/component';
import type { DeviceAuth } from './auth';
import { parseInput } from './parse';

/** GET /v1/accounts/:appid/profile: an authorized account as WeChat describes it now. */
export function profileRoute(app: FastifyInstance, component: Component, auth: DeviceAuth): void {
  app.get('/accounts/:appid/profile', async (request): Promise<typeof profileResponse._output> => {
    const { appid } = parseInput(accountParams, request.params);
    return component.profile(auth.deviceOf(request).workspaceId, appid);
  });
}
