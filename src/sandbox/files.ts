import type { FastifyInstance } from 'fastify';
import { encodePng } from './media/png';
import { drawPicture } from './media/picture';
import type { Media } from './state/media';
import type { World } from './state/world';

/** What WeChat's own file hosts would serve: the pictures of messages, videos, and workers' portraits. */
export function serveFiles(app: FastifyInstance, world: World): void {
  const find = (id: string): Media | null => {
    for (const account of world.accounts()) {
      const media = account.media.get(id, world.clock.now());
      if (media !== null) return media;
    }
    return null;
  };
  app.get<{ Params: { id: string } }>('/mmbiz/image/:id/0', (request, reply) => {
    const media = find(request.params.id);
    if (media === null) return reply.code(404).send();
    return reply.header('content-type', media.contentType).send(media.bytes());
  });
  app.get<{ Params: { id: string } }>('/mmbiz/video/:id', (request, reply) => {
    const media = find(request.params.id);
    if (media?.kind !== 'video') return reply.code(404).send();
    return reply.header('content-type', media.contentType).send(media.bytes());
  });
  app.get<{ Params: { id: string } }>('/mmbiz/kf/:id/0', (request, reply) =>
    reply.header('content-type', 'image/png').send(encodePng(drawPicture(`kf/${request.params.id}`, 64, 64))),
  );
}
