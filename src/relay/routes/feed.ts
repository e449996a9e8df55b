import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { feedQuery, type FeedItem, type feedResponse } from '#shared/relay/protocol';
import type { RelayLimits } from '../deps';
import { answerFor, toAppError } from '../errors';
import type { FeedHub, Waiter } from '../feed-hub';
import type { RelayMetrics } from '../metrics';
import type { Device } from '../state/devices';
import type { FeedPage, FeedWindow, MessageLog, StoredItem, WorkspaceId } from '../store/port';
import { parseInput } from './parse';

/** What a device is given of an item's contents. */
export type Presented = Pick<FeedItem, 'encrypted' | 'body'>;

export interface FeedHandlerDeps {
  readonly messages: Pick<MessageLog, 'readFeed'>;
  readonly hub: FeedHub;
  readonly metrics: RelayMetrics;
  readonly log: Logger;
  readonly limits: Pick<RelayLimits, 'feedBytes' | 'deviceRequests'>;
  /** The paired device of an Authorization header; null when it names none. */
  readonly identify: (authorization: string | undefined) => Promise<Device | null>;
  /** Notes that the device has everything up to an item. */
  readonly acknowledge: (device: Device, seq: number) => Promise<void>;
  /** Opens, at delivery, what the device could not open itself. A rejection refuses the whole page. */
  readonly present: (item: StoredItem) => Presented | Promise<Presented>;
  /** Whether the server has stopped listening, so that connections must not stay open for further requests. */
  readonly isClosing: () => boolean;
}

/** Whether a request is for the handler below. */
export function isFeedRequest({ method, url = '' }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    url.startsWith(FEED_PATH) &&
    (url.length === FEED_PATH.length || url[FEED_PATH.length] === '?')
  );
}

const FEED_PATH = '/v1/feed';

/**
 * GET /v1/feed, a long poll over the items of the device's workspace, which also acknowledges those before. It stands before
 * the web framework, whose objects for one request would make up most of what a waiting device costs.
 */
export function createFeedHandler(
  deps: FeedHandlerDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  const rate = new DeviceRate(deps.limits.deviceRequests);
  const begin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const device = await deps.identify(request.headers.authorization);
    if (device === null) throw new AppError({ code: 'relay/unauthorized' });
    rate.admit(device.id);
    const { after, acked, wait, limit } = parseInput(feedQuery, queryOf(request.url ?? ''));
    // Nothing of the request is needed any more, and it lives as long as the poll waits.
    request.rawHeaders = [];
    request.headers = {};
    if (acked !== undefined) await deps.acknowledge(device, acked);
    if (response.destroyed) return;
    new Poll(deps, response, device, { after, limit, deadline: performance.now() + wait * 1000 }).start();
  };
  return (request, response) => {
    begin(request, response).catch((error: unknown) => {
      refuse(deps, response, error);
    });
  };
}

interface Asked {
  readonly after: number;
  readonly limit: number;
  readonly deadline: number;
}

/** One request from its authentication to its answer. Between two looks it is nothing but this object and its response. */
class Poll implements Waiter {
  private looking = false;
  private woken = false;
  private over = false;
  /** The cursor that an empty answer gives back. */
  private next = 0;

  constructor(
    private readonly deps: FeedHandlerDeps,
    private readonly response: ServerResponse,
    private readonly device: Device,
    private readonly asked: Asked,
  ) {}

  get deviceId(): string {
    return this.device.id;
  }

  get workspaceId(): WorkspaceId {
    return this.device.workspaceId;
  }

  get deadline(): number {
    return this.asked.deadline;
  }

  start(): void {
    // A poll whose client has gone must not wait on, and must not fetch messages for nobody.
    this.response.once('close', () => {
      this.over = true;
      this.deps.hub.leave(this);
    });
    this.looking = true;
    this.deps.hub.join(this);
    this.look();
  }

  wake(): void {
    this.woken = true;
    if (!this.looking) this.look();
  }

  end(): void {
    this.over = true;
    // Without another look: the device may have been locked out.
    if (!this.looking) send(this.deps, this.response, 200, { items: [], next: this.next });
  }

  private look(): void {
    this.looking = true;
    this.answerOrWait().catch((error: unknown) => {
      this.deps.hub.leave(this);
      refuse(this.deps, this.response, error);
    });
  }

  private async answerOrWait(): Promise<void> {
    const { messages, hub, limits } = this.deps;
    const window: FeedWindow = { limit: this.asked.limit, maxBytes: limits.feedBytes };
    for (;;) {
      this.woken = false;
      const page = await messages.readFeed(this.workspaceId, this.asked.after, window);
      if (this.response.destroyed) return;
      if (page.items.length > 0 || this.over || this.asked.deadline <= performance.now()) {
        hub.leave(this);
        await this.answer(page);
        return;
      }
      this.next = page.next;
      if (!this.woken) break;
    }
    this.looking = false;
  }

  private async answer({ items, next }: FeedPage): Promise<void> {
    const { metrics, present } = this.deps;
    const result: typeof feedResponse._output = {
      items: await Promise.all(items.map(async (item) => toItem(item, await present(item)))),
      next,
    };
    metrics.delivered.add({}, items.length);
    send(this.deps, this.response, 200, result);
  }
}

function toItem(item: StoredItem, { encrypted, body }: Presented): FeedItem {
  return {
    seq: item.seq,
    kind: item.kind,
    appid: item.appid,
    receivedAt: item.receivedAt,
    query: Object.fromEntries(new URLSearchParams(item.query)),
    encrypted,
    body,
  };
}

/** A parameter that is given twice reads as a list, which no parameter here may be. */
function queryOf(url: string): Record<string, string | readonly string[]> {
  const mark = url.indexOf('?');
  const params = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  return Object.fromEntries(
    [...params.keys()].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function send(
  { metrics, isClosing }: FeedHandlerDeps,
  response: ServerResponse,
  status: number,
  body: unknown,
  extra: readonly string[] = [],
): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'X-Content-Type-Options',
    'nosniff',
    'Cache-Control',
    'no-store',
    'Content-Length',
    String(bytes.length),
    ...(isClosing() ? ['Connection', 'close'] : []),
    ...extra,
  ]);
  response.end(bytes);
  metrics.requests.add({ status: `${String(Math.floor(status / 100))}xx` });
}

function refuse(deps: FeedHandlerDeps, response: ServerResponse, thrown: unknown): void {
  const { code, cause } = toAppError(thrown);
  const { status, message } = answerFor(code);
  if (status >= 500) deps.log.error('request-failed', { errorCode: code, error: cause ?? thrown });
  send(
    deps,
    response,
    status,
    { error: { code, message } },
    status === 401 ? ['WWW-Authenticate', 'Bearer'] : [],
  );
}

const WINDOW_MS = 60_000;

/** Requests of each device in the present minute. */
class DeviceRate {
  private counts = new Map<string, number>();
  private since = performance.now();

  constructor(private readonly perMinute: number) {}

  /** @throws AppError `relay/too-many-attempts` */
  admit(deviceId: string): void {
    const now = performance.now();
    if (now - this.since >= WINDOW_MS) {
      this.counts = new Map();
      this.since = now;
    }
    const count = (this.counts.get(deviceId) ?? 0) + 1;
    this.counts.set(deviceId, count);
    if (count > this.perMinute) throw new AppError({ code: 'relay/too-many-attempts', retryable: true });
  }
}
