import type { Clock } from '#shared/domain/clock';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { buildRelay } from '../app';
import { CertificateFiles, type Certificate } from '../certificate-files';
import { originOf } from '../origin';
import { chooseMasterKey } from '../state/key-check';
import { claimDataFolder } from '../store/sqlite/open-database';
import type { RelayTunnelOptions } from '../tunnel/relay-tunnel';
import { readServingKeys, type EnvironmentKeys } from './keys';
import { openServingStore } from './open-store';
import type { ServeOptions } from './options';

/** Milliseconds that requests under way get at the end. */
const FINISH_MS = 5_000;

export interface RunningRelay {
  readonly origin: string;
  /** Answers what has been accepted, then closes server and store. Further calls wait for the first. */
  stop(): Promise<void>;
}

/** Opens the data folder and listens. @throws AppError with a code of `errors` when it cannot */
export async function serve(
  options: ServeOptions,
  deps: { readonly clock: Clock; readonly log: Logger } & EnvironmentKeys,
): Promise<RunningRelay> {
  const release = claimDataFolder(options.dataDir);
  try {
    const keys = readServingKeys(options, deps);
    const { clock, log } = deps;
    const store = await openServingStore(options, log);
    try {
      const app = buildRelay({
        store,
        clock,
        log,
        ...(await chooseMasterKey(store, keys.current, keys.next)),
        ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
        ...(options.wechatOrigin === undefined ? {} : { wechatOrigin: options.wechatOrigin }),
        ...(await certificateOf(options, log)),
        tunnel: tunnelOf(options),
        limits: options.limits,
      });
      await app.listen({ port: options.port, host: options.host }).catch(async (error: unknown) => {
        await app.close();
        throw asAppError(error);
      });
      const origin = originOf(app.server.address(), options.tls !== undefined);
      log.info('relay-listening', { host: options.host, port: new URL(origin).port });
      let stopping: Promise<void> | null = null;
      const stop = async (): Promise<void> => {
        const cut = setTimeout(() => {
          log.warn('relay-cut-slow-connections');
          app.server.closeAllConnections();
        }, FINISH_MS);
        await app.close();
        clearTimeout(cut);
        await store.close();
        release();
        log.info('relay-stopped');
      };
      return { origin, stop: () => (stopping ??= stop()) };
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    release();
    throw error;
  }
}

/** @throws AppError `relay/certificate` */
async function certificateOf(
  { tls }: ServeOptions,
  log: Logger,
): Promise<{ readonly certificate?: Certificate }> {
  if (tls === undefined) return {};
  const files = new CertificateFiles(tls, log);
  return { certificate: { pair: await files.read(), files } };
}

function tunnelOf({ tunnel, tls, egressAddresses }: ServeOptions): RelayTunnelOptions {
  if (tunnel === undefined) return { egressAddresses };
  const { host, port, url } = tunnel;
  return {
    egressAddresses,
    listener: { host, port, ...(tls === undefined ? {} : { tls }) },
    ...(url === undefined ? {} : { url }),
  };
}

function asAppError(error: unknown): unknown {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return inUse ? new AppError({ code: 'relay/address-in-use' }, { cause: error }) : error;
}
