import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryState, MemoryStore } from '#relay/store/memory/memory-store';
import type {
  AccountChange,
  Device,
  FeedWindow,
  IncomingMessage,
  RelayStore,
  RetentionPolicy,
} from '#relay/store/port';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';

interface Adapter {
  readonly name: string;
  /** A fresh store, and what opens its contents again after it was closed. */
  create(): Promise<{ open: () => Promise<RelayStore>; dispose: () => void }>;
}

const ADAPTERS: readonly Adapter[] = [
  {
    name: 'SQLite',
    create: () => {
      const folder = mkdtempSync(join(tmpdir(), 'relay-store-'));
      return Promise.resolve({
        open: () => SqliteStore.open(folder),
        dispose: () => {
          rmSync(folder, { recursive: true });
        },
      });
    },
  },
  {
    name: 'memory',
    create: () => {
      const state = new MemoryState();
      return Promise.resolve({
        open: () => Promise.resolve(new MemoryStore(state)),
        dispose: () => undefined,
      });
    },
  },
];

const ALL: FeedWindow = { limit: 500, maxBytes: Number.MAX_SAFE_INTEGER };
const NOW = 1_800_000_000;
const DAY = 86_400;

describe.each(ADAPTERS)('relay store: $name', ({ create }) => {
  let store: RelayStore;
  let open: () => Promise<RelayStore>;
  let dispose: () => void;

  beforeEach(async () => {
    ({ open, dispose } = await create());
    store = await open();
  });
  afterEach(async () => {
    await store.close();
    dispose();
  });

  const restart = async (): Promise<void> => {
    await store.close();
    store = await open();
  };

  let serial = 0;
  const bytes = (text: string): Buffer => Buffer.from(text.padEnd(32, '.'));
  const pair = async (workspaceName: string | null = null): Promise<Device> => {
    serial += 1;
    const codeHash = bytes(`code-${String(serial)}`);
    await store.addPairingCode({ codeHash, workspaceName, createdAt: NOW, expiresAt: NOW + 900 });
    const device = await store.redeemPairingCode({
      codeHash,
      now: NOW,
      deviceName: 'desk',
      tokenHash: bytes(`token-${String(serial)}`),
    });
    if (device === null) throw new Error('the code was refused');
    return device;
  };
  const message = (
    workspaceId: number,
    name: string,
    rest: Partial<IncomingMessage> = {},
  ): IncomingMessage => ({
    workspaceId,
    appid: 'wx0000000000000001',
    receivedAt: NOW,
    replayKey: bytes(`${String(workspaceId)}/${name}`),
    query: `nonce=${name}`,
    body: Buffer.from(name),
    ...rest,
  });
  const bodies = async (workspaceId: number, after = 0, window = ALL): Promise<string[]> =>
    (await store.readFeed(workspaceId, after, window)).messages.map((item) => item.body.toString());
  const account = (workspaceId: number, appid: string, rest: Partial<AccountChange> = {}): AccountChange => ({
    workspaceId,
    appid,
    newKey: `key-of-${appid}`,
    mode: 'sealed',
    sealedToken: Buffer.from('sealed'),
    ...rest,
  });

  describe('messages', () => {
    it('come back byte for byte, with everything that was stored beside them', async () => {
      const { workspaceId } = await pair();
      const body = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0x3c, 0xe4, 0xbd, 0xa0, 0xff, 0x0d, 0x0a]);
      const query = 'signature=a%20b&openid=o_1-%E4%BD%A0&x=';
      await store.append(message(workspaceId, 'one', { body, query, receivedAt: NOW + 0.25 }));
      const { messages } = await store.readFeed(workspaceId, 0, ALL);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ appid: 'wx0000000000000001', query, receivedAt: NOW + 0.25 });
      expect(messages[0]?.body.equals(body)).toBe(true);
    });

    it('rise in order, and asking with the returned cursor again and again yields each once', async () => {
      const { workspaceId } = await pair();
      const names = Array.from({ length: 57 }, (_, index) => `message ${String(index)}`);
      await Promise.all(names.map((name) => store.append(message(workspaceId, name))));
      const seen: string[] = [];
      const seqs: number[] = [];
      let cursor = 0;
      for (;;) {
        const page = await store.readFeed(workspaceId, cursor, { ...ALL, limit: 10 });
        if (page.messages.length === 0) break;
        expect(page.messages.length).toBeLessThanOrEqual(10);
        expect(page.next).toBe(page.messages.at(-1)?.seq);
        seen.push(...page.messages.map((item) => item.body.toString()));
        seqs.push(...page.messages.map((item) => item.seq));
        cursor = page.next;
      }
      expect(seen).toEqual(names);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    });

    it('never show a later one to a reader before an earlier one', async () => {
      const { workspaceId } = await pair();
      let writing = true;
      const seen: number[] = [];
      const readOn = async (): Promise<void> => {
        const page = await store.readFeed(workspaceId, seen.at(-1) ?? 0, ALL);
        seen.push(...page.messages.map((item) => item.seq));
      };
      const reader = (async () => {
        while (writing) {
          await nextTurn();
          await readOn();
        }
        await readOn();
      })();
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let index = 0; index < 25; index += 1)
          await store.append(message(workspaceId, `${String(writer)}.${String(index)}`));
      });
      await Promise.all(writers);
      writing = false;
      await reader;
      expect(seen).toHaveLength(200);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    it('are announced after they can be read, to every listener that has not been disposed of', async () => {
      const { workspaceId } = await pair();
      const found: string[][] = [];
      let late = 0;
      const heard = new Promise<void>((resolve, reject) => {
        store.onCommitted((id) => {
          bodies(id).then((list) => {
            found.push(list);
            resolve();
          }, reject);
        });
      });
      const stop = store.onCommitted(() => {
        late += 1;
      });
      stop();
      await store.append(message(workspaceId, 'one'));
      await heard;
      expect(found).toEqual([['one']]);
      expect(late).toBe(0);
    });

    it('with the same replay key are stored once, in one turn, later, and after a restart', async () => {
      const { workspaceId } = await pair();
      const outcomes = await Promise.all([
        store.append(message(workspaceId, 'same')),
        store.append(message(workspaceId, 'same')),
        store.append(message(workspaceId, 'other')),
      ]);
      expect(outcomes).toEqual(['stored', 'duplicate', 'stored']);
      expect(await store.append(message(workspaceId, 'same'))).toBe('duplicate');
      await restart();
      expect(await store.append(message(workspaceId, 'same'))).toBe('duplicate');
      expect(await bodies(workspaceId)).toEqual(['same', 'other']);
    });

    it('stop a page before it grows too large, but never at nothing', async () => {
      const { workspaceId } = await pair();
      for (const name of ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'])
        await store.append(message(workspaceId, name));
      expect(await bodies(workspaceId, 0, { limit: 500, maxBytes: 25 })).toEqual([
        'aaaaaaaaaa',
        'bbbbbbbbbb',
      ]);
      expect(await bodies(workspaceId, 0, { limit: 500, maxBytes: 1 })).toEqual(['aaaaaaaaaa']);
    });

    it('stay where a cursor left off after a restart, and numbers go on from there', async () => {
      const { workspaceId } = await pair();
      await store.append(message(workspaceId, 'before'));
      const { next } = await store.readFeed(workspaceId, 0, ALL);
      await restart();
      expect(await bodies(workspaceId, next)).toEqual([]);
      await store.append(message(workspaceId, 'after'));
      const page = await store.readFeed(workspaceId, next, ALL);
      expect(page.messages.map((item) => item.body.toString())).toEqual(['after']);
      expect(page.next).toBeGreaterThan(next);
    });

    it('start over for a cursor that lies beyond the last one', async () => {
      const { workspaceId } = await pair();
      await store.append(message(workspaceId, 'one'));
      expect(await bodies(workspaceId, 1_000_000)).toEqual(['one']);
    });

    it('of another workspace are never seen, and do not move this one’s numbers', async () => {
      const ours = await pair('ours');
      const theirs = await pair('theirs');
      await store.append(message(ours.workspaceId, 'our first'));
      for (let index = 0; index < 5; index += 1)
        await store.append(message(theirs.workspaceId, `their ${String(index)}`));
      await store.append(message(ours.workspaceId, 'our second'));
      expect(await bodies(ours.workspaceId)).toEqual(['our first', 'our second']);
      expect(await bodies(theirs.workspaceId)).toHaveLength(5);
    });
  });

  describe('acknowledgement', () => {
    it('only rises, per device, and never beyond what exists', async () => {
      const first = await pair();
      const second = await pair();
      for (const name of ['a', 'b', 'c']) await store.append(message(first.workspaceId, name));
      const { messages, next } = await store.readFeed(first.workspaceId, 0, ALL);
      const middle = messages[1]?.seq ?? Number.NaN;
      expect(await store.acknowledge(first.id, middle)).toBe(middle);
      expect(await store.acknowledge(first.id, 0)).toBe(middle);
      expect(await store.acknowledge(first.id, next + 1_000)).toBe(next);
      expect(await store.acknowledge(second.id, 0)).toBe(0);
      await restart();
      expect(await store.acknowledge(first.id, 0)).toBe(next);
    });

    it('of an unknown device is refused and harms no write beside it', async () => {
      const { workspaceId } = await pair();
      const [refused, stored] = await Promise.allSettled([
        store.acknowledge(999, 1),
        store.append(message(workspaceId, 'beside')),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'relay/unauthorized' } });
      expect(stored).toEqual({ status: 'fulfilled', value: 'stored' });
    });
  });

  describe('retention', () => {
    const policy = (rest: Partial<RetentionPolicy> = {}): RetentionPolicy => ({
      removeReadBefore: NOW - 30 * DAY,
      maxBytes: Number.MAX_SAFE_INTEGER,
      keepAllAfter: NOW - 3_600,
      ...rest,
    });

    it('removes what is old once every device of the workspace has it, and nothing before', async () => {
      const first = await pair();
      const second = await pair();
      const { workspaceId } = first;
      await store.append(message(workspaceId, 'old', { receivedAt: NOW - 40 * DAY }));
      await store.append(message(workspaceId, 'new', { receivedAt: NOW - 2 * DAY }));
      const { next } = await store.readFeed(workspaceId, 0, ALL);
      await store.acknowledge(first.id, next);
      expect(await store.sweep(policy())).toMatchObject({ removed: 0, unreadOverAge: 1 });
      expect(await bodies(workspaceId)).toEqual(['old', 'new']);
      await store.acknowledge(second.id, next);
      expect(await store.sweep(policy())).toMatchObject({ removed: 1, unreadOverAge: 0 });
      expect(await bodies(workspaceId)).toEqual(['new']);
    });

    it('keeps and counts unread messages however old and however large', async () => {
      const { workspaceId } = await pair();
      for (let index = 0; index < 3; index += 1)
        await store.append(message(workspaceId, String(index), { receivedAt: NOW - 90 * DAY }));
      const report = await store.sweep(policy({ maxBytes: 1 }));
      expect(report).toMatchObject({ removed: 0, unreadOverAge: 3, overSize: true });
      expect(await bodies(workspaceId)).toHaveLength(3);
    });

    it('keeps everything of a workspace without devices', async () => {
      await store.addPairingCode({
        codeHash: bytes('unused'),
        workspaceName: 'empty',
        createdAt: NOW,
        expiresAt: NOW + 900,
      });
      const { workspaceId } = await pair('other');
      const empty = workspaceId === 1 ? 2 : 1;
      await store.append(message(empty, 'waiting', { receivedAt: NOW - 90 * DAY }));
      expect(await store.sweep(policy({ maxBytes: 1 }))).toMatchObject({ removed: 0, unreadOverAge: 1 });
      expect(await bodies(empty)).toEqual(['waiting']);
    });

    it('removes read messages early when the store is too large, but none whose replay key is still needed', async () => {
      const { id, workspaceId } = await pair();
      await store.append(message(workspaceId, 'yesterday', { receivedAt: NOW - DAY }));
      await store.append(message(workspaceId, 'just now', { receivedAt: NOW - 60 }));
      await store.acknowledge(id, (await store.readFeed(workspaceId, 0, ALL)).next);
      expect(await store.sweep(policy({ maxBytes: 1 }))).toMatchObject({ removed: 1, overSize: true });
      expect(await bodies(workspaceId)).toEqual(['just now']);
      expect(await store.append(message(workspaceId, 'just now'))).toBe('duplicate');
    });

    it('removes thousands, and numbers are not used again afterwards', async () => {
      const { id, workspaceId } = await pair();
      await Promise.all(
        Array.from({ length: 1_300 }, (_, index) =>
          store.append(message(workspaceId, String(index), { receivedAt: NOW - 40 * DAY })),
        ),
      );
      const last = await store.acknowledge(id, Number.MAX_SAFE_INTEGER);
      expect((await store.sweep(policy())).removed).toBe(1_300);
      await restart();
      await store.append(message(workspaceId, 'next'));
      expect((await store.readFeed(workspaceId, 0, ALL)).messages[0]?.seq).toBeGreaterThan(last);
    });
  });

  describe('pairing', () => {
    const redeem = (codeHash: Buffer, now = NOW): Promise<Device | null> => {
      serial += 1;
      return store.redeemPairingCode({
        codeHash,
        now,
        deviceName: 'desk',
        tokenHash: bytes(`token-${String(serial)}`),
      });
    };
    const addCode = (name: string, workspaceName: string | null = null): Promise<void> =>
      store.addPairingCode({ codeHash: bytes(name), workspaceName, createdAt: NOW, expiresAt: NOW + 900 });

    it('takes a code once, even from two devices in the same turn', async () => {
      await addCode('code');
      const devices = await Promise.all([redeem(bytes('code')), redeem(bytes('code'))]);
      expect(devices.filter((device) => device !== null)).toHaveLength(1);
      expect(await redeem(bytes('code'))).toBeNull();
    });

    it('refuses unknown and expired codes', async () => {
      await addCode('code');
      expect(await redeem(bytes('other'))).toBeNull();
      expect(await redeem(bytes('code'), NOW + 900)).toBeNull();
      expect(await redeem(bytes('code'), NOW + 899)).not.toBeNull();
    });

    it('puts devices into the workspace of their code, the first one by default', async () => {
      await addCode('first');
      await addCode('shop', 'shop');
      await addCode('again');
      await addCode('shop again', 'shop');
      const [a, b, c, d] = await Promise.all(
        ['first', 'shop', 'again', 'shop again'].map((name) => redeem(bytes(name))),
      );
      expect(a?.workspaceId).toBe(c?.workspaceId);
      expect(b?.workspaceId).toBe(d?.workspaceId);
      expect(a?.workspaceId).not.toBe(b?.workspaceId);
    });

    it('finds a device by the hash of its token and by nothing else, also after a restart', async () => {
      const device = await pair();
      const tokenHash = bytes(`token-${String(serial)}`);
      await restart();
      expect(await store.findDevice(tokenHash)).toEqual(device);
      expect(await store.findDevice(bytes('unknown'))).toBeNull();
    });
  });

  describe('accounts', () => {
    it('[S2.22] belong to one workspace until it lets them go', async () => {
      const ours = await pair('ours');
      const theirs = await pair('theirs');
      expect(await store.saveAccount(account(ours.workspaceId, 'wx1'))).toBe('key-of-wx1');
      expect(await store.saveAccount(account(theirs.workspaceId, 'wx1', { newKey: 'other' }))).toBeNull();
      expect(await store.removeAccount(theirs.workspaceId, 'wx1')).toBe(false);
      expect(await store.findAccount('key-of-wx1')).toMatchObject({ workspaceId: ours.workspaceId });
      expect(await store.removeAccount(ours.workspaceId, 'wx1')).toBe(true);
      expect(await store.removeAccount(ours.workspaceId, 'wx1')).toBe(false);
      expect(await store.findAccount('key-of-wx1')).toBeNull();
      expect(await store.saveAccount(account(theirs.workspaceId, 'wx1', { newKey: 'other' }))).toBe('other');
    });

    it('keep their callback key while their Token changes', async () => {
      const { workspaceId } = await pair();
      await store.saveAccount(account(workspaceId, 'wx1'));
      const sealedToken = Buffer.from([1, 2, 3, 0, 255]);
      expect(await store.saveAccount(account(workspaceId, 'wx1', { newKey: 'unused', sealedToken }))).toBe(
        'key-of-wx1',
      );
      await restart();
      const found = await store.findAccount('key-of-wx1');
      expect(found).toMatchObject({ key: 'key-of-wx1', appid: 'wx1', workspaceId, mode: 'sealed' });
      expect(found?.sealedToken.equals(sealedToken)).toBe(true);
      expect(await store.findAccount('unused')).toBeNull();
    });

    it('that are removed leave their messages in the feed', async () => {
      const { workspaceId } = await pair();
      await store.saveAccount(account(workspaceId, 'wx1'));
      await store.append(message(workspaceId, 'unread', { appid: 'wx1' }));
      await store.removeAccount(workspaceId, 'wx1');
      expect(await bodies(workspaceId)).toEqual(['unread']);
    });
  });

  it('keeps the first fingerprint of a master key it was given', async () => {
    const [first, second] = [bytes('first'), bytes('second')];
    expect((await store.claimKeyFingerprint(first)).equals(first)).toBe(true);
    await restart();
    expect((await store.claimKeyFingerprint(second)).equals(first)).toBe(true);
  });

  it('answers a check while it is open, and refuses everything afterwards', async () => {
    const { workspaceId } = await pair();
    await expect(store.check()).resolves.toBeUndefined();
    const accepted = store.append(message(workspaceId, 'accepted'));
    await store.close();
    await expect(store.append(message(workspaceId, 'late'))).rejects.toMatchObject({
      code: 'relay/store-unavailable',
    });
    await expect(store.readFeed(workspaceId, 0, ALL)).rejects.toMatchObject({
      code: 'relay/store-unavailable',
    });
    await expect(store.check()).rejects.toMatchObject({ code: 'relay/store-unavailable' });
    await accepted;
    store = await open();
    expect(await bodies(workspaceId)).toEqual(['accepted']);
  });
});
