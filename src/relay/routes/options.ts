import type { FastifyInstance } from 'fastify';
import { optionBody, optionParams } from '#shared/relay/protocol';
import type { Component } from '../component/component';
import type { DeviceAuth } from './auth';
import { parseInput } from './parse';

/** GET and PUT /v1/accounts/:appid/options/:name: settings that WeChat keeps; nothing is remembered here. */
export function optionRoutes(app: FastifyInstance, component: Component, auth: DeviceAuth): void {
  app.get('/accounts/:appid/options/:name', async (request): Promise<typeof optionBody._output> => {
    const { appid, name } = parseInput(optionParams, request.params);
    return { value: await component.option(auth.deviceOf(request).workspaceId, appid, name) };
  });

  app.put('/accounts/:appid/options/:name', async (request, reply) => {
    const { appid, name } = parseInput(optionParams, request.params);
    const { value } = parseInput(optionBody, request.body);
    await component.setOption(auth.deviceOf(request).workspaceId, appid, name, value);
    return reply.code(204).send();
  });
}
