import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  ackRequest,
  feedQuery,
  type ackResponse,
  type FeedItem,
  type feedResponse,
} from '#shared/relay/protocol';
import type { Waiter } from '../feed-hub';
import type { FeedPage, StoredItem, WorkspaceId } from '../store/port';
import type { DeviceAuth } from './auth';
import type { RouteContext } from './context';
import { parseInput } from './parse';

type Query = typeof feedQuery._output;

/** GET /v1/feed, a long poll over the messages of the device's workspace, and POST /v1/ack. */
export function feedRoutes(app: FastifyInstance, context: RouteContext, auth: DeviceAuth): void {
  const { devices, hub, metrics } = context;

  app.get('/feed', async (request, reply): Promise<typeof feedResponse._output> => {
    const query = parseInput(feedQuery, request.query);
    const device = auth.deviceOf(request);
    const waiter = hub.join(device.id, device.workspaceId);
    endWhenGone(reply, waiter);
    try {
      const page = await readOrWait(context, device.workspaceId, query, waiter);
      metrics.delivered.add({}, page.items.length);
      return { items: page.items.map(toItem), next: page.next };
    } finally {
      waiter.end();
    }
  });

  app.post('/ack', async (request): Promise<typeof ackResponse._output> => {
    const { seq } = parseInput(ackRequest, request.body);
    return { acked: await devices.acknowledge(auth.deviceOf(request), seq) };
  });
}

async function readOrWait(
  { deps, limits }: RouteContext,
  workspaceId: WorkspaceId,
  query: Query,
  waiter: Waiter,
): Promise<FeedPage> {
  const window = { limit: query.limit, maxBytes: limits.feedBytes };
  const deadline = performance.now() + query.wait * 1000;
  for (;;) {
    const page = await deps.store.log.readFeed(workspaceId, query.after, window);
    const rest = deadline - performance.now();
    if (page.items.length > 0 || rest <= 0) return page;
    if ((await waiter.next(rest)) === 'ended') return page;
  }
}

/** A poll whose client has gone must not wait on, and must not fetch messages for nobody. */
function endWhenGone(reply: FastifyReply, waiter: Waiter): void {
  reply.raw.once('close', () => {
    waiter.end();
  });
}

function toItem(item: StoredItem): FeedItem {
  return {
    seq: item.seq,
    kind: item.kind,
    appid: item.appid,
    receivedAt: item.receivedAt,
    query: Object.fromEntries(new URLSearchParams(item.query)),
    encrypted: item.kind !== 'notice',
    body: item.body.toString('utf8'),
  };
}
