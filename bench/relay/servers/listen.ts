import { createServer, type RequestListener } from 'node:http';

/** Listens on a free port of the loopback address and says where, as the relay does: one line of JSON. */
export function listen(handle: RequestListener): void {
  const server = createServer(handle);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${String(port)}` })}\n`);
  });
}

export function queryOf(url: string): Record<string, string> {
  const mark = url.indexOf('?');
  return Object.fromEntries(new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1)));
}
