import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { AppError } from '#shared/app-error';
import { answerFor } from '../errors';
import { CertificateFiles, type TlsFiles } from '../certificate-files';
import { attachTunnel, type Tunnel, type TunnelDeps } from './tunnel';

export interface TunnelServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Plain when left out: for this machine, or behind something that adds TLS without looking inside. */
  readonly tls?: TlsFiles;
}

export interface TunnelServer extends Omit<Tunnel, 'close'> {
  readonly port: number;
  readonly secure: boolean;
  close(): Promise<void>;
}

/** Milliseconds a client may take to send its request, or to shake hands. */
const REQUEST_MS = 10_000;
const HEADER_BYTES = 8 * 1024;
/** Connections, among them those that ask or are refused right now. */
const MAX_CONNECTIONS = 2_000;

/**
 * A listener for the tunnel alone, beside a reverse proxy that answers CONNECT itself (nginx, Caddy). Resolves when it
 * listens. A renewed certificate is taken up within a minute.
 * @throws AppError relay/certificate, relay/address-in-use
 */
export async function createTunnelServer(
  options: TunnelServerOptions,
  deps: TunnelDeps,
): Promise<TunnelServer> {
  const files = options.tls === undefined ? null : new CertificateFiles(options.tls, deps.log);
  const common = {
    maxHeaderSize: HEADER_BYTES,
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    connectionsCheckingInterval: REQUEST_MS / 2,
  };
  let server: Server | HttpsServer;
  if (files === null) {
    server = createHttpServer(common, onlyTunnel);
  } else {
    const secure = createHttpsServer(
      { ...common, ...(await files.read()), handshakeTimeout: REQUEST_MS },
      onlyTunnel,
    );
    files.follow((pair) => {
      secure.setSecureContext(pair);
    });
    server = secure;
  }
  server.maxConnections = MAX_CONNECTIONS;
  const tunnel = attachTunnel(server, deps);
  try {
    await listen(server, options);
  } catch (error) {
    files?.stop();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    secure: files !== null,
    get open() {
      return tunnel.open;
    },
    closeDevice: (id) => {
      tunnel.closeDevice(id);
    },
    close: () =>
      new Promise((resolve) => {
        files?.stop();
        tunnel.close();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const onlyTunnel: RequestListener = (_request, response) => {
  const code = 'relay/not-found';
  const { status, message } = answerFor(code);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify({ error: { code, message } }));
};

function listen(server: Server, { host, port }: TunnelServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(inUse ? new AppError({ code: 'relay/address-in-use' }, { cause: error }) : error);
    });
    server.listen({ host, port }, resolve);
  });
}
