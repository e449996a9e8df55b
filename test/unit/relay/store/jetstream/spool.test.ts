import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Spool } from '#relay/store/jetstream/spool';
import type { IncomingItem } from '#relay/store/port';

const ALL = { limit: 10_000, bytes: Number.MAX_SAFE_INTEGER };

describe('spool', () => {
  let folder: string;
  let spool: Spool;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'spool-'));
    spool = await Spool.open(folder);
  });
  afterEach(async () => {
    await spool.close();
    rmSync(folder, { recursive: true });
  });

  const item = (name: string): IncomingItem => ({
    workspaceId: 'w',
    kind: 'message',
    appid: 'wx1',
    receivedAt: 1_800_000_000.5,
    replayKey: Buffer.from(name.padEnd(32, '.')),
    query: 'nonce=1&x="',
    body: Buffer.from(name),
  });
  const waiting = (limit = ALL.limit, bytes = ALL.bytes) => spool.oldest(limit, bytes);
  const names = (limit = ALL.limit, bytes = ALL.bytes) =>
    waiting(limit, bytes).map(({ body }) => body.toString());
  const reopen = async (): Promise<void> => {
    await spool.close();
    spool = await Spool.open(folder);
  };

  it('puts items before all that wait, in order, also when nothing waits or it was opened again', async () => {
    const before = (name: string, publishedAfter: number) => ({
      ...{ workspaceId: 'w', facts: '[]', publishedAfter },
      ...{ replayKey: item(name).replayKey, body: Buffer.from(name) },
    });
    await spool.putBefore([before('a', 5), before('b', 6)]);
    await spool.add(item('c'), null);
    expect(names()).toEqual(['a', 'b', 'c']);
    await reopen();
    // One of them waits already.
    await spool.putBefore([before('y', 3), before('z', 4), before('a', 5)]);
    expect(names()).toEqual(['y', 'z', 'a', 'b', 'c']);
    expect(waiting().map(({ publishedAfter }) => publishedAfter)).toEqual([3, 4, 5, 6, null]);
    expect(spool.size).toBe(5);
    await spool.remove(waiting()[3]?.id ?? 0);
    expect(names()).toEqual(['c']);
    await spool.remove(waiting()[0]?.id ?? 0);
    await spool.putBefore([before('d', 9)]);
    await spool.add(item('e'), null);
    expect(names()).toEqual(['d', 'e']);
  });

  it('gives items back in the order of receipt, whole, also after a restart', async () => {
    const sent = Array.from({ length: 30 }, (_, index) => `item ${index}`);
    await Promise.all(sent.map((name) => spool.add(item(name), null)));
    await reopen();
    expect(spool.size).toBe(30);
    expect(names()).toEqual(sent);
    expect(waiting(1)[0]).toMatchObject({ workspaceId: 'w', replayKey: item('item 0').replayKey });
    expect(JSON.parse(waiting(1)[0]?.facts ?? '')).toEqual([
      'message',
      'wx1',
      1_800_000_000.5,
      'nonce=1&x="',
    ]);
  });

  it('takes the same delivery once as long as it waits', async () => {
    expect(await Promise.all([spool.add(item('a'), null), spool.add(item('a'), null)])).toEqual([
      'stored',
      'duplicate',
    ]);
    await reopen();
    expect(await spool.add(item('a'), 7)).toBe('duplicate');
    expect(spool.size).toBe(1);
    await spool.remove(waiting()[0]?.id ?? 0);
    expect(await spool.add(item('a'), null)).toBe('stored');
  });

  it('limits a batch by number and by bytes, but never to nothing', async () => {
    for (const name of ['aaaa', 'bbbb', 'cccc']) await spool.add(item(name), null);
    expect(names(2)).toEqual(['aaaa', 'bbbb']);
    expect(names(9, 8)).toEqual(['aaaa', 'bbbb']);
    expect(names(9, 1)).toEqual(['aaaa']);
  });

  it('counts right while items are added and removed at the same time', async () => {
    for (let round = 0; round < 20; round += 1) {
      await spool.add(item(`first ${round}`), null);
      const last = waiting().at(-1)?.id ?? 0;
      await Promise.all([spool.remove(last), spool.add(item(`second ${round}`), null)]);
      expect(spool.size).toBe(1);
      expect(spool.idle).toBe(false);
      await spool.remove(Number.MAX_SAFE_INTEGER);
      expect(spool.idle).toBe(true);
    }
  });

  it('is not idle while an item is being written', async () => {
    const adding = spool.add(item('a'), null);
    expect(spool.idle).toBe(false);
    await adding;
    await spool.remove(waiting()[0]?.id ?? 0);
    expect(spool.idle).toBe(true);
  });

  it('knows which items the stream may have already, and since when', async () => {
    await spool.add(item('in flight'), 41);
    await spool.add(item('never sent'), null);
    expect(waiting().map(({ publishedAfter }) => publishedAfter)).toEqual([41, null]);
    await spool.noteAttempt(waiting()[1]?.id ?? 0, 50);
    expect(waiting().map(({ publishedAfter }) => publishedAfter)).toEqual([41, 50]);
  });

  it('remembers an attempt over a crash for every item that it may have covered', async () => {
    for (const name of ['a', 'b', 'c']) await spool.add(item(name), null);
    await spool.noteAttempt(waiting()[0]?.id ?? 0, 50);
    // This process knows that only the first was sent.
    expect(waiting().map(({ publishedAfter }) => publishedAfter)).toEqual([50, null, null]);
    await reopen();
    expect(waiting().map(({ publishedAfter }) => publishedAfter)).toEqual([50, 50, 50]);
    // A later attempt leaves the earlier bound of what still waits.
    await spool.noteAttempt(waiting()[2]?.id ?? 0, 900);
    expect(waiting()[0]?.publishedAfter).toBe(50);
  });

  it('begins anew with an attempt after it was empty', async () => {
    await spool.add(item('a'), null);
    await spool.noteAttempt(waiting()[0]?.id ?? 0, 50);
    await spool.remove(waiting()[0]?.id ?? 0);
    await spool.add(item('b'), null);
    expect(waiting()[0]?.publishedAfter).toBeNull();
    await spool.noteAttempt(waiting()[0]?.id ?? 0, 900);
    await reopen();
    expect(waiting()[0]?.publishedAfter).toBe(900);
  });

  it('never gives a number twice, so that an old attempt covers no new item', async () => {
    await spool.add(item('a'), null);
    const first = waiting()[0]?.id ?? 0;
    await spool.remove(first);
    await reopen();
    await spool.add(item('b'), null);
    expect(waiting()[0]?.id).toBeGreaterThan(first);
  });

  it('refuses when the disk does not take it, and counts nothing', async () => {
    const other = new Database(join(folder, 'spool.db'));
    other.exec('BEGIN IMMEDIATE');
    try {
      await expect(spool.add(item('a'), null)).rejects.toMatchObject({ code: 'relay/store-unavailable' });
      await expect(spool.check()).rejects.toMatchObject({ code: 'relay/store-unavailable' });
    } finally {
      other.close();
    }
    expect(spool.idle).toBe(true);
    await expect(spool.check()).resolves.toBeUndefined();
  });

  it('is for its owner only', async () => {
    await spool.add(item('a'), null);
    expect(statSync(join(folder, 'spool.db')).mode & 0o777).toBe(0o600);
    expect(spool.bytes()).toBeGreaterThan(0);
  });

  it('refuses a file that a newer relay wrote', async () => {
    await spool.close();
    const db = new Database(join(folder, 'spool.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(Spool.open(folder)).rejects.toMatchObject({ code: 'relay/store-newer' });
    const repair = new Database(join(folder, 'spool.db'));
    repair.exec('PRAGMA user_version = 1');
    repair.close();
    spool = await Spool.open(folder);
  });
});
