import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEALED_COLLECTIONS } from '#relay/component/collections';
import { SealedDocuments } from '#relay/component/sealed-documents';
import { rotateKey } from '#relay/operations/rotate-key';
import { SEALED_SECRETS } from '#relay/operations/sealed-secrets';
import { RuleStore } from '#relay/replies/rule-store';
import { resealable } from '#relay/secrets/resealable';
import { SealedBox } from '#relay/secrets/sealed-box';
import { Accounts, ACCOUNTS, contextOf } from '#relay/state/accounts';
import { Documents } from '#relay/state/documents';
import { beginRotation, checkMasterKey, chooseMasterKey } from '#relay/state/key-check';
import { MemoryStore } from '#relay/store/memory/memory-store';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { deliver, sealedPush, temporaryFolder, until } from '../support/relay-harness';
import { RelayProcess } from '../support/relay-process';

const OLD = Buffer.alloc(32, 1);
const NEW = Buffer.alloc(32, 2);
const THIRD = Buffer.alloc(32, 3);

interface Stored {
  readonly workspaceId: string;
  readonly sealed: string;
}

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const running: RelayProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.kill('SIGKILL')));
  folder.dispose();
});

const run = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; output: string; errors: string }> => {
  const command = RelayProcess.run(args, env);
  const { code } = await command.exit;
  return { code, output: command.output, errors: command.errors };
};

/** How many accounts open with the old key, with the new one, and with neither. */
async function countSealed(dataDir: string): Promise<{ old: number; new: number; lost: number }> {
  const store = await SqliteStore.open(dataDir);
  try {
    const counts = { old: 0, new: 0, lost: 0 };
    const boxes = { old: new SealedBox(OLD), new: new SealedBox(NEW) };
    for (const { key, value } of await new Documents<Stored>(store, ACCOUNTS).list()) {
      const opener = (['old', 'new'] as const).find((name) => {
        try {
          const text = boxes[name].openText(value.sealed, contextOf(value.workspaceId, key));
          return (JSON.parse(text) as { token: string }).token === `token${key.slice(2)}`;
        } catch {
          return false;
        }
      });
      counts[opener ?? 'lost'] += 1;
    }
    return counts;
  } finally {
    await store.close();
  }
}

describe('a change of the master key', { timeout: 120_000 }, () => {
  const ACCOUNT_COUNT = 3_000;
  const BOTH = { OADESK_RELAY_KEY: OLD.toString('hex'), OADESK_RELAY_NEW_KEY: NEW.toString('hex') };
  const keys: string[] = [];

  async function fill(): Promise<void> {
    const store = await SqliteStore.open(data);
    const box = new SealedBox(OLD);
    await checkMasterKey(store, box);
    const accounts = new Accounts(store, box);
    const saves = Array.from({ length: ACCOUNT_COUNT }, (_, index) =>
      accounts.save('w', `wx${String(index)}`, { mode: 'sealed', token: `token${String(index)}` }),
    );
    keys.splice(0, keys.length, ...(await Promise.all(saves)));
    await store.close();
  }

  it('loses no secret when it is killed midway, serves with both keys, refuses one alone, and ends when run again', async () => {
    await fill();
    let midway = { old: ACCOUNT_COUNT, new: 0, lost: 0 };
    for (const seen of [1, 12, 25]) {
      const command = RelayProcess.run(['rotate-key', '--data', data], BOTH);
      await Promise.race([until(() => command.output.split('\n').length > seen), command.exit]);
      expect(await command.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      const now = await countSealed(data);
      expect(now.lost).toBe(0);
      expect(now.old + now.new).toBe(ACCOUNT_COUNT);
      expect(now.new).toBeGreaterThanOrEqual(midway.new);
      midway = now;
    }
    expect(midway.old).toBeGreaterThan(0);
    expect(midway.new).toBeGreaterThan(0);

    for (const key of [OLD, NEW])
      expect(
        (await run(['--port', '0', '--data', data], { OADESK_RELAY_KEY: key.toString('hex') })).errors,
      ).toContain('relay/rotating-keys');
    const third = { OADESK_RELAY_KEY: OLD.toString('hex'), OADESK_RELAY_NEW_KEY: THIRD.toString('hex') };
    expect((await run(['rotate-key', '--data', data], third)).errors).toContain('relay/rotating-keys');

    const relay = await RelayProcess.serve(['--port', '0', '--data', data], BOTH);
    running.push(relay);
    const asked = keys.filter((_, index) => index % 97 === 0);
    for (const [position, key] of asked.entries()) {
      const token = `token${String(position * 97)}`;
      const { status } = await deliver(
        `${relay.origin}/wx/${key}`,
        sealedPush('x', Date.now() / 1000, { token }),
      );
      expect(status).toBe(200);
    }
    expect((await run(['rotate-key', '--data', data], BOTH)).errors).toContain('relay/already-running');
    await relay.kill('SIGTERM');

    const end = await run(['rotate-key', '--data', data], BOTH);
    expect(end).toMatchObject({ code: 0, errors: '' });
    expect(end.output).toContain(`${String(midway.old)} secrets were sealed`);
    expect(await countSealed(data)).toEqual({ old: 0, new: ACCOUNT_COUNT, lost: 0 });
    expect(
      (await run(['--port', '0', '--data', data], { OADESK_RELAY_KEY: OLD.toString('hex') })).errors,
    ).toContain('relay/wrong-master-key');
    running.push(
      await RelayProcess.serve(['--port', '0', '--data', data], { OADESK_RELAY_KEY: NEW.toString('hex') }),
    );
  });

  it('is nothing to do a second time', async () => {
    await fill();
    expect((await run(['rotate-key', '--data', data], BOTH)).output).toContain(
      `${String(ACCOUNT_COUNT)} secrets were`,
    );
    expect((await run(['rotate-key', '--data', data], BOTH)).output).toContain('0 secrets were');
    const same = { OADESK_RELAY_KEY: NEW.toString('hex'), OADESK_RELAY_NEW_KEY: NEW.toString('hex') };
    expect((await run(['rotate-key', '--data', data], same)).errors).toContain('relay/same-key');
  });

  it('makes a new key file when the old one is in the data folder', async () => {
    const relay = await RelayProcess.serve(['--port', '0', '--data', data]);
    running.push(relay);
    expect((await run(['rotate-key', '--data', data])).errors).toContain('relay/already-running');
    await relay.kill('SIGTERM');
    const before = readFileSync(join(data, 'master.key'), 'utf8');
    const { code, output } = await run(['rotate-key', '--data', data]);
    expect(code).toBe(0);
    const after = readFileSync(join(data, 'master.key'), 'utf8');
    expect(after).not.toBe(before);
    expect(readdirSync(data).filter((name) => name.startsWith('master.key'))).toEqual(['master.key']);
    for (const secret of [before.trim(), after.trim()]) expect(output).not.toContain(secret);
    running.push(await RelayProcess.serve(['--port', '0', '--data', data]));
  });

  it('takes the new key from a file, and wants to know one when the old key came from elsewhere', async () => {
    await fill();
    const file = join(folder.path, 'new.key');
    writeFileSync(file, `${NEW.toString('base64')}\n`, { mode: 0o644 });
    const old = { OADESK_RELAY_KEY: OLD.toString('hex') };
    expect(await run(['rotate-key', '--data', data], old)).toMatchObject({ code: 2 });
    expect((await run(['rotate-key', '--data', data, '--new-key-file', file], old)).errors).toContain(
      'relay/open-key-file',
    );
    chmodSync(file, 0o640);
    expect((await run(['rotate-key', '--data', data, '--new-key-file', file], old)).code).toBe(0);
    running.push(await RelayProcess.serve(['--port', '0', '--data', data, '--key-file', file]));
    expect(existsSync(join(data, 'master.key'))).toBe(false);
  });
});

describe('the master keys of a store', () => {
  const store = new MemoryStore();

  it('seal with the old one until a change has begun, and with the new one from then on', async () => {
    await checkMasterKey(store, new SealedBox(OLD));
    expect((await chooseMasterKey(store, OLD, NEW)).masterKey).toBe(OLD);
    await checkMasterKey(store, new SealedBox(OLD, NEW));
    await beginRotation(store, new SealedBox(OLD), new SealedBox(NEW));
    expect(await chooseMasterKey(store, OLD, NEW)).toEqual({ masterKey: NEW, otherMasterKey: OLD });
    await checkMasterKey(store, new SealedBox(NEW, OLD));
    await expect(checkMasterKey(store, new SealedBox(OLD))).rejects.toMatchObject({
      code: 'relay/rotating-keys',
    });
    await expect(checkMasterKey(store, new SealedBox(THIRD))).rejects.toMatchObject({
      code: 'relay/wrong-master-key',
    });
  });

  it('stay in change while one value opens with neither', async () => {
    const collection = { name: 'notes', lifetime: null } as const;
    const notes = new Documents<{ readonly sealed: string }>(store, collection);
    const entry = resealable<{ readonly sealed: string }>(collection, (value, key, reseal) => ({
      sealed: reseal(value.sealed, `note:${key}`),
    }));
    await notes.create('good', { sealed: new SealedBox(OLD).sealText('好', 'note:good') });
    await notes.create('moved', { sealed: new SealedBox(OLD).sealText('坏', 'note:elsewhere') });
    const [from, to] = [new SealedBox(OLD), new SealedBox(NEW)];
    await expect(rotateKey(store, from, to, [entry])).rejects.toMatchObject({
      code: 'relay/secret-unreadable',
    });
    await expect(checkMasterKey(store, to)).rejects.toMatchObject({ code: 'relay/rotating-keys' });
    await notes.delete('moved');
    await rotateKey(store, from, to, [entry]);
    await checkMasterKey(store, to);
    const good = await notes.get('good');
    expect(to.openText(good?.value.sealed ?? '', 'note:good')).toBe('好');
  });

  it('also find what a relay with both keys seals with the old one while the walk is under way', async () => {
    const busy = new MemoryStore();
    const [from, to] = [new SealedBox(OLD), new SealedBox(NEW)];
    await checkMasterKey(busy, from);
    const accounts = new Accounts(busy, new SealedBox(OLD, NEW));
    await accounts.save('w', 'wx1', { mode: 'sealed', token: 'token1' });
    let late: Promise<string> | null = null;
    await rotateKey(busy, from, to, SEALED_SECRETS, () => {
      late ??= accounts.save('w', 'wx2', { mode: 'sealed', token: 'token2' });
    });
    const key = await (late ?? Promise.reject(new Error('nothing was saved meanwhile')));
    await rotateKey(busy, from, to, SEALED_SECRETS);
    expect((await new Accounts(busy, to).findByKey(key))?.token).toBe('token2');
  });
});

describe('the list of sealed secrets', () => {
  const source = (path: string): string =>
    readFileSync(new URL(`../../../../src/relay/${path}`, import.meta.url), 'utf8');

  it('knows every module that seals something', () => {
    const root = fileURLToPath(new URL('../../../../src/relay', import.meta.url));
    const list = source('operations/sealed-secrets.ts');
    const sealing = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('secrets'))
      .filter((path) => /\b[bB]ox\.(seal|sealText)\(/.test(readFileSync(join(root, path), 'utf8')));
    expect(sealing.length).toBeGreaterThan(0);
    for (const path of sealing)
      expect(list).toContain(`'../${path.replace(/\\/g, '/').replace(/\.ts$/, '')}'`);
  });

  it('opens nothing with a third key', () => {
    const sealed = new SealedBox(randomBytes(32)).sealText('x', 'y');
    expect(() => new SealedBox(OLD, NEW).openText(sealed, 'y')).toThrow(
      expect.objectContaining({ code: 'relay/secret-unreadable' }),
    );
  });
});

describe('a change of the master key', () => {
  it('takes along reply rules and everything of a third-party platform', async () => {
    const store = new MemoryStore();
    const [from, to] = [new SealedBox(OLD), new SealedBox(NEW)];
    await checkMasterKey(store, from);
    const owner = { workspaceId: 'w', appid: 'wx1' };
    const set = { version: 1, timeZone: 'Asia/Shanghai', rules: [] };
    await new RuleStore(store, from).save(owner, set);
    for (const collection of SEALED_COLLECTIONS)
      await new SealedDocuments<string, string>(store, from, collection).create('k', {
        plain: 'p',
        secret: 's',
      });
    expect(await rotateKey(store, from, to, SEALED_SECRETS)).toBe(SEALED_COLLECTIONS.length + 1);
    expect(await new RuleStore(store, to).read(owner)).toMatchObject(set);
    for (const collection of SEALED_COLLECTIONS)
      expect(await new SealedDocuments<string, string>(store, to, collection).get('k')).toEqual({
        plain: 'p',
        secret: 's',
      });
  });
});
