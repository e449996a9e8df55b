/** A tunnel on a real server, with a resolver that a test writes and connections that end on this machine. */
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { silentLogger, type Logger } from '#shared/log';
import { hashDeviceToken, newDeviceToken } from '#relay/secrets/device-token';
import type { TunnelLimits } from '#relay/tunnel/limits';
import { attachTunnel, type Tunnel, type TunnelDevice, type TunnelOutcome } from '#relay/tunnel/tunnel';

/** A public address that nothing in a test really connects to. */
export const PUBLIC = '101.226.90.58';

export interface TunnelBench {
  readonly port: number;
  readonly url: string;
  readonly tunnel: Tunnel;
  /** The token of the paired device. */
  readonly token: string;
  readonly counts: ReadonlyMap<TunnelOutcome, number>;
  /** What was resolved and connected to, in order. */
  readonly resolved: readonly string[];
  readonly dialled: readonly string[];
  /** Whether the device is still paired. */
  paired: boolean;
  /** Answers of the resolver, one after the other; the last one stays. */
  answers: readonly (readonly string[])[];
  /** The server behind every address; nothing listens at 0. */
  behind: number;
  /** Connections that the server has right now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly limits?: Partial<TunnelLimits>;
  readonly wechatOrigin?: string;
  readonly log?: Logger;
  readonly token?: string;
  /** Never answers the question for a device. */
  readonly authenticate?: (hash: string) => Promise<TunnelDevice | null>;
  /** Resolves and connects as in production. */
  readonly realNetwork?: boolean;
}

export async function startTunnel(options: BenchOptions = {}): Promise<TunnelBench> {
  const token = options.token ?? newDeviceToken();
  const hash = hashDeviceToken(token);
  const counts = new Map<TunnelOutcome, number>();
  const resolved: string[] = [];
  const dialled: string[] = [];
  const server = createHttpServer((_request, response) => response.writeHead(404).end());
  const tunnel = attachTunnel(server, {
    authenticate:
      options.authenticate ??
      (async (given) => (bench.paired && given === hash ? { id: 'd1', workspaceId: 'w1' } : null)),
    log: options.log ?? silentLogger,
    count: (outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.wechatOrigin === undefined ? {} : { wechatOrigin: options.wechatOrigin }),
    ...(options.realNetwork
      ? {}
      : {
          dialer: {
            resolve: async (host) => {
              resolved.push(host);
              const answer = bench.answers[Math.min(resolved.length, bench.answers.length) - 1];
              return answer ?? [];
            },
            connect: ({ host, port }) => {
              dialled.push(`${host}:${String(port)}`);
              return connect({ port: bench.behind, host: '127.0.0.1', allowHalfOpen: true });
            },
          },
        }),
  });
  const port = await listening(server);
  const bench: TunnelBench = {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    ...{ tunnel, token, counts, resolved, dialled },
    paired: true,
    answers: [[PUBLIC]],
    behind: 0,
    connections: () =>
      new Promise((resolve) => {
        server.getConnections((_error, count) => {
          resolve(count);
        });
      }),
    async close() {
      tunnel.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return bench;
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A plain server that hands its connections to the test. */
export async function startPlain(onSocket: (socket: Socket) => void): Promise<{
  readonly port: number;
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  const port = await listening(server);
  return {
    port,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly code: string | null;
  readonly message: string;
  readonly socket: Socket;
}

/** Sends one CONNECT request byte for byte and reads the answer's head; a refusal is read to its end. */
export function ask(
  port: number,
  authority: string,
  token: string | null,
  more: { readonly header?: string; readonly after?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    const header = more.header ?? (token === null ? '' : `Proxy-Authorization: Bearer ${token}\r\n`);
    socket.on('error', reject);
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${header}\r\n${more.after ?? ''}`);
    const settle = (): void => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      const [headers = '', body = ''] = text.split('\r\n\r\n');
      const parsed =
        status !== 200 && body.startsWith('{')
          ? (JSON.parse(body) as { error: { code: string; message: string } })
          : null;
      socket.off('data', onData).off('end', settle).off('close', settle).pause();
      if (status !== 200) socket.destroy();
      else if (body !== '') socket.unshift(Buffer.from(body, 'latin1'));
      resolve({
        ...{ status, headers, socket },
        code: parsed?.error.code ?? null,
        message: parsed?.error.message ?? '',
      });
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (text.startsWith('HTTP/1.1 200') && text.includes('\r\n\r\n')) settle();
    };
    socket.on('data', onData).once('end', settle).once('close', settle);
  });
}

/** Waits until `check` holds; fails with `what` after ten seconds. */
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
