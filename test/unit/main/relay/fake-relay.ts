import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedItem } from '#shared/relay/protocol';

/** The feed side of a relay over a real socket, with the misbehaviour that a test asks for. */
export interface FakeRelay {
  readonly url: string;
  /** What polls have acknowledged, without repetitions. */
  readonly acks: readonly number[];
  readonly polls: readonly { readonly after: number; readonly wait: number }[];
  /** Makes items with the next sequence numbers and hands them to whoever waits. */
  push(count: number): void;
  /** The next answers to the feed are refusals. */
  refuse(status: number, code: string | null, times?: number): void;
  /** Answers are sent with this difference to the machine's clock, seconds. */
  setClockOffset(seconds: number): void;
  /** Cuts every connection and stops listening; nothing is forgotten. */
  down(): Promise<void>;
  /** Listens on the same port again. */
  up(): Promise<void>;
}

export async function startFakeRelay(token: string): Promise<FakeRelay> {
  const items: FeedItem[] = [];
  const acks: number[] = [];
  const polls: { after: number; wait: number }[] = [];
  const waiting = new Set<() => void>();
  let refusals: { status: number; code: string | null; times: number } | null = null;
  let offset = 0;
  let port = 0;
  let server: Server;

  function answer(response: ServerResponse, status: number, json: unknown): void {
    response.writeHead(status, {
      'content-type': 'application/json',
      date: new Date(Date.now() + offset * 1000).toUTCString(),
    });
    response.end(JSON.stringify(json));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://relay');
    if (request.headers.authorization !== `Bearer ${token}`) {
      answer(response, 401, { error: { code: 'relay/unauthorized', message: '' } });
      return;
    }
    const after = Number(url.searchParams.get('after'));
    const wait = Number(url.searchParams.get('wait'));
    const limit = Number(url.searchParams.get('limit'));
    const acked = Number(url.searchParams.get('acked'));
    if (acked > 0 && acked !== acks.at(-1)) acks.push(acked);
    polls.push({ after, wait });
    if (refusals && refusals.times > 0) {
      refusals.times -= 1;
      answer(
        response,
        refusals.status,
        refusals.code === null ? 'no json of ours' : { error: { code: refusals.code, message: 'x' } },
      );
      return;
    }
    const due = (): FeedItem[] => items.filter((item) => item.seq > after).slice(0, limit);
    if (due().length === 0 && wait > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait * 1000);
        const go = (): void => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        waiting.add(go);
        response.once('close', go);
      });
    }
    const found = due();
    answer(response, 200, { items: found, next: found.at(-1)?.seq ?? after });
  }

  function listen(): Promise<void> {
    server = createServer((request, response) => void handle(request, response));
    return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  }

  await listen();
  port = (server!.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${port}`,
    acks,
    polls,
    push(count) {
      for (let i = 0; i < count; i++) {
        items.push({
          seq: items.length + 1,
          kind: 'message',
          appid: 'wx0123456789abcdef',
          receivedAt: 1_700_000_000,
          query: {},
          encrypted: true,
          body: `<xml>${items.length + 1}</xml>`,
        });
      }
      for (const go of [...waiting]) go();
    },
    refuse(status, code, times = Infinity) {
      refusals = times === 0 ? null : { status, code, times };
    },
    setClockOffset(seconds) {
      offset = seconds;
    },
    async down() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    up: listen,
  };
}
