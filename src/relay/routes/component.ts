import type { FastifyInstance } from 'fastify';
import type { componentResponse } from '#shared/relay/protocol';
import type { Component } from '../component/component';

/** GET /v1/component: whether accounts can be authorized by scanning here. */
export function componentRoute(app: FastifyInstance, component: Component): void {
  app.get('/component', async (): Promise<typeof componentResponse._output> => component.status());
}
