import type { FastifyInstance } from 'fastify';
import { accountParams, leaseRequest, type leaseResponse } from '#shared/relay/protocol';
import type { Component } from '../component/component';
import type { DeviceAuth } from './auth';
import { parseInput } from './parse';

/** POST /v1/accounts/:appid/lease: the account's short-lived access token; the refresh token never leaves the relay. */
export function leaseRoute(app: FastifyInstance, component: Component, auth: DeviceAuth): void {
  app.post('/accounts/:appid/lease', async (request, reply): Promise<typeof leaseResponse._output> => {
    const { appid } = parseInput(accountParams, request.params);
    const { refused } = parseInput(leaseRequest, request.body ?? {});
    reply.header('cache-control', 'no-store');
    return component.lease(auth.deviceOf(request).workspaceId, appid, refused ?? null);
  });
}
