import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackoff } from '#main/relay/backoff';
import { runLinkLoop } from '#main/relay/link-loop';
import {
  deliver,
  DeviceClient,
  postJson,
  sealedPush,
  temporaryFolder,
  TOKEN,
  until,
} from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';

const KEY = { OADESK_RELAY_KEY: '5a'.repeat(32) };
const now = (): number => Date.now() / 1000;

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let file: string;
const running: RelayProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  file = join(folder.path, 'backup.db');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.kill('SIGKILL')));
  folder.dispose();
});

const serve = async (dataDir: string): Promise<RelayProcess> => {
  const relay = await RelayProcess.serve(['--port', '0', '--data', dataDir], KEY);
  running.push(relay);
  return relay;
};
const run = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; output: string; errors: string }> => {
  const command = RelayProcess.run(args, env);
  const { code } = await command.exit;
  return { code, output: command.output, errors: command.errors };
};
const backup = (target = file) => run(['backup', target, '--data', data]);
const restore = (dataDir: string, env: NodeJS.ProcessEnv = {}) =>
  run(['restore', file, '--data', dataDir], env);

async function pair(origin: () => string): Promise<DeviceClient> {
  const response = await postJson(`${origin()}/v1/pair`, { code: await inviteCode(data), name: '前台' });
  return new DeviceClient(origin, ((await response.json()) as { deviceToken: string }).deviceToken);
}

/** What a desktop keeps between two runs: where it stands, and the bodies it has, in order. */
class Desktop {
  cursor = 0;
  readonly bodies: string[] = [];

  constructor(private readonly client: DeviceClient) {}

  get repeats(): number {
    return this.bodies.length - new Set(this.bodies).size;
  }

  /** Runs the app's own loop until everything that the relay has is here. */
  async catchUp(goal: () => boolean): Promise<void> {
    const loop = runLinkLoop(
      { id: 'link', url: '', deviceToken: '', cursor: this.cursor, appids: [] },
      {
        relay: {
          feed: (_link, after, wait, limit, signal) =>
            this.client.feed(after, { acked: after, wait, limit, signal }),
        },
        clock: { now },
        backoff: createBackoff({ firstMs: 5, maxMs: 20 }),
        ingest: (items) => {
          for (const item of items) {
            this.cursor = item.seq;
            if (item.kind !== 'unknown') this.bodies.push(item.body);
          }
          return Promise.resolve();
        },
        report: () => undefined,
        onOnline: () => undefined,
        log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      },
    );
    await until(goal);
    await loop.stop();
  }

  async catchUpWith(bodies: readonly string[]): Promise<void> {
    await this.catchUp(() => {
      const present = new Set(this.bodies);
      return bodies.every((body) => present.has(body));
    });
  }
}

describe('a backup', { timeout: 120_000 }, () => {
  it('of a relay under load holds every message that was answered before it began, once', async () => {
    const relay = await serve(data);
    const device = await pair(() => relay.origin);
    const { callbackUrl } = await device.bind();
    const accepted: string[] = [];
    let busy = true;
    const connections = Array.from({ length: 16 }, async () => {
      while (busy) {
        const push = sealedPush('负载', now());
        expect((await deliver(callbackUrl, push)).text).toBe('success');
        accepted.push(push.body);
      }
    });
    await until(() => accepted.length > 300);
    const before = [...accepted];
    const { code, output } = await backup();
    expect(code).toBe(0);
    await until(() => accepted.length > before.length + 100);
    busy = false;
    await Promise.all(connections);
    expect(output).toContain('NOT inside');

    const other = join(folder.path, 'other');
    expect(await restore(other, KEY)).toMatchObject({ code: 0, errors: '' });
    const second = await serve(other);
    const reader = new Desktop(new DeviceClient(() => second.origin, device.token));
    await reader.catchUpWith(before);
    expect(reader.repeats).toBe(0);
    const all = new Set(accepted);
    expect(reader.bodies.filter((body) => !all.has(body))).toEqual([]);
  });

  it('keeps secrets sealed, is for its owner only, and is never written over another', async () => {
    const relay = await serve(data);
    const device = await pair(() => relay.origin);
    await device.bind();
    const { output } = await backup();
    const bytes = readFileSync(file);
    for (const secret of [TOKEN, device.token, KEY.OADESK_RELAY_KEY])
      for (const text of [secret, Buffer.from(secret, 'utf8').toString('base64')])
        expect(bytes.includes(text)).toBe(false);
    expect(bytes.includes(Buffer.from(KEY.OADESK_RELAY_KEY, 'hex'))).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(output).not.toContain(KEY.OADESK_RELAY_KEY);

    const again = await backup();
    expect(again.code).toBe(1);
    expect(again.errors).toContain('relay/backup-exists');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect((await backup(join(folder.path, 'missing', 'x.db'))).errors).toContain('relay/backup-failed');
    expect(readdirSync(folder.path).sort()).toEqual(['backup.db', 'data']);
    data = join(folder.path, 'nothing');
    expect((await backup(join(folder.path, 'x.db'))).errors).toContain('relay/no-store');
    expect(existsSync(data)).toBe(false);
  });

  it('is restored into an empty folder only, and never from something else', async () => {
    const relay = await serve(data);
    await pair(() => relay.origin);
    await backup();
    expect((await restore(data, KEY)).errors).toContain('relay/folder-not-empty');

    const other = join(folder.path, 'other');
    mkdirSync(other, { mode: 0o700 });
    writeFileSync(join(other, 'master.key'), `${'5a'.repeat(32)}\n`, { mode: 0o600 });
    truncateSync(file, statSync(file).size - 4096);
    expect((await restore(other)).errors).toContain('relay/not-a-backup');
    writeFileSync(file, 'no database');
    expect((await restore(other)).errors).toContain('relay/not-a-backup');
    expect(readdirSync(other)).toEqual(['master.key']);

    file = join(folder.path, 'second.db');
    await backup();
    expect((await restore(other)).output).toContain('The master key fits');
    const wrong = await restore(join(folder.path, 'third'), { OADESK_RELAY_KEY: '00'.repeat(32) });
    expect(wrong.errors).toContain('relay/wrong-master-key');
    const none = await restore(join(folder.path, 'fourth'));
    expect(none.output).toContain('Put the master key of that time in its place');
    expect(existsSync(join(folder.path, 'fourth', 'master.key'))).toBe(false);
  });
});

describe('a desktop whose relay was restored', { timeout: 120_000 }, () => {
  it('misses nothing that came before the backup or after the restore, however often one backup is used', async () => {
    let relay = await serve(data);
    const origin = (): string => relay.origin;
    const [ahead, behind] = [new Desktop(await pair(origin)), new Desktop(await pair(origin))];
    const device = await pair(origin);
    const { key } = await device.bind();
    const send = async (name: string, count: number): Promise<string[]> => {
      const bodies: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const push = sealedPush(`${name} ${String(index)}`, now());
        expect((await deliver(`${relay.origin}/wx/${key}`, push)).text).toBe('success');
        bodies.push(push.body);
      }
      return bodies;
    };

    const first = await send('first', 4);
    await behind.catchUpWith(first);
    const old = [...first, ...(await send('before the backup', 6))];
    await backup();
    const lost = await send('between', 20);
    await ahead.catchUpWith([...old, ...lost]);

    const after: string[] = [];
    for (const generation of ['one', 'two', 'three']) {
      await relay.kill('SIGTERM');
      const next = join(folder.path, generation);
      expect(await restore(next, KEY)).toMatchObject({ code: 0 });
      relay = await serve(next);
      // More than were lost, while every desktop is off.
      const fresh = await send(`after restore ${generation}`, 30);
      await ahead.catchUpWith(fresh);
      if (generation === 'two') await behind.catchUpWith([...old, ...fresh]);
      after.push(...fresh);
    }
    expect(ahead.repeats).toBe(0);
    expect(behind.repeats).toBe(0);
    expect(new Set(ahead.bodies)).toEqual(new Set([...old, ...lost, ...after]));
  });
});
