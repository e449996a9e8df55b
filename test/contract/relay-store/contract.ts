import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Documents } from '#relay/state/documents';
import type { IncomingItem, Lifetime, RelayStore } from '#relay/store/port';
import { until } from '../support/nats-server';
import { ALL, bodies, fresh, item, NOW } from './contract-items';

/** One place where data is kept, and how relays open it. */
export interface Place {
  /** A relay on these data; several may be open at once, and what one closed the next finds. */
  open(): Promise<RelayStore>;
  dispose(): Promise<void> | void;
}

const DAY = 86_400;
const LIFETIMES: readonly Lifetime[] = [null, 3_600, 2_678_400];

/** What every adapter of the relay's store must do. */
export function describeRelayStore(name: string, create: () => Promise<Place>): void {
  describe(`relay store: ${name}`, () => {
    let place: Place;
    let store: RelayStore;
    let others: RelayStore[];
    let workspace: string;

    beforeEach(async () => {
      place = await create();
      store = await place.open();
      others = [];
      workspace = fresh('workspace');
    });
    afterEach(async () => {
      await Promise.all([store, ...others].map((open) => open.close()));
      await place.dispose();
    });

    const restart = async (): Promise<void> => {
      await store.close();
      store = await place.open();
    };
    const anotherRelay = async (): Promise<RelayStore> => {
      const other = await place.open();
      others.push(other);
      return other;
    };
    const append = (title: string, rest: Partial<IncomingItem> = {}) =>
      store.log.append(item(workspace, title, rest));
    const read = (after = 0, window = ALL) => bodies(store, workspace, after, window);

    describe('items', () => {
      it('come back byte for byte, with everything that was stored beside them', async () => {
        const body = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0x3c, 0xe4, 0xbd, 0xa0, 0xff, 0x0d, 0x0a]);
        const query = ' signature=a%20b&openid=o_1-%E4%BD%A0&x="\\\u00e9\r\n: ';
        await append('one', { body, query, receivedAt: NOW + 0.25, kind: 'auto-reply' });
        await append('two', { appid: '', query: '', kind: 'notice', body: Buffer.alloc(0) });
        const { items } = await store.log.readFeed(workspace, 0, ALL);
        expect(items).toHaveLength(2);
        expect(items[0]).toMatchObject({ kind: 'auto-reply', appid: 'wx0000000000000001', query });
        expect(items[0]?.receivedAt).toBe(NOW + 0.25);
        expect(items[0]?.body.equals(body)).toBe(true);
        expect(items[1]).toMatchObject({ kind: 'notice', appid: '', query: '', receivedAt: NOW });
        expect(items[1]?.body).toHaveLength(0);
      });

      it('may be as large as WeChat’s largest, and in a workspace of any name', async () => {
        workspace = `${fresh('店 铺')}.*>`;
        const body = Buffer.alloc(64 * 1024, 'x');
        await append('large', { body });
        const { items } = await store.log.readFeed(workspace, 0, ALL);
        expect(items[0]?.body.equals(body)).toBe(true);
      });

      it('rise in order, and asking with the returned cursor again and again yields each once', async () => {
        const names = Array.from({ length: 57 }, (_, index) => `message ${index}`);
        await Promise.all(names.map((title) => append(title)));
        const seen: string[] = [];
        const seqs: number[] = [];
        let cursor = 0;
        for (;;) {
          const page = await store.log.readFeed(workspace, cursor, { ...ALL, limit: 10 });
          if (page.items.length === 0) break;
          expect(page.items.length).toBeLessThanOrEqual(10);
          expect(page.next).toBe(page.items.at(-1)?.seq);
          seen.push(...page.items.map((entry) => entry.body.toString()));
          seqs.push(...page.items.map((entry) => entry.seq));
          cursor = page.next;
        }
        expect(seen).toEqual(names);
        expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
        expect(seqs[0]).toBeGreaterThan(0);
      });

      it('fill a page of hundreds', async () => {
        const names = Array.from({ length: 450 }, (_, index) => `message ${index}`);
        await Promise.all(names.map((title) => append(title)));
        expect(await read()).toEqual(names);
      });

      it('never show a later one to a reader before an earlier one', async () => {
        let writing = true;
        const seen: number[] = [];
        const readOn = async (): Promise<void> => {
          const page = await store.log.readFeed(workspace, seen.at(-1) ?? 0, ALL);
          seen.push(...page.items.map((entry) => entry.seq));
        };
        const reader = (async () => {
          while (writing) {
            await nextTurn();
            await readOn();
          }
          await readOn();
        })();
        const relays = [store, await anotherRelay()];
        const writers = Array.from({ length: 8 }, async (_, writer) => {
          for (let index = 0; index < 25; index += 1)
            await relays[writer % 2]!.log.append(item(workspace, `${writer}.${index}`));
        });
        await Promise.all(writers);
        writing = false;
        await reader;
        expect(seen).toHaveLength(200);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      });

      it('are announced after they can be read, to every listener that has not been disposed of', async () => {
        const found: string[][] = [];
        let late = 0;
        const heard = new Promise<void>((resolve, reject) => {
          store.log.onCommitted((id) => {
            if (id !== workspace) return;
            read().then((list) => {
              found.push(list);
              resolve();
            }, reject);
          });
        });
        store.log.onCommitted((id) => {
          if (id === workspace) late += 1;
        })();
        await append('one');
        await heard;
        expect(found).toEqual([['one']]);
        expect(late).toBe(0);
      });

      it('with the same replay key are stored once, in one turn, later, and after a restart', async () => {
        const outcomes = await Promise.all([append('same'), append('same'), append('other')]);
        expect(outcomes).toEqual(['stored', 'duplicate', 'stored']);
        expect(await append('same')).toBe('duplicate');
        await restart();
        expect(await append('same')).toBe('duplicate');
        expect(await read()).toEqual(['same', 'other']);
      });

      it('with the same replay key are stored once however many relays receive them', async () => {
        const relays = [store, await anotherRelay()];
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) => relays[index % 2]!.log.append(item(workspace, 'same'))),
        );
        expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
        expect(await read()).toEqual(['same']);
      });

      it('stop a page before it grows too large, but never at nothing', async () => {
        for (const title of ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']) await append(title);
        expect(await read(0, { limit: 500, maxBytes: 25 })).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb']);
        expect(await read(0, { limit: 500, maxBytes: 1 })).toEqual(['aaaaaaaaaa']);
      });

      it('stay where a cursor left off after a restart, and numbers go on from there', async () => {
        await append('before');
        const { next } = await store.log.readFeed(workspace, 0, ALL);
        await restart();
        expect(await read(next)).toEqual([]);
        await append('after');
        const page = await store.log.readFeed(workspace, next, ALL);
        expect(page.items.map((entry) => entry.body.toString())).toEqual(['after']);
        expect(page.next).toBeGreaterThan(next);
        expect(await store.log.lastSeq(workspace)).toBe(page.next);
      });

      it('start over for a cursor that lies beyond the last one', async () => {
        await append('one');
        expect(await read(1_000_000_000)).toEqual(['one']);
        expect(await store.log.readFeed(fresh('empty'), 5, ALL)).toEqual({ items: [], next: 0 });
      });

      it('of another workspace are never seen', async () => {
        const theirs = fresh('theirs');
        await append('our first');
        for (let index = 0; index < 6; index += 1) await store.log.append(item(theirs, `their ${index}`));
        await append('our second');
        expect(await read()).toEqual(['our first', 'our second']);
        expect(await bodies(store, theirs)).toHaveLength(6);
        expect(await store.log.lastSeq(fresh('nobody'))).toBe(0);
      });

      it('of another relay are seen and announced', async () => {
        const other = await anotherRelay();
        await append('ours first');
        const heard = new Promise<void>((resolve) => {
          store.log.onCommitted((id) => {
            if (id === workspace) resolve();
          });
        });
        await other.log.append(item(workspace, 'theirs'));
        expect(await read()).toEqual(['ours first', 'theirs']);
        if (!name.startsWith('SQLite')) await heard;
      });
    });

    describe('backlog and removal', () => {
      it('count what a reader has not read, and name the oldest', async () => {
        expect(await store.log.backlog(workspace, 0)).toEqual({ count: 0, oldestAt: null });
        for (let index = 0; index < 7; index += 1) await append(String(index), { receivedAt: NOW + index });
        const { items } = await store.log.readFeed(workspace, 0, { ...ALL, limit: 3 });
        expect(await store.log.backlog(workspace, 0)).toEqual({ count: 7, oldestAt: NOW });
        const third = items[2]?.seq ?? 0;
        expect(await store.log.backlog(workspace, third)).toEqual({ count: 4, oldestAt: NOW + 3 });
        expect(await store.log.backlog(workspace, await store.log.lastSeq(workspace))).toMatchObject({
          count: 0,
        });
      });

      it('take the oldest only, up to the number, the time and the limit that were given', async () => {
        const ages = [40, 39, 2, 38];
        for (const [index, age] of ages.entries())
          await append(`item ${index}`, { receivedAt: NOW - age * DAY });
        const { items } = await store.log.readFeed(workspace, 0, ALL);
        const seq = (index: number): number => items[index]?.seq ?? 0;
        const receivedBefore = NOW - 30 * DAY;
        const trim = (throughSeq: number, limit = 100) =>
          store.log.trim(workspace, { throughSeq, receivedBefore, limit });
        expect(await trim(0)).toBe(0);
        expect(await trim(seq(3), 0)).toBe(0);
        expect(await trim(seq(3), 1)).toBe(1);
        expect(await read()).toEqual(['item 1', 'item 2', 'item 3']);
        // The third is too young, and what follows it stays.
        expect(await trim(seq(3))).toBe(1);
        expect(await trim(seq(3))).toBe(0);
        expect(await read()).toEqual(['item 2', 'item 3']);
      });

      it('stop at the number that every reader has', async () => {
        for (let index = 0; index < 12; index += 1) await append(`item ${index}`);
        const { items } = await store.log.readFeed(workspace, 0, ALL);
        const cut = { throughSeq: items[9]?.seq ?? 0, receivedBefore: NOW + 1, limit: 100 };
        expect(await store.log.trim(workspace, cut)).toBe(10);
        expect(await read()).toEqual(['item 10', 'item 11']);
        expect(await store.log.backlog(workspace, 0)).toMatchObject({ count: 2 });
      });

      it('may cut anywhere through items that came together', async () => {
        const titles = Array.from({ length: 12 }, (_, index) => `item ${String(index)}`);
        await Promise.all(titles.map((title, index) => append(title, { receivedAt: NOW + index })));
        const seqs = (await store.log.readFeed(workspace, 0, ALL)).items.map(({ seq }) => seq);
        const cut = (throughIndex: number, limit = 100) =>
          store.log.trim(workspace, {
            throughSeq: seqs[throughIndex] ?? 0,
            ...{ receivedBefore: NOW + 8, limit },
          });
        expect(await cut(4)).toBe(5);
        expect(await cut(11, 1)).toBe(1);
        for (const when of ['now', 'after a restart']) {
          if (when !== 'now') await restart();
          expect(await read(), when).toEqual(titles.slice(6));
          expect(await store.log.held(workspace), when).toBe(6);
          expect(await store.log.backlog(workspace, 0), when).toEqual({ count: 6, oldestAt: NOW + 6 });
          const eighth = seqs[7] ?? 0;
          expect(await bodies(store, workspace, eighth, { ...ALL, limit: 2 }), when).toEqual(
            titles.slice(8, 10),
          );
          expect(await store.log.backlog(workspace, eighth), when).toEqual({ count: 4, oldestAt: NOW + 8 });
        }
        expect(await append('item 6')).toBe('duplicate');
        // The time stops it before the number does.
        expect(await cut(11)).toBe(2);
        expect(await read()).toEqual(titles.slice(8));
      });

      it('of everything leave the numbers rising', async () => {
        for (const title of ['a', 'b']) await append(title);
        const last = await store.log.lastSeq(workspace);
        expect(await store.log.trim(workspace, { throughSeq: last, receivedBefore: NOW + 1, limit: 9 })).toBe(
          2,
        );
        expect(await read()).toEqual([]);
        expect(await store.log.lastSeq(workspace)).toBe(last);
        await restart();
        expect(await store.log.lastSeq(workspace)).toBe(last);
        expect(await store.log.readFeed(workspace, last, ALL)).toEqual({ items: [], next: last });
        await append('c');
        expect((await store.log.readFeed(workspace, last, ALL)).items[0]?.seq).toBeGreaterThan(last);
      });

      it('leave other workspaces alone', async () => {
        const theirs = fresh('theirs');
        await store.log.append(item(theirs, 'theirs'));
        await append('ours');
        const throughSeq = await store.log.lastSeq(workspace);
        await store.log.trim(workspace, { throughSeq, receivedBefore: NOW + 1, limit: 100 });
        expect(await bodies(store, theirs)).toEqual(['theirs']);
      });

      it('count what is kept for each workspace', async () => {
        const theirs = fresh('theirs');
        expect(await store.log.held(workspace)).toBe(0);
        for (const title of ['a', 'b', 'c']) await append(title);
        await store.log.append(item(theirs, 'theirs'));
        expect([await store.log.held(workspace), await store.log.held(theirs)]).toEqual([3, 1]);
        const throughSeq = await store.log.lastSeq(workspace);
        await store.log.trim(workspace, { throughSeq, receivedBefore: NOW + 1, limit: 2 });
        expect(await store.log.held(workspace)).toBe(1);
      });

      it('say how much storage is in use', async () => {
        await append('one', { body: Buffer.alloc(50_000, 'x') });
        expect(await store.log.bytes()).toBeGreaterThanOrEqual(50_000);
      });
    });

    describe.each(LIFETIMES)('documents with a lifetime of %s', (lifetime) => {
      const spec = (title = fresh('things')) => ({ name: title, lifetime });

      it('are created once, changed at their revision only, and deleted', async () => {
        const things = store.collection(spec());
        expect(await things.get('a')).toBeNull();
        const first = await things.create('a', 'one');
        expect(first).toEqual(expect.any(Number));
        expect(await things.create('a', 'again')).toBeNull();
        expect(await things.get('a')).toEqual({ key: 'a', value: 'one', revision: first });
        const second = await things.update('a', 'two', first ?? 0);
        expect(second).not.toBe(first);
        expect(await things.update('a', 'three', first ?? 0)).toBeNull();
        expect(await things.get('a')).toEqual({ key: 'a', value: 'two', revision: second });
        expect(await things.delete('a', first ?? 0)).toBe(false);
        expect(await things.delete('a', second ?? 0)).toBe(true);
        expect(await things.delete('a')).toBe(false);
        expect(await things.get('a')).toBeNull();
      });

      it('are not changed where there is nothing', async () => {
        const things = store.collection(spec());
        expect(await things.update('a', 'one', 1)).toBeNull();
        expect(await things.update('a', 'one', 0)).toBeNull();
        expect(await things.delete('a')).toBe(false);
        expect(await things.delete('a', 1)).toBe(false);
      });

      it('can be created again after a deletion, at a new revision', async () => {
        const things = store.collection(spec());
        const first = await things.create('a', 'one');
        expect(await things.delete('a')).toBe(true);
        const second = await things.create('a', 'two');
        expect(second).not.toBeNull();
        expect(second).not.toBe(first);
        expect(await things.update('a', 'stale', first ?? 0)).toBeNull();
        expect(await things.get('a')).toMatchObject({ value: 'two' });
      });

      it('keep any text, also a long one and an empty one', async () => {
        const things = store.collection(spec());
        const texts = ['', '{"名":"店\\u0000 😀"}', 'x'.repeat(200_000)];
        for (const [index, text] of texts.entries()) await things.create(`k${index}`, text);
        for (const [index, text] of texts.entries())
          expect((await things.get(`k${index}`))?.value).toBe(text);
      });

      it('are listed by key, all or below whole words, without what was deleted', async () => {
        const things = store.collection(spec());
        for (const key of ['b.2', 'ab.1', 'b.10', 'a.1', 'b.3.x=', 'c'])
          await things.create(key, `of ${key}`);
        await things.delete('c');
        const keys = async (prefix: string) => (await things.list(prefix)).map((entry) => entry.key);
        expect(await keys('')).toEqual(['a.1', 'ab.1', 'b.10', 'b.2', 'b.3.x=']);
        expect(await keys('b.')).toEqual(['b.10', 'b.2', 'b.3.x=']);
        expect(await keys('a.')).toEqual(['a.1']);
        expect(await keys('z.')).toEqual([]);
        expect((await things.list('a.'))[0]).toEqual({ ...(await things.get('a.1')) });
      });

      it('of different collections do not meet', async () => {
        const title = fresh('things');
        const things = store.collection(spec(title));
        const longer = store.collection(spec(`${title}-more`));
        await things.create('a', 'one');
        expect(await longer.get('a')).toBeNull();
        expect(await longer.list('')).toEqual([]);
        expect(await longer.create('a', 'other')).not.toBeNull();
        expect((await things.list('')).map((entry) => entry.value)).toEqual(['one']);
      });

      it('are there after a restart, at the same revision', async () => {
        const title = fresh('things');
        const revision = await store.collection(spec(title)).create('a', 'one');
        await store.collection(spec(title)).create('gone', 'x');
        await store.collection(spec(title)).delete('gone');
        await restart();
        const things = store.collection(spec(title));
        expect(await things.get('a')).toEqual({ key: 'a', value: 'one', revision });
        expect(await things.get('gone')).toBeNull();
        expect(await things.create('gone', 'y')).not.toBeNull();
        expect(await things.update('a', 'two', revision ?? 0)).not.toBeNull();
      });

      it('of another relay are respected at once and seen soon', async () => {
        const title = fresh('things');
        const ours = store.collection(spec(title));
        const theirs = (await anotherRelay()).collection(spec(title));
        const first = await ours.create('a', 'ours');
        expect(await theirs.create('a', 'theirs')).toBeNull();
        await until('theirs is seen', async () => (await theirs.get('a'))?.revision === first);
        const second = await theirs.update('a', 'theirs', first ?? 0);
        expect(second).not.toBeNull();
        expect(await ours.update('a', 'ours again', first ?? 0)).toBeNull();
        expect(await ours.delete('a', first ?? 0)).toBe(false);
        await until('the change is seen', async () => (await ours.get('a'))?.value === 'theirs');
        expect(await ours.delete('a', second ?? 0)).toBe(true);
        await until('the deletion is seen', async () => (await theirs.get('a')) === null);
        expect(await theirs.list('')).toEqual([]);
      });

      it('lose no change that two relays make at once', async () => {
        const title = fresh('counters');
        const counters = [store, await anotherRelay()].map(
          (relay) => new Documents<number>(relay, spec(title)),
        );
        const rounds = Array.from({ length: 40 }, (_, index) =>
          counters[index % 2]!.change('count', (count) => (count ?? 0) + 1),
        );
        await Promise.all(rounds);
        await until('all are counted', async () => (await counters[0]!.get('count'))?.value === 40);
      });
    });

    it('says that it could take a message', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });

    it('refuses everything once it is closed', async () => {
      const things = store.collection({ name: fresh('things'), lifetime: null });
      await things.create('a', 'one');
      await store.close();
      await store.close();
      const refused = { code: 'relay/store-unavailable' };
      await expect(append('late')).rejects.toMatchObject(refused);
      await expect(read()).rejects.toMatchObject(refused);
      await expect(things.get('a')).rejects.toMatchObject(refused);
      await expect(things.create('b', 'two')).rejects.toMatchObject(refused);
      await expect(store.check()).rejects.toMatchObject(refused);
    });
  });
}
