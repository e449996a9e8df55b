/**
 * Message search over `--messages=N` messages (default 1,000,000) of a tenth as many conversations, in the database's own
 * thread, against the same words in a bare, unencrypted FTS5 table of the same binding. `--runs=N` per query (default 20).
 */
import Libsql from 'libsql';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openInlineDatabase } from '#main/db/inline';
import { indexWords, matchQuery } from '#main/db/worker/search-words';
import { parseQuery } from '#shared/domain/search/parse-query';
import { temporaryFolder } from '../test/e2e/support/runtime';
import { option } from './lib/options';
import { percentile, report, type Figure } from './lib/report';
import { seedArchive } from './lib/seed-archive';
import { shopText } from './lib/words';

const MESSAGES = option('messages', 1_000_000);
const RUNS = option('runs', 20);
const PAGE = 20;
/** As the service indexes what an older version stored. */
const BATCH = 200;
const QUERIES = [
  '蛋糕',
  '玫瑰',
  '玫瑰花束',
  '生日蛋糕',
  '明天 多少钱',
  '好',
  'delivery',
  'cak',
  'invoice 蛋糕',
  '优惠价',
];
const FILTERED = ['蛋糕 after:7d', 'from:老客 谢谢', 'delivery -cake', '"cake order"', 'has:link'];

const scratch = temporaryFolder('bench-search');
mkdirSync(scratch.path, { recursive: true });
const path = join(scratch.path, 'oa-desk.db');
const key = randomBytes(32).toString('hex');
seedArchive({ path, key, conversations: MESSAGES / 10, messages: MESSAGES, text: shopText });
const db = openInlineDatabase({ path, key });
const batches: number[] = [];
for (let more = true; more;) {
  const startedAt = performance.now();
  more = (await db.search.indexOlder(BATCH)) !== null;
  batches.push(performance.now() - startedAt);
}

const barePath = join(scratch.path, 'bare.db');
const bare = new Libsql(barePath);
bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768');
bare.exec("CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')");
bare.exec('BEGIN');
const insert = bare.prepare('INSERT INTO search (rowid, words) VALUES (?, ?)');
for (let index = 0; index < MESSAGES; index += 1) insert.run(index + 1, indexWords([shopText(index)]));
bare.exec('COMMIT');
const select = bare.prepare(
  'SELECT rowid, words FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?',
);

const now = Math.floor(Date.now() / 1000);

async function ours(text: string): Promise<number> {
  const { query } = parseQuery(text, now);
  const startedAt = performance.now();
  await db.search.everywhere({ appid: null, query, limit: PAGE, before: null });
  return performance.now() - startedAt;
}

function theirs(text: string): number {
  const startedAt = performance.now();
  select.all([matchQuery(text), PAGE]);
  return performance.now() - startedAt;
}

const figures: Figure[] = [];
const all: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
for (const text of QUERIES) {
  const times: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  // The first run of each fills the caches and is not counted.
  for (let run = 0; run <= RUNS; run += 1) {
    const pair = [await ours(text), theirs(text)] as const;
    if (run === 0) continue;
    times.ours.push(pair[0]);
    times.bare.push(pair[1]);
  }
  all.ours.push(...times.ours);
  all.bare.push(...times.bare);
  figures.push({
    name: `"${text}", p95`,
    unit: 'ms',
    ours: percentile(times.ours, 0.95),
    against: { name: 'bare FTS5', value: percentile(times.bare, 0.95) },
  });
}
figures.push({
  name: 'all of these, p95',
  unit: 'ms',
  ours: percentile(all.ours, 0.95),
  against: { name: 'bare FTS5', value: percentile(all.bare, 0.95) },
});
for (const text of FILTERED) {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) times.push(await ours(text));
  figures.push({
    name: `"${text}", p95`,
    unit: 'ms',
    ours: percentile(times.slice(1), 0.95),
    against: { name: 'budget', value: 200 },
  });
}
figures.push({
  name: 'one batch of background indexing, p95',
  unit: 'ms',
  ours: percentile(batches, 0.95),
  against: { name: 'budget', value: 50 },
});
figures.push({
  name: 'database file with everything',
  unit: 'MB',
  ours: statSync(path).size / 1e6,
  against: { name: 'bare FTS5 file', value: statSync(barePath).size / 1e6 },
});
report(
  'search',
  `Node ${process.version}, ${String(MESSAGES)} messages, ${String(MESSAGES / 10)} conversations`,
  figures,
);
await db.close();
bare.close();
scratch.remove();
