import type { AddressInfo } from 'node:net';

/** The origin of a listening server; a server that listens everywhere is named by the loopback address. */
export function originOf(address: AddressInfo | string | null, secure = false): string {
  if (address === null || typeof address === 'string') throw new RangeError('not listening on a port');
  const { address: host, family, port } = address;
  const scheme = secure ? 'https' : 'http';
  if (host === '0.0.0.0' || host === '::') return `${scheme}://127.0.0.1:${String(port)}`;
  return `${scheme}://${family === 'IPv6' ? `[${host}]` : host}:${String(port)}`;
}
