import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspaces } from '#relay/state/workspaces';
import { syncLogOf } from '#relay/store/sqlite/log-sync';
import { openDatabase } from '#relay/store/sqlite/open-database';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { deliver, RelayHarness, sealedPush } from '../support/relay-harness';
import { onLanes } from './relay-folder';

const FILES = ['relay.db', 'relay.db-wal'];
const CUTS = 20;
const BETWEEN = 15;
const CONNECTIONS = 16;

let relay: RelayHarness;
/** Folder with the files as the disk certainly has them. */
let synced: string;
let callbackUrl: string;

beforeEach(async () => {
  relay = await RelayHarness.start({
    open: async (folder) => {
      const connection = await openDatabase(folder);
      const disk = syncLogOf(connection);
      let syncs = 0;
      synced = copyFiles(folder, 'synced0');
      return new SqliteStore(
        connection,
        { pages: 60, logPages: 180, restPages: 15 },
        {
          async sync() {
            const before = copyFiles(folder, `synced${String((syncs += 1))}`);
            await disk.sync();
            synced = before;
          },
          close: () => disk.close(),
        },
      );
    },
  });
  const device = await relay.pair();
  ({ callbackUrl } = await device.bind());
});
afterEach(() => relay.stop());

interface Cut {
  readonly folder: string;
  readonly answered: readonly string[];
}

/**
 * The files as they are at this very moment. Relay and test share one thread, so nothing moves between the copies; the file
 * that only shares memory between processes is left out, as a power cut would.
 */
function copyFiles(from: string, name: string): string {
  const folder = join(from, name);
  mkdirSync(folder);
  for (const file of FILES)
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(folder, file));
  return folder;
}

/** What is left when all that was written since the latest sync is dropped. */
function cutPower(answered: readonly string[]): Cut {
  return { folder: synced, answered: [...answered] };
}

/** Bodies of all items that a relay finds which starts on these files. */
async function bodiesIn(folder: string): Promise<readonly string[]> {
  const db = await openDatabase(folder);
  expect(db.pragma('integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
  const store = new SqliteStore(db);
  try {
    const [workspaceId = ''] = await new Workspaces(store).list();
    const bodies: string[] = [];
    let cursor = 0;
    for (;;) {
      const { items, next } = await store.log.readFeed(workspaceId, cursor, {
        limit: 500,
        maxBytes: 1 << 24,
      });
      if (items.length === 0) return bodies;
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => cursor + 1 + index));
      bodies.push(...items.map(({ body }) => body.toString()));
      cursor = next;
    }
  } finally {
    await store.close();
  }
}

/** Delivers over many connections and cuts the power again and again, each time right after an answer. */
async function deliverAndCut(): Promise<readonly Cut[]> {
  const answered: string[] = [];
  const cuts: Cut[] = [];
  await onLanes(CONNECTIONS, async () => {
    while (cuts.length < CUTS) {
      const push = sealedPush('某某'.repeat(50), relay.clock.now());
      expect((await deliver(callbackUrl, push)).text).toBe('success');
      answered.push(push.body);
      if (answered.length % BETWEEN === 0 && cuts.length < CUTS) cuts.push(cutPower(answered));
    }
  });
  return cuts;
}

describe('a power cut', { timeout: 180_000 }, () => {
  it('at the moment of an answer finds everything that was answered in the files, once each', async () => {
    const cuts = await deliverAndCut();
    for (const { folder, answered } of cuts) {
      const bodies = await bodiesIn(folder);
      const present = new Set(bodies);
      expect(present.size).toBe(bodies.length);
      expect(answered.filter((body) => !present.has(body))).toEqual([]);
    }
  });

  it('that leaves the end of the log torn or garbled loses only whole commits from the end', async () => {
    const { folder } = (await deliverAndCut()).at(-1) ?? expect.fail('nothing was delivered');
    const main = readFileSync(join(folder, 'relay.db'));
    const log = readFileSync(join(folder, 'relay.db-wal'));
    const whole = await bodiesIn(folder);
    let fewest = whole.length;
    for (let step = 0; step < 12; step += 1) {
      const torn = join(relay.folder, `torn${String(step)}`);
      mkdirSync(torn);
      writeFileSync(join(torn, 'relay.db'), main);
      const keep = Math.floor((log.length * (step + 1)) / 13) + step;
      const rest = step % 2 === 0 ? Buffer.alloc(0) : Buffer.alloc(log.length - keep, step);
      writeFileSync(join(torn, 'relay.db-wal'), Buffer.concat([log.subarray(0, keep), rest]));
      const bodies = await bodiesIn(torn);
      expect(bodies).toEqual(whole.slice(0, bodies.length));
      fewest = Math.min(fewest, bodies.length);
    }
    expect(fewest).toBeLessThan(whole.length);
  });
});
