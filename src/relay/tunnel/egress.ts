import { createSocket } from 'node:dgram';
import type { Egress } from '#shared/relay/protocol';
import { isPublicAddress } from './addresses';

/** Somewhere on the internet, to ask the routing table about; nothing is ever sent there. */
const ANYWHERE = [
  ['udp4', '192.0.2.1'],
  ['udp6', '2001:db8::1'],
] as const;

/**
 * The public addresses of this machine from which connections to the internet leave, IPv4 first; empty behind a NAT, as on
 * most cloud servers. Connecting a UDP socket makes the system choose the source address and sends nothing.
 */
export async function outgoingAddresses(): Promise<string[]> {
  const found = await Promise.all(ANYWHERE.map(([type, address]) => sourceAddress(type, address)));
  return found.filter((address) => address !== null && isPublicAddress(address)) as string[];
}

function sourceAddress(type: 'udp4' | 'udp6', towards: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const settle = (address: string | null): void => {
      socket.close();
      resolve(address);
    };
    // No route in this family.
    socket.once('error', () => {
      settle(null);
    });
    socket.connect(9, towards, () => {
      settle(socket.address().address);
    });
  });
}

/** From where WeChat will see the tunnel: what the operator says, otherwise what this machine can tell. */
export async function egressAddresses(
  configured: readonly string[],
  outgoing: () => Promise<readonly string[]> = outgoingAddresses,
): Promise<Pick<Egress, 'addresses' | 'source'>> {
  if (configured.length > 0) return { addresses: [...configured], source: 'configured' };
  const addresses = [...(await outgoing())];
  return { addresses, source: addresses.length > 0 ? 'interface' : 'unknown' };
}

export interface TunnelPlace {
  /** What the operator says, e.g. `https://relay.example.com:8443`. */
  readonly configured?: string;
  /** The tunnel's own listener, when there is one. */
  readonly listener?: { readonly host: string; readonly port: number; readonly secure: boolean };
  /** Where the internet reaches the relay, when the operator says so. */
  readonly publicUrl?: string;
  /** Where the relay itself listens; https when it has a certificate of its own. */
  readonly origin: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Origin of the proxy as desktops reach it; empty when this relay has none they could use: behind https that ends at a
 * reverse proxy CONNECT gets no further, and in the clear it is for this machine only, because the device token travels
 * with it.
 */
export function tunnelUrl({ configured, listener, publicUrl, origin }: TunnelPlace): string {
  if (configured !== undefined) return new URL(configured).origin;
  if (listener !== undefined) {
    const local = LOOPBACK.test(listener.host);
    if (!listener.secure) return local ? httpOrigin(listener.host, listener.port, false) : '';
    const host = publicUrl === undefined ? new URL(origin).hostname : new URL(publicUrl).hostname;
    return httpOrigin(local ? listener.host : host, listener.port, true);
  }
  const open = new URL(publicUrl ?? origin);
  if (new URL(origin).protocol === 'https:') return open.origin;
  return open.protocol === 'http:' && LOOPBACK.test(open.hostname) ? open.origin : '';
}

function httpOrigin(host: string, port: number, secure: boolean): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return new URL(`${secure ? 'https' : 'http'}://${name}:${String(port)}`).origin;
}
