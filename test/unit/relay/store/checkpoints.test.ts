import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoints, type Checkpointer } from '#relay/store/sqlite/checkpoints';
import { openDatabase } from '#relay/store/sqlite/open-database';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { temporaryFolder } from '../support/relay-harness';

/** A disk that ends each pass when it is told to. */
class HeldDisk implements Checkpointer {
  readonly passes: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
  closed = false;
  run(): Promise<void> {
    return new Promise((end, fail) => {
      this.passes.push({ end, fail });
    });
  }
  close(): void {
    this.closed = true;
  }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Writes of a group whose pages are about this many. */
const PAGES = { few: 1, many: 1_000 } as const;

describe('moving the log into the database', () => {
  it('begins when the log is long, keeps nobody waiting, and takes the short rest while the next group waits', async () => {
    const disk = new HeldDisk();
    const checkpoints = new Checkpoints(disk, { pages: 250, logPages: 250, restPages: 50 });
    expect(checkpoints.afterGroup(PAGES.few)).toBeNull();
    expect(disk.passes).toHaveLength(0);
    expect(checkpoints.afterGroup(PAGES.many)).toBeNull();
    expect(disk.passes).toHaveLength(1);
    // Groups go on during the pass, and none begins a second one.
    expect(checkpoints.afterGroup(PAGES.few)).toBeNull();
    expect(disk.passes).toHaveLength(1);
    disk.passes[0]?.end();
    await turn();
    const rest = checkpoints.afterGroup(PAGES.few);
    expect(rest).not.toBeNull();
    expect(disk.passes).toHaveLength(2);
    disk.passes[1]?.end();
    await rest;
    expect(checkpoints.afterGroup(PAGES.few)).toBeNull();
    expect(disk.passes).toHaveLength(2);
  });

  it('keeps nobody waiting as long as the log is short', async () => {
    const disk = new HeldDisk();
    const checkpoints = new Checkpoints(disk, { pages: 250, logPages: 1_000, restPages: 50 });
    for (let pass = 1; pass <= 3; pass += 1) {
      expect(checkpoints.afterGroup(PAGES.many)).toBeNull();
      expect(disk.passes).toHaveLength(pass);
      disk.passes.at(-1)?.end();
      await turn();
      expect(checkpoints.afterGroup(PAGES.few)).toBeNull();
      expect(disk.passes).toHaveLength(pass);
    }
    // Now it is long: one pass more, and then the rest.
    expect(checkpoints.afterGroup(PAGES.many)).toBeNull();
    disk.passes.at(-1)?.end();
    await turn();
    expect(checkpoints.afterGroup(PAGES.few)).not.toBeNull();
    expect(disk.passes).toHaveLength(5);
  });

  it('ends under any load: after a few passes it waits for the rest, however long', async () => {
    const disk = new HeldDisk();
    const checkpoints = new Checkpoints(disk, { pages: 250, logPages: 250, restPages: 50 });
    let waited: Promise<void> | null = null;
    while (waited === null) {
      waited = checkpoints.afterGroup(PAGES.many);
      expect(disk.passes.length).toBeLessThan(10);
      if (waited === null) disk.passes.at(-1)?.end();
      await turn();
    }
    expect(disk.passes).toHaveLength(4);
  });

  it('says that it failed until it succeeds, and goes on trying', async () => {
    const disk = new HeldDisk();
    const checkpoints = new Checkpoints(disk, { pages: 250, logPages: 250, restPages: 50 });
    void checkpoints.afterGroup(PAGES.many);
    disk.passes[0]?.fail(new Error('EIO'));
    await turn();
    expect(checkpoints.problem).toMatchObject({ message: 'EIO' });
    expect(checkpoints.afterGroup(PAGES.few)).toBeNull();
    void checkpoints.afterGroup(PAGES.many);
    disk.passes[1]?.end();
    await turn();
    expect(checkpoints.problem).toBeNull();
  });

  it('closes after the pass that is under way', async () => {
    const disk = new HeldDisk();
    const checkpoints = new Checkpoints(disk, { pages: 250, logPages: 250, restPages: 50 });
    void checkpoints.afterGroup(PAGES.many);
    const closed = checkpoints.close();
    await turn();
    expect(disk.closed).toBe(false);
    disk.passes[0]?.end();
    await closed;
    expect(disk.closed).toBe(true);
  });
});

describe('the log of a store that is written without a pause', () => {
  it('begins anew again and again, and nothing is lost', async () => {
    const folder = temporaryFolder();
    const store = new SqliteStore(await openDatabase(folder.path), {
      pages: 100,
      logPages: 300,
      restPages: 20,
    });
    const body = Buffer.alloc(2_000, 'x');
    let written = 0;
    const lane = async (name: string): Promise<void> => {
      for (let index = 0; index < 300; index += 1) {
        const replayKey = Buffer.from(`${name}-${String(index)}`.padEnd(20));
        const item = {
          workspaceId: 'shop',
          kind: 'message',
          appid: 'wx1',
          receivedAt: 1,
          query: '',
        } as const;
        expect(await store.log.append({ ...item, replayKey, body })).toBe('stored');
        written += body.length;
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => lane(String(index))));
    expect(statSync(join(folder.path, 'relay.db-wal')).size).toBeLessThan(written / 2);
    expect(statSync(join(folder.path, 'relay.db')).size).toBeGreaterThan(written / 2);
    await store.check();
    await store.close();
    const again = await SqliteStore.open(folder.path);
    expect(await again.log.lastSeq('shop')).toBe(2_400);
    expect(await again.log.held('shop')).toBe(2_400);
    await again.close();
    folder.dispose();
  });
});
