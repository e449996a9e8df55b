import type { Clock } from '#shared/domain/clock';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { buildRelay } from '../app';
import { originOf } from '../origin';
import { loadMasterKey } from '../secrets/master-key';
import { claimDataFolder } from '../store/sqlite/open-database';
import { SqliteStore } from '../store/sqlite/sqlite-store';
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
  deps: { readonly clock: Clock; readonly log: Logger; readonly masterKey: string | undefined },
): Promise<RunningRelay> {
  const release = claimDataFolder(options.dataDir);
  try {
    const masterKey = loadMasterKey(deps.masterKey, options.dataDir);
    const store = await SqliteStore.open(options.dataDir);
    try {
      const { clock, log } = deps;
      const app = buildRelay({
        store,
        clock,
        log,
        masterKey,
        ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
        ...(options.wechatOrigin === undefined
          ? {}
          : { wechatOrigin: options.wechatOrigin, tunnel: { wechatOrigin: options.wechatOrigin } }),
      });
      await app.listen({ port: options.port, host: options.host }).catch(async (error: unknown) => {
        await app.close();
        throw asAppError(error);
      });
      const origin = originOf(app.server.address());
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

function asAppError(error: unknown): unknown {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return inUse ? new AppError({ code: 'relay/address-in-use' }, { cause: error }) : error;
}
