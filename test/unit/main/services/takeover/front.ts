import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** At which request the connection breaks, and whether WeChat had received it by then. */
export interface Cut {
  /** 1 for the first. */
  readonly request: number;
  readonly when: 'before' | 'after';
}

/** Stands before WeChat, counts what is asked and breaks one connection. */
export class Front {
  readonly asked: string[] = [];
  #cut: Cut | null = null;
  #server: Server | null = null;
  origin = '';

  static async before(target: string): Promise<Front> {
    const front = new Front();
    const server = createServer((inner, outer) => {
      const url = new URL(inner.url ?? '/', target);
      front.asked.push(url.pathname);
      const cut = front.#cut?.request === front.asked.length ? front.#cut : null;
      if (cut?.when === 'before') {
        inner.socket.destroy();
        return;
      }
      const { method, headers } = inner;
      const onward = request(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
        if (cut !== null) {
          inner.socket.destroy();
          answer.resume();
          return;
        }
        outer.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outer);
      });
      onward.on('error', () => outer.destroy());
      inner.pipe(onward);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    front.#server = server;
    front.origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return front;
  }

  /** Counts anew from here, and breaks the connection there. */
  arm(cut: Cut | null): void {
    this.asked.length = 0;
    this.#cut = cut;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }
}
