import type { IncomingMessage } from 'node:http';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { feedQuery, type FeedItem, type feedResponse } from '#shared/relay/protocol';
import type { RelayLimits } from '../deps';
import { answerFor, toAppError } from '../errors';
import type { FeedHub, Waiter } from '../feed-hub';
import { FEED_PATH, type PollExchange, type PollRequest } from '../front/poll-exchange';
import type { RelayMetrics } from '../metrics';
import type { Device } from '../state/devices';
import type { FeedPage, FeedWindow, MessageLog, StoredItem, WorkspaceId } from '../store/port';
import { splitTarget } from '../target';
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
}

/** A request of `node:http` as a poll; null when it is none. */
export function pollOf({ method, url = '', headers }: IncomingMessage): PollRequest | null {
  const { path, query } = splitTarget(url);
  return method === 'GET' && path === FEED_PATH ? { query, authorization: headers.authorization } : null;
}

/**
 * GET /v1/feed, a long poll over the items of the device's workspace, which also acknowledges those before. It stands before
 * the web framework, whose objects for one request would make up most of what a waiting device costs.
 */
export function createFeedHandler(
  deps: FeedHandlerDeps,
): (request: PollRequest, exchange: PollExchange) => void {
  const rate = new DeviceRate(deps.limits.deviceRequests);
  const begin = async ({ query, authorization }: PollRequest, exchange: PollExchange): Promise<void> => {
    const device = await deps.identify(authorization);
    if (device === null) throw new AppError({ code: 'relay/unauthorized' });
    rate.admit(device.id);
    const { after, acked, wait, limit } = parseInput(feedQuery, parametersOf(query));
    if (acked !== undefined) await deps.acknowledge(device, acked);
    if (exchange.isOver) return;
    new Poll(deps, exchange, device, { after, limit, deadline: performance.now() + wait * 1000 }).start();
  };
  return (request, exchange) => {
    begin(request, exchange).catch((error: unknown) => {
      refuse(deps, exchange, error);
    });
  };
}

interface Asked {
  readonly after: number;
  readonly limit: number;
  readonly deadline: number;
}

/** One request from its authentication to its answer. Between two looks it is nothing but this object and its exchange. */
class Poll implements Waiter {
  private looking = false;
  private woken = false;
  private over = false;
  /** The cursor that an empty answer gives back. */
  private next = 0;

  constructor(
    private readonly deps: FeedHandlerDeps,
    private readonly exchange: PollExchange,
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
    this.exchange.onGone(() => {
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
    if (!this.looking) send(this.deps, this.exchange, 200, { items: [], next: this.next });
  }

  private look(): void {
    this.looking = true;
    this.answerOrWait().catch((error: unknown) => {
      this.deps.hub.leave(this);
      refuse(this.deps, this.exchange, error);
    });
  }

  private async answerOrWait(): Promise<void> {
    const { messages, hub, limits } = this.deps;
    const window: FeedWindow = { limit: this.asked.limit, maxBytes: limits.feedBytes };
    for (;;) {
      this.woken = false;
      const page = await messages.readFeed(this.workspaceId, this.asked.after, window);
      if (this.exchange.isOver) return;
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
    send(this.deps, this.exchange, 200, result);
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
function parametersOf(query: string): Record<string, string | readonly string[]> {
  const params = new URLSearchParams(query);
  return Object.fromEntries(
    [...params.keys()].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

const HEADERS = [
  ...['Content-Type', 'application/json; charset=utf-8'],
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Cache-Control', 'no-store'],
];

function send(
  { metrics }: FeedHandlerDeps,
  exchange: PollExchange,
  status: number,
  body: unknown,
  extra: readonly string[] = [],
): void {
  if (exchange.isOver) return;
  exchange.answer(status, [...HEADERS, ...extra], JSON.stringify(body));
  metrics.requests.add({ status: `${String(Math.floor(status / 100))}xx` });
}

function refuse(deps: FeedHandlerDeps, exchange: PollExchange, thrown: unknown): void {
  const { code, cause } = toAppError(thrown);
  const { status, message } = answerFor(code);
  if (status >= 500) deps.log.error('request-failed', { errorCode: code, error: cause ?? thrown });
  send(
    deps,
    exchange,
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
