/** A stretch of network that can be cut: forwards TCP to one origin. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Network {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  private constructor(private readonly target: URL) {}

  static async to(origin: string): Promise<Network> {
    const network = new Network(new URL(origin));
    await network.mend();
    return network;
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Nothing gets through until it is mended: open connections end, new ones are refused. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    // The other ends live in this process too: let them hear of it before anybody writes to them.
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  }

  async mend(): Promise<void> {
    this.#server = createServer((inner) => {
      const outer = connect(Number(this.target.port), this.target.hostname);
      for (const [socket, other] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      inner.pipe(outer).pipe(inner);
    });
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.cut();
  }
}
