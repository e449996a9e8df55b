/** The database in a thread of its own. */
import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/app-error';
import { databaseOver } from './facade';
import type { Database } from './port/database';
import type { Call } from './worker/dispatch';
import { OPENED, type Request, type Response, type ThreadOptions } from './worker/protocol';

export interface DatabaseClientOptions extends ThreadOptions {
  /** The built thread, `out/main/db-worker.js`. */
  readonly script: URL | string;
  /** Node options of the thread. */
  readonly execArgv?: readonly string[];
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * Resolves when the file is open and its schema is up to date.
 * @throws AppError db/wrong-key, db/damaged, db/newer-version (params found, known), db/locked, db/disk-full, db/failed
 */
export async function openDatabase(options: DatabaseClientOptions): Promise<Database> {
  const { script, execArgv, ...threadOptions } = options;
  const worker = new Worker(script, {
    workerData: threadOptions satisfies ThreadOptions,
    ...(execArgv ? { execArgv: [...execArgv] } : {}),
  });
  const waiting = new Map<number, Waiting>();
  let ended: AppError | null = null;
  let lastId = OPENED;

  function end(error: AppError): void {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }
  worker.on('message', (response: Response) => {
    const call = waiting.get(response.id);
    waiting.delete(response.id);
    if ('error' in response) call?.reject(new AppError(response.error));
    else call?.resolve(response.value);
  });
  worker.on('error', (cause: unknown) => {
    end(new AppError({ code: 'db/failed' }, { cause }));
  });
  worker.on('exit', () => {
    end(new AppError({ code: 'db/closed' }));
  });

  const answerTo = (id: number) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
    });
  function ask(request: { readonly call: Call } | { readonly close: true }): Promise<unknown> {
    if (ended) return Promise.reject(ended);
    lastId += 1;
    const answer = answerTo(lastId);
    worker.postMessage({ id: lastId, ...request } satisfies Request);
    return answer;
  }

  try {
    await answerTo(OPENED);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  let closing: Promise<void> | null = null;
  return databaseOver(
    (call) => (closing ? Promise.reject(new AppError({ code: 'db/closed' })) : ask({ call })),
    () => {
      closing ??= (async () => {
        if (ended) return;
        const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        await ask({ close: true });
        await exited;
      })();
      return closing;
    },
  );
}
