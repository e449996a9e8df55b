import type { Server, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '#shared/log';
import { hashDeviceToken } from '../secrets/device-token';
import { dial, systemDialer, untilAborted, type Dialer } from './dial';
import { DEFAULT_TUNNEL_LIMITS, DeviceBudgets, type Share, type TunnelLimits } from './limits';
import { refuse, REFUSALS, type RefusalReason } from './refusals';
import { splice, type TunnelEnd } from './splice';
import { Targets, type Target } from './targets';

export interface TunnelDevice {
  readonly id: string;
  readonly workspaceId: string;
}

/** What is counted: `opened`, or how the refusal is answered. */
export type TunnelOutcome = 'opened' | 'unauthorized' | 'refused' | 'busy' | 'unreachable' | 'failed';

export interface TunnelDeps {
  /** The paired device whose token has this hash (`hashDeviceToken`); null for an unknown or revoked one. */
  readonly authenticate: (tokenHash: string) => Promise<TunnelDevice | null>;
  readonly log: Logger;
  readonly count: (outcome: TunnelOutcome) => void;
  /** One more place the tunnel leads to, private or not, for development and the demo. */
  readonly wechatOrigin?: string;
  readonly limits?: Partial<TunnelLimits>;
  readonly dialer?: Dialer;
}

export interface Tunnel {
  /** How many are open. */
  readonly open: number;
  /** Cuts the tunnels of a device, when it is revoked. */
  closeDevice(id: string): void;
  /** Takes no more and cuts all. To be called before the server is closed, which would wait for them. */
  close(): void;
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/**
 * Serves HTTP CONNECT on a server that listens or will listen: paired devices reach WeChat's hosts through it, so that WeChat
 * sees the relay's address (40164 guards the token endpoints), while TLS stays between the device and WeChat.
 */
export function attachTunnel(server: Server, deps: TunnelDeps): Tunnel {
  const limits = { ...DEFAULT_TUNNEL_LIMITS, ...deps.limits };
  const dialer = deps.dialer ?? systemDialer;
  const targets = new Targets(deps.wechatOrigin);
  const budgets = new DeviceBudgets(limits, () => performance.now());
  const waiting = new Set<Socket>();
  const open = new Map<(end: TunnelEnd) => void, TunnelDevice>();
  let closed = false;

  function onConnect(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const client = stream as Socket;
    // Kept for the life of the socket: an error without a listener would end the process.
    client.on('error', () => client.destroy());
    if (closed) {
      client.destroy();
      return;
    }
    waiting.add(client);
    client.once('close', () => waiting.delete(client));
    setUp(request, client, head)
      .catch((error: unknown) => {
        // Who has left is told nothing, and that is no failure.
        if (client.destroyed) return;
        deps.log.error('tunnel-failed', { error });
        turnAway(client, 'failed');
      })
      .finally(() => {
        waiting.delete(client);
      });
  }

  function turnAway(client: Socket, reason: RefusalReason): void {
    deps.count(REFUSALS[reason].outcome);
    refuse(client, reason);
  }

  async function setUp(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    const gone = new AbortController();
    client.once('close', () => {
      gone.abort();
    });
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(limits.connectMs)]);
    const token = BEARER.exec(request.headers['proxy-authorization'] ?? '')?.[1];
    const tokenHash = hashDeviceToken(token ?? '');
    // Looked up in any case, so that a missing token takes as long as a wrong one.
    const device = await untilAborted(deps.authenticate(tokenHash), signal);
    if (token === undefined || device === null) {
      turnAway(client, 'unauthorized');
      return;
    }
    const target = targets.find(request.url ?? '');
    if (typeof target === 'string') {
      deps.log.warn('tunnel-refused', { ...namesOf(device), reason: target });
      turnAway(client, target);
      return;
    }
    const share = budgets.take(device.id);
    if (share === null) {
      deps.log.warn('tunnel-refused', { ...namesOf(device), reason: 'busy' });
      turnAway(client, 'busy');
      return;
    }
    // From here on the share is given back by `join`, or right here.
    const joined = await connectAndJoin({ client, head, device, target, share, tokenHash }, signal).catch(
      (error: unknown) => {
        share.release();
        throw error;
      },
    );
    if (!joined) share.release();
  }

  interface Opening {
    readonly client: Socket;
    readonly head: Buffer;
    readonly device: TunnelDevice;
    readonly target: Target;
    readonly share: Share;
    readonly tokenHash: string;
  }

  async function connectAndJoin(opening: Opening, signal: AbortSignal): Promise<boolean> {
    const { client, target, device } = opening;
    const upstream = await dial(target, dialer, signal, limits.connectMs);
    if (typeof upstream === 'string') {
      deps.log.warn('tunnel-not-opened', { ...namesOf(device), host: target.host, reason: upstream });
      turnAway(client, upstream);
      return false;
    }
    if (closed || client.destroyed || upstream.destroyed) {
      upstream.destroy();
      client.destroy();
      return false;
    }
    join(opening, upstream);
    return true;
  }

  function join({ client, head, device, target, share, tokenHash }: Opening, upstream: Socket): void {
    const startedAt = performance.now();
    deps.count('opened');
    deps.log.debug('tunnel-opened', { ...namesOf(device), host: target.host });
    client.setNoDelay(true);
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const recheck = setInterval(() => {
      deps.authenticate(tokenHash).then(
        (still) => {
          if (still === null) end('revoked');
        },
        // A store that does not answer now says nothing about the device.
        () => undefined,
      );
    }, limits.recheckMs);
    const end = splice(client, upstream, {
      ...limits,
      spend: (bytes) => share.spend(bytes),
      onEnd: (reason, bytes) => {
        clearInterval(recheck);
        open.delete(end);
        share.release();
        const seconds = Math.round((performance.now() - startedAt) / 1000);
        deps.log.info('tunnel-ended', { ...namesOf(device), host: target.host, reason, bytes, seconds });
      },
    });
    open.set(end, device);
    // What came together with the request is the beginning of what is to be passed on.
    if (head.length > 0) client.unshift(head);
  }

  server.on('connect', onConnect);
  return {
    get open() {
      return open.size;
    },
    closeDevice(id) {
      for (const [end, device] of [...open]) if (device.id === id) end('revoked');
    },
    close() {
      closed = true;
      for (const client of waiting) client.destroy();
      for (const end of [...open.keys()]) end('stopped');
    },
  };
}

function namesOf({ id, workspaceId }: TunnelDevice): { readonly device: string; readonly workspace: string } {
  return { device: id, workspace: workspaceId };
}
