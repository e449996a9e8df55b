import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#relay/store/sqlite/open-database';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { deliver, RelayHarness, sealedPush, until, type DeviceClient } from './support/relay-harness';

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;
/** The very connection of the relay, to take its space away. */
let connection: Database.Database;

beforeEach(async () => {
  relay = await RelayHarness.start({
    open: async (folder) => {
      connection = await openDatabase(folder);
      return new SqliteStore(connection, { lockWaitMs: 150, maxPending: 1_000 });
    },
  });
  device = await relay.pair();
  ({ callbackUrl } = await device.bind());
});
afterEach(() => relay.stop());

const push = (text = 'x') => sealedPush(text, relay.clock.now());
const health = async (): Promise<number> => (await fetch(`${relay.origin}/healthz`)).status;
const allItems = async () => {
  const items = [];
  let cursor = 0;
  for (;;) {
    const page = await device.feed(cursor);
    if (page.items.length === 0) return items;
    items.push(...page.items);
    cursor = page.next;
  }
};

describe('a full disk', () => {
  const pages = (limit: number): void => {
    connection.pragma(`max_page_count = ${String(limit)}`);
  };
  const pageCount = (): number => (connection.pragma('page_count') as [{ page_count: number }])[0].page_count;

  it('is answered 503 so that WeChat tries again, and every message answered success is kept once', async () => {
    pages(pageCount() + 12);
    const accepted: string[] = [];
    const refused: ReturnType<typeof push>[] = [];
    while (refused.length < 3) {
      const message = push('某某'.repeat(200));
      const answer = await deliver(callbackUrl, message);
      if (answer.status === 200) accepted.push(message.body);
      else {
        expect(answer.status).toBe(503);
        expect(answer.text).not.toBe('success');
        refused.push(message);
      }
    }
    expect(accepted.length).toBeGreaterThan(0);
    expect((await allItems()).map((item) => item.body)).toEqual(accepted);
    expect(await health()).toBe(503);

    pages(1_000_000);
    for (const message of refused) expect((await deliver(callbackUrl, message)).text).toBe('success');
    expect((await allItems()).map((item) => item.body)).toEqual([
      ...accepted,
      ...refused.map(({ body }) => body),
    ]);
    await until(async () => (await health()) === 200);
  });

  it('that comes in the middle of a group leaves none of the group behind', async () => {
    pages(pageCount() + 3);
    // More than what migrations left free in the file.
    const messages = Array.from({ length: 40 }, () => push('某某'.repeat(2_000)));
    const answers = await Promise.all(messages.map((message) => deliver(callbackUrl, message)));
    const accepted = messages.filter((_, index) => answers[index]?.status === 200).map(({ body }) => body);
    expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
    expect((await allItems()).map((item) => item.body).sort()).toEqual(accepted.sort());
    pages(1_000_000);
    for (const message of messages) expect((await deliver(callbackUrl, message)).text).toBe('success');
    const seqs = (await allItems()).map((item) => item.seq);
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('still lets devices read and says what is wrong', async () => {
    await deliver(callbackUrl, push());
    pages(pageCount());
    let status = 200;
    while (status === 200) ({ status } = await deliver(callbackUrl, push('某某'.repeat(200))));
    expect((await allItems()).length).toBeGreaterThan(0);
    const response = await device.request('PUT', `/v1/accounts/${'w'.repeat(60)}`, {
      token: 'sometoken',
      mode: 'sealed',
    });
    if (response.status !== 200)
      expect(await response.json()).toMatchObject({ error: { code: 'relay/store-unavailable' } });
    expect(relay.logLines.join('')).toContain('SQLITE_FULL');
  });
});

describe('a database that another process has locked', () => {
  it('delays the answer while the lock is short', async () => {
    const other = new Database(join(relay.folder, 'relay.db'));
    other.exec('BEGIN IMMEDIATE');
    const delivery = deliver(callbackUrl, push());
    // The relay keeps answering meanwhile.
    expect((await fetch(`${relay.origin}/metrics`)).status).toBe(200);
    other.exec('COMMIT');
    expect((await delivery).text).toBe('success');
    other.close();
    expect(await allItems()).toHaveLength(1);
  });

  it('is answered 503 when the lock lasts, and works again afterwards', async () => {
    const other = new Database(join(relay.folder, 'relay.db'));
    other.exec('BEGIN IMMEDIATE');
    const message = push();
    expect((await deliver(callbackUrl, message)).status).toBe(503);
    other.exec('COMMIT');
    other.close();
    expect(await allItems()).toEqual([]);
    expect((await deliver(callbackUrl, message)).text).toBe('success');
    expect(await allItems()).toHaveLength(1);
  });
});

it('refuses at once when more writes wait than it will hold', async () => {
  const other = new Database(join(relay.folder, 'relay.db'));
  other.exec('BEGIN IMMEDIATE');
  const code = (index: number) =>
    relay.store.collection({ name: 'held', lifetime: null }).create(String(index), 'x');
  const held = Array.from({ length: 1_000 }, (_, index) => code(index).catch(() => 'gave up'));
  await expect(code(1)).rejects.toMatchObject({ code: 'relay/store-unavailable' });
  other.exec('COMMIT');
  other.close();
  await Promise.all(held);
});
