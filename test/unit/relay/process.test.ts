import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, DeviceClient, postJson, sealedPush, temporaryFolder, TOKEN } from './support/relay-harness';
import { inviteCode, RelayProcess } from './support/relay-process';

const now = (): number => Date.now() / 1000;

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

const serve = async (...more: readonly string[]): Promise<RelayProcess> => {
  const relay = await RelayProcess.serve(['--port', '0', '--data', data, ...more]);
  running.push(relay);
  return relay;
};
const pair = async (origin: () => string): Promise<DeviceClient> => {
  const response = await postJson(`${origin()}/v1/pair`, { code: await inviteCode(data), name: '前台' });
  expect(response.status).toBe(200);
  return new DeviceClient(origin, ((await response.json()) as { deviceToken: string }).deviceToken);
};
const allBodies = async (device: DeviceClient): Promise<string[]> => {
  const bodies: string[] = [];
  let cursor = 0;
  for (;;) {
    const page = await device.feed(cursor);
    if (page.items.length === 0) return bodies;
    for (const item of page.items) {
      expect(item.seq).toBeGreaterThan(cursor);
      cursor = item.seq;
      bodies.push(item.body);
    }
  }
};

describe('the relay as a process', { timeout: 60_000 }, () => {
  it('prints one line with its origin, takes a code made while it runs, and keeps its secrets out of what it prints', async () => {
    const relay = await serve();
    expect(relay.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const device = await pair(() => relay.origin);
    const { callbackUrl, key } = await device.bind();
    expect((await deliver(callbackUrl, sealedPush('悄悄话', now()))).text).toBe('success');
    expect(await allBodies(device)).toHaveLength(1);
    await relay.kill('SIGTERM');
    expect(relay.output).toBe(`${JSON.stringify({ origin: relay.origin })}\n`);
    for (const secret of [TOKEN, device.token, key, '悄悄话']) expect(relay.errors).not.toContain(secret);
  });

  it('has codes ready that were made before it first ran, and of another workspace', async () => {
    const first = await inviteCode(data);
    const second = await inviteCode(data, '--workspace', '二号店');
    const relay = await serve();
    for (const code of [first, second])
      expect((await postJson(`${relay.origin}/v1/pair`, { code, name: 'x' })).status).toBe(200);
  });

  it('ends at SIGTERM with everything it has answered success', async () => {
    const relay = await serve();
    const device = await pair(() => relay.origin);
    const { callbackUrl } = await device.bind();
    const poll = device.feed(0, { wait: 50 });
    const pushes = Array.from({ length: 30 }, (_, index) => sealedPush(String(index), now()));
    const answers = pushes.map((push) =>
      deliver(callbackUrl, push).catch(() => ({ status: 0, text: 'no answer' })),
    );
    await poll;
    expect(await relay.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    const settled = await Promise.all(answers);
    const again = await serve();
    const stored = await allBodies(new DeviceClient(() => again.origin, device.token));
    for (const [index, push] of pushes.entries())
      if (settled[index]?.text === 'success') expect(stored).toContain(push.body);
  });

  it('ends at SIGTERM although a client sends nothing and another only half a request', async () => {
    const relay = await serve();
    const { hostname, port } = new URL(relay.origin);
    const sockets = [connect(Number(port), hostname), connect(Number(port), hostname)];
    for (const socket of sockets) socket.on('error', () => undefined);
    sockets[1]?.write('POST /wx/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await fetch(`${relay.origin}/healthz`);
    expect(await relay.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    for (const socket of sockets) socket.destroy();
  });

  it('ends when its standard input does, if asked to', async () => {
    const relay = await serve('--exit-with-stdin');
    expect((await fetch(`${relay.origin}/healthz`)).status).toBe(200);
    relay.endStdin();
    expect(await relay.exit).toEqual({ code: 0, signal: null });
  });

  it('refuses, in one sentence, to start where it cannot work', async () => {
    const relay = await serve();
    const failed = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
      const other = RelayProcess.run(args, env);
      const { code } = await other.exit;
      expect(code).not.toBe(0);
      expect(other.output).toBe('');
      return other.errors;
    };
    expect(await failed(['--port', '0', '--data', data])).toContain('relay/already-running');
    const port = new URL(relay.origin).port;
    expect(await failed(['--port', port, '--data', join(folder.path, 'other')])).toContain(
      'relay/address-in-use',
    );
    expect(await failed(['--store', 'redis://127.0.0.1'])).toContain('--store takes');
    expect(await failed(['--port', '0', '--data', '/dev/null/x'])).toContain('relay/data-folder');
    await relay.kill('SIGTERM');
    expect(await failed(['--port', '0', '--data', data], { OADESK_RELAY_KEY: 'a'.repeat(64) })).toContain(
      'relay/wrong-master-key',
    );
    expect(await failed(['--port', '0', '--data', data], { OADESK_RELAY_KEY: 'short' })).toContain(
      'relay/bad-master-key',
    );

    const newer = new Database(join(data, 'relay.db'));
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    expect(await failed(['--port', '0', '--data', data])).toContain('relay/store-newer');
    expect(await failed(['invite', '--data', data])).toContain('relay/store-newer');
    writeFileSync(
      join(data, 'relay.db'),
      'this is no database, it is a text that is long enough'.repeat(400),
    );
    expect(await failed(['--port', '0', '--data', data])).toContain('relay/store-damaged');
  });
});
