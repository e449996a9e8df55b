/** A tunnel with what lies behind it, closed after each test, and what its clients do. */
import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import { startPlain, startTunnel, type BenchOptions, type TunnelBench } from './tunnel-bench';

export const API = 'api.weixin.qq.com:443';
export const closers: (() => Promise<unknown>)[] = [];
/** Closes after each test of a file what it has opened. */
export function useTunnels(): void {
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
}

export async function start(options: BenchOptions = {}): Promise<TunnelBench> {
  const bench = await startTunnel(options);
  closers.push(() => bench.close());
  return bench;
}

export async function behind(bench: TunnelBench, onSocket: Parameters<typeof startPlain>[0]) {
  const plain = await startPlain(onSocket);
  closers.push(() => plain.close());
  bench.behind = plain.port;
  return plain;
}

export const echo: Parameters<typeof startPlain>[0] = (socket) => socket.pipe(socket);

/** Resolves when the relay has let go of this connection; what still arrives is thrown away. */
export function cut(socket: Socket): Promise<void> {
  socket.resume();
  return new Promise((resolve) => {
    socket.once('end', resolve).once('close', resolve);
  });
}

/** The next bytes of a socket as text, up to `length`. */
export function read(socket: Socket, length: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.length >= length) resolve(text);
    });
    socket.once('close', () => reject(new Error(`closed after ${text}`)));
    socket.resume();
  });
}
