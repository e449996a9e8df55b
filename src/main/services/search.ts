import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { parseQuery } from '#shared/domain/search/parse-query';
import type { SearchQuery } from '#shared/domain/search/query';
import type { Input, Output } from '#shared/ipc/contract';
import type { IndexProgress } from '#shared/ipc/search-models';
import type { Logger } from '#shared/log';
import type { Database } from '../db/port/database';
import type { Publish } from './ports';

export interface SearchDeps {
  readonly db: Pick<Database, 'search' | 'meta'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
}

export interface SearchService {
  /** @throws AppError search/not-understood */
  everywhere(input: Input<'search.everywhere'>): Promise<Output<'search.everywhere'>>;
  /** @throws AppError search/not-understood */
  inConversation(input: Input<'search.inConversation'>): Promise<Output<'search.inConversation'>>;
  indexing(): Promise<IndexProgress | null>;
  recent(): Promise<string[]>;
  remember(text: string): Promise<void>;
  forgetRecent(): Promise<void>;
  /** Indexes what was stored before the index existed, in the background; goes on where a stop broke it off. */
  start(): void;
  stop(): Promise<void>;
}

/** Some twenty milliseconds of the database's thread; then the inbox has its turn. */
const BATCH = 200;
const PAUSE_MS = 15;
/** Progress is told every so many batches. */
const TELL_EVERY = 10;
const MOST_HITS = 1000;
const RECENT = 'recent-searches';
const MOST_RECENT = 12;

export function createSearchService(deps: SearchDeps): SearchService {
  const { db, clock, logger, publish } = deps;
  const abort = new AbortController();
  let running: Promise<void> | null = null;

  function understood(text: string): SearchQuery {
    const { query, problems, empty } = parseQuery(text, clock.now());
    const [problem] = problems;
    if (problem || empty)
      throw new AppError({
        code: 'search/not-understood',
        params: { problem: problem?.code ?? 'empty' },
      });
    return query;
  }

  async function indexOlder(): Promise<void> {
    let progress = await db.search.indexing();
    if (progress === null) return;
    const startedAt = clock.now();
    const { total } = progress;
    for (let batch = 0; progress !== null; batch += 1) {
      if (abort.signal.aborted) return;
      if (batch % TELL_EVERY === 0) publish('search.indexing', { progress });
      progress = await db.search.indexOlder(BATCH);
      await pause(PAUSE_MS, undefined, { signal: abort.signal });
    }
    publish('search.indexing', { progress: null });
    logger.info('search-indexed', { messages: total, seconds: Math.round(clock.now() - startedAt) });
    while (!abort.signal.aborted && (await db.search.tidy()))
      await pause(PAUSE_MS, undefined, { signal: abort.signal });
  }

  async function recent(): Promise<string[]> {
    const stored: unknown = JSON.parse((await db.meta.get(RECENT)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : [];
  }

  return {
    everywhere: async ({ appid, text, before, limit }) =>
      db.search.everywhere({ appid, query: understood(text), before, limit }),
    inConversation: async ({ appid, openid, text }) =>
      db.search.inConversation(appid, openid, understood(text), MOST_HITS),
    indexing: () => db.search.indexing(),
    recent,
    async remember(text) {
      const words = text.trim();
      if (words === '') return;
      const others = (await recent()).filter((one) => one !== words);
      await db.meta.set(RECENT, JSON.stringify([words, ...others].slice(0, MOST_RECENT)));
    },
    forgetRecent: () => db.meta.set(RECENT, '[]'),
    start() {
      running ??= indexOlder().catch((error: unknown) => {
        // The app was closed under it; the next start goes on.
        if (!abort.signal.aborted) logger.error('search-index-broke-off', { error });
      });
    },
    async stop() {
      abort.abort();
      await running;
    },
  };
}
