import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { KeyFilter } from '#relay/store/sqlite/key-filter';

/** As the relay makes them: four bytes of time, then a hash. */
const keyOf = (time: number, index: number): string =>
  time.toString(16).padStart(8, '0') + createHash('sha1').update(String(index)).digest('hex');
const keys = (time: number, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => keyOf(time, from + index));
/** More than a filter takes. */
const MANY = 600_000;
const NOW = 1_764_400_000;

it('never says of a key that it is not there when it was added, also after more than it can remember', () => {
  const filter = new KeyFilter();
  const early = keys(NOW, 0, 20_000);
  for (const key of early) filter.add(key);
  expect(early.every((key) => filter.mayHold(key))).toBe(true);
  // Ten thousand of a second, for a minute.
  for (let index = 0; index < MANY; index += 1) filter.add(keyOf(NOW + Math.floor(index / 10_000), index));
  expect(early.every((key) => filter.mayHold(key))).toBe(true);
  for (let second = 0; second < 60; second += 1) {
    const some = keys(NOW + second, second * 10_000, second * 10_000 + 1_000);
    expect(some.every((key) => filter.mayHold(key))).toBe(true);
  }
});

it('says of most keys that were not added that they are not there, as soon as they are newer than what it forgot', () => {
  const filter = new KeyFilter();
  for (const key of keys(NOW, 0, 500_000)) filter.add(key);
  const taken = (time: number) => keys(time, MANY, MANY + 10_000).filter((key) => filter.mayHold(key)).length;
  expect(taken(NOW)).toBeLessThan(200);
  for (const key of keys(NOW + 1, 0, 50_000)) filter.add(key);
  expect(taken(NOW)).toBe(10_000);
  expect(taken(NOW + 1)).toBeLessThan(200);
});

it('knows nothing of what was stored before', () => {
  const filter = new KeyFilter();
  filter.add(keyOf(NOW + 5, 0));
  filter.reset(keyOf(NOW, 1));
  expect(filter.mayHold(keyOf(NOW, 2))).toBe(true);
  expect(filter.mayHold(keyOf(NOW - 1, 2))).toBe(true);
  expect(filter.mayHold(keyOf(NOW + 1, 2))).toBe(false);
  filter.reset('');
  expect(filter.mayHold(keyOf(NOW, 2))).toBe(false);
});

it('says nothing of keys that do not begin with a time, and is not led astray by them', () => {
  const filter = new KeyFilter();
  const notice = 'f'.repeat(40);
  filter.add(notice);
  expect(filter.mayHold(notice)).toBe(true);
  expect(filter.mayHold('e'.repeat(40))).toBe(true);
  for (let index = 0; index < MANY; index += 1) filter.add(keyOf(NOW, index));
  expect(filter.mayHold(keyOf(NOW + 1, 0))).toBe(false);
});
