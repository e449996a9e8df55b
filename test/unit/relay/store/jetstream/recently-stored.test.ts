import { expect, it } from 'vitest';
import { RecentlyStored } from '#relay/store/jetstream/recently-stored';

const MIB = 1024 * 1024;

const item = (name: string, bytes = 10) => ({
  ...{ workspaceId: 'w', facts: '[]' },
  ...{ replayKey: Buffer.from(name), body: Buffer.alloc(bytes) },
});

it('gives back what was stored last, in the order of the stream, once', () => {
  const recent = new RecentlyStored();
  recent.add(item('b'), 7);
  recent.add(item('a'), 6);
  const taken = recent.takeAll();
  expect(taken.map(({ seq, replayKey }) => [seq, replayKey.toString()])).toEqual([
    [6, 'a'],
    [7, 'b'],
  ]);
  expect(recent.takeAll()).toEqual([]);
});

it('gives every part back as it came', () => {
  const recent = new RecentlyStored();
  const items = ['商店', 'w', ''].map((workspaceId, index) => ({
    workspaceId,
    replayKey: Buffer.from(`key ${String(index)}`),
    facts: JSON.stringify(['message', 'wx1', 1.5, `正文 ${String(index)}`]),
    // The last is longer than what is kept of others.
    body: Buffer.from('正'.repeat(10 ** (3 * index))),
  }));
  for (const item of items) recent.add(item, 2 ** 40);
  const taken = recent.takeAll();
  expect(
    taken.map(({ body, ...rest }, index) => ({ ...rest, body: items[index]?.body.equals(body) })),
  ).toEqual(items.map((item) => ({ ...item, seq: 2 ** 40, body: true })));
});

it('keeps the newest four megabytes at most, and two at least, of whatever came', () => {
  const recent = new RecentlyStored();
  for (let seq = 1; seq <= 1_000; seq += 1) recent.add(item(String(seq), 32 * 1024), seq);
  const taken = recent.takeAll();
  const bytes = taken.reduce((sum, { body }) => sum + body.length, 0);
  expect(bytes).toBeLessThanOrEqual(4 * MIB);
  expect(bytes).toBeGreaterThan(1.9 * MIB);
  expect(taken.map(({ seq }) => seq)).toEqual(taken.map((_, index) => 1_001 - taken.length + index));
});
