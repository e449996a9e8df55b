import { readFileSync } from 'node:fs';
import { credsAuthenticator, type ConnectionOptions } from '@nats-io/transport-node';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';

/** How the relay says who it is. `file` is what `nsc` calls a credentials file. */
export type Credentials =
  | { readonly kind: 'user'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'file'; readonly path: string };

export interface TlsFiles {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** Where the cluster is and how to enter it. */
export interface ClusterAccess {
  /** `host:port` or `nats://host:port`, at least one of the cluster's servers; the others are learned from it. */
  readonly servers: readonly string[];
  readonly credentials?: Credentials | undefined;
  readonly tls?: TlsFiles | undefined;
}

export interface JetStreamOptions extends ClusterAccess {
  /** A folder for this relay process alone, on a disk that keeps what was synced. */
  readonly spoolDir: string;
  /** Copies of everything, 1 to 5 and odd. When left out: 3 when three or more servers are named, otherwise 1. */
  readonly replicas?: number | undefined;
  /** Refuse to open unless every server is known to sync each write to its disk. */
  readonly durable: boolean;
  /** HTTP addresses of the servers' monitoring ports, one for each server; needed for `durable`. */
  readonly monitoring?: readonly string[] | undefined;
  /** Begins the names of streams, buckets and subjects. Relays with the same one share their data. */
  readonly namespace?: string | undefined;
  /** Milliseconds that an acknowledgement is waited for before the spool takes over. WeChat waits 5,000. */
  readonly ackTimeoutMs?: number | undefined;
  /** Milliseconds within which the cluster has to answer for the store to open; 20,000 when left out. */
  readonly openWaitMs?: number | undefined;
  readonly log: Logger;
}

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_WAIT_MS = 250;
/** A server that stopped answering without closing the connection is left after three of these. */
const PING_EVERY_MS = 4_000;

/** @throws AppError `relay/store-credentials` when a named file cannot be read */
export function connectionOptions(access: ClusterAccess, name: string): ConnectionOptions {
  return {
    name,
    servers: [...access.servers],
    timeout: CONNECT_TIMEOUT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    reconnectJitter: RECONNECT_WAIT_MS,
    pingInterval: PING_EVERY_MS,
    maxPingOut: 2,
    // A server that is being set up anew may refuse for a while; the relay has to outlive that.
    ignoreAuthErrorAbort: true,
    // What a relay tells the others it knows itself.
    noEcho: true,
    ...login(access.credentials),
    ...(access.tls === undefined ? {} : { tls: { ...access.tls } }),
  };
}

export function replicasOf({ replicas, servers }: JetStreamOptions): number {
  return replicas ?? (servers.length >= 3 ? 3 : 1);
}

function login(credentials: Credentials | undefined): ConnectionOptions {
  switch (credentials?.kind) {
    case undefined:
      return {};
    case 'user':
      return { user: credentials.user, pass: credentials.password };
    case 'token':
      return { token: credentials.token };
    case 'file':
      return { authenticator: credsAuthenticator(readSecretFile(credentials.path)) };
  }
}

function readSecretFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError({ code: 'relay/store-credentials' }, { cause: error });
  }
}
