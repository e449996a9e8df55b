import type { FastifyError, FastifyInstance } from 'fastify';
import { componentRoutes, type ComponentServices } from '../component/control-routes';
import type { World } from '../state/world';
import { accountRoutes } from './account-routes';
import { ControlError } from './errors';
import { followerRoutes } from './follower-routes';
import { worldRoutes } from './world-routes';

/** Serves the control API: JSON in and out, errors as `{error: {code, message}}` with an HTTP status. */
export function serveControl(
  app: FastifyInstance,
  world: World,
  services: ComponentServices,
  apiPaths: readonly string[],
): void {
  app.setErrorHandler((error: FastifyError | ControlError, _request, reply) => {
    if (error instanceof ControlError) {
      return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
    }
    const status = error.statusCode ?? 500;
    const code = error.validation === undefined ? 'failed' : 'invalid-body';
    return reply.code(status).send({ error: { code, message: error.message } });
  });
  worldRoutes(app, world, apiPaths);
  accountRoutes(app, world);
  followerRoutes(app, world, services.stage);
  componentRoutes(app, world, services);
}
