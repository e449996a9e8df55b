import type { FastifyInstance } from 'fastify';
import type { RouteContext } from './context';

/** Milliseconds one answer of the store serves for, so that asking often costs the disk nothing. */
const CHECK_MS = 1_000;

/** GET /healthz: 200 while a message could be stored, otherwise 503. GET /metrics: Prometheus text. */
export function healthRoutes(app: FastifyInstance, { deps, metrics }: RouteContext): void {
  let checkedAt = -Infinity;
  let latest: Promise<boolean> = Promise.resolve(false);

  const storeWorks = (): Promise<boolean> => {
    if (performance.now() - checkedAt >= CHECK_MS) {
      checkedAt = performance.now();
      latest = deps.store.check().then(
        () => true,
        (error: unknown) => {
          deps.log.error('store-check-failed', { error });
          return false;
        },
      );
    }
    return latest;
  };

  app.get('/healthz', async (_request, reply) => {
    const works = await storeWorks();
    return reply
      .code(works ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: works ? 'ok' : 'failing', store: works ? 'ok' : 'failing' });
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render()),
  );
}
