import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, it } from 'vitest';
import { hashDeviceToken } from '#relay/secrets/device-token';
import { SealedBox } from '#relay/secrets/sealed-box';
import { sql as first } from '#relay/store/sqlite/migrations/0001-first';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { APPID, deliver, DeviceClient, RelayHarness, sealedPush, TOKEN } from '../support/relay-harness';

const MASTER_KEY = Buffer.alloc(32, 7);
const DEVICE_TOKEN = 'd'.repeat(43);
const ACCOUNT_KEY = 'k'.repeat(32);

let relay: RelayHarness;
afterEach(() => relay.stop());

/** A data folder as the first version of the relay left it: one device that has read one of two messages. */
function writeFirstVersion(folder: string): void {
  const db = new Database(join(folder, 'relay.db'));
  const box = new SealedBox(MASTER_KEY);
  db.exec(`${first}; PRAGMA user_version = 1`);
  db.prepare("INSERT INTO settings VALUES ('key-fingerprint', ?)").run([box.fingerprint]);
  db.prepare("INSERT INTO workspaces VALUES (1, 'default', 2)").run();
  db.prepare('INSERT INTO devices VALUES (1, 1, ?, ?, 1700000000, 1)').run([
    '前台电脑',
    Buffer.from(hashDeviceToken(DEVICE_TOKEN), 'hex'),
  ]);
  const sealed = box.seal(TOKEN, `account:1:${APPID}`);
  db.prepare("INSERT INTO accounts VALUES (?, 1, ?, 'sealed', ?)").run([APPID, ACCOUNT_KEY, sealed]);
  for (const seq of [1, 2])
    db.prepare('INSERT INTO messages VALUES (?, 1, ?, ?, 1700000000.5, ?, ?, ?)').run([
      seq,
      seq,
      APPID,
      Buffer.from(`replay-${String(seq)}`),
      `nonce=${String(seq)}`,
      Buffer.from(`<xml>${String(seq)}</xml>`),
    ]);
  db.close();
}

it('goes on where the first version stopped: same devices, addresses, messages and cursors', async () => {
  let written = false;
  relay = await RelayHarness.start({
    masterKey: MASTER_KEY,
    open: (folder) => {
      if (!written) writeFirstVersion(folder);
      written = true;
      return SqliteStore.open(folder);
    },
  });
  const device = new DeviceClient(() => relay.origin, DEVICE_TOKEN);
  expect((await device.feed()).items.map(({ seq, body, kind }) => [seq, body, kind])).toEqual([
    [1, '<xml>1</xml>', 'message'],
    [2, '<xml>2</xml>', 'message'],
  ]);
  const callbackUrl = `${relay.origin}/wx/${ACCOUNT_KEY}`;
  expect((await deliver(callbackUrl, sealedPush('new', relay.clock.now()))).text).toBe('success');
  expect((await device.feed(2)).items.map(({ seq }) => seq)).toEqual([3]);
  // It had acknowledged the first message to the version before.
  expect(await device.unread()).toBe(2);
  expect((await device.bind()).key).toBe(ACCOUNT_KEY);
  // An invitation for the first workspace still leads there.
  const second = await relay.pair();
  expect((await second.feed()).items).toHaveLength(3);
  await relay.restart();
  expect((await second.feed()).items).toHaveLength(3);
});
