import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver, DeviceClient, postJson, sealedPush } from '../unit/relay/support/relay-harness';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

let folder: string;
let file: string;
let relay: ChildProcess | null = null;

/** Nothing of this machine's environment, and a home of its own. */
const options = () => ({ cwd: join(folder, 'server'), env: { HOME: join(folder, 'home') } });
const command = async (...args: readonly string[]): Promise<string> =>
  (await run(process.execPath, [file, ...args], options())).stdout;
const start = async (): Promise<string> => {
  const child = spawn(process.execPath, [file, '--port', '0', '--data', 'data'], {
    ...options(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  relay = child;
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) =>
      lines.once('line', (text) => {
        resolve([text]);
      }),
    ),
    new Promise<[string]>((resolve) =>
      child.once('exit', () => {
        resolve(['']);
      }),
    ),
  ]);
  return (JSON.parse(line) as { origin: string }).origin;
};
const stop = (): Promise<number | null> =>
  new Promise((resolve) => {
    relay?.once('exit', (code) => {
      resolve(code);
    });
    relay?.kill('SIGTERM');
    relay = null;
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-bundle-'));
  const built = join(folder, 'built');
  await run(process.execPath, [join(ROOT, 'scripts', 'bundle-relay.mjs'), '--out', built], { cwd: folder });
  const beside = [...readdirSync(join(ROOT, 'resources', 'relay')), 'relay.md'];
  expect(readdirSync(built).sort()).toEqual([...beside, 'oa-desk-relay.mjs'].sort());
  mkdirSync(join(folder, 'server'));
  mkdirSync(join(folder, 'home'));
  file = join(folder, 'server', 'relay.mjs');
  copyFileSync(join(built, 'oa-desk-relay.mjs'), file);
});
afterAll(() => {
  relay?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('the relay as one file', () => {
  it('takes a message and hands it over, with nothing else on the server than Node', async () => {
    expect(await command('help')).toContain('oa-desk-relay');
    const origin = await start();
    const code = (await command('invite', '--data', 'data')).trim().split(' ').at(-1);
    const response = await postJson(`${origin}/v1/pair`, { code, name: '前台' });
    const device = new DeviceClient(
      () => origin,
      ((await response.json()) as { deviceToken: string }).deviceToken,
    );
    const { callbackUrl } = await device.bind();
    const push = sealedPush('一个文件', Date.now() / 1000);
    expect(await deliver(callbackUrl, push)).toEqual({ status: 200, text: 'success' });
    expect((await device.feed()).items.map(({ body }) => body)).toEqual([push.body]);
    expect(await command('backup', 'backup.db', '--data', 'data')).toContain('NOT inside');
    expect(await stop()).toBe(0);
    expect(readdirSync(join(folder, 'server')).sort()).toEqual(['backup.db', 'data', 'relay.mjs']);
  });

  it('keeps its database binding for its user only, and replaces one that is not its own', async () => {
    const kept = join(folder, 'home', '.cache', 'oa-desk-relay');
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    const [name = ''] = readdirSync(kept);
    const bytes = readFileSync(join(kept, name));
    writeFileSync(join(kept, name), 'something else');
    await start();
    expect(await stop()).toBe(0);
    expect(readFileSync(join(kept, name)).equals(bytes)).toBe(true);
    expect(readdirSync(kept)).toEqual([name]);
  });

  it('runs where no folder of its user lasts', async () => {
    rmSync(join(folder, 'home'), { recursive: true });
    writeFileSync(join(folder, 'home'), 'no folder');
    await start();
    expect(await stop()).toBe(0);
  });

  it('is not made with a binding that npm gives for another system and that is not the expected one', async () => {
    const registry = await startRegistry(Buffer.from('not what was published'));
    const made = run(
      process.execPath,
      [
        join(ROOT, 'scripts', 'bundle-relay.mjs'),
        '--target',
        'linux-arm64-gnu',
        '--out',
        join(folder, 'arm'),
      ],
      {
        cwd: folder,
        env: {
          ...{
            PATH: process.env['PATH'],
            HOME: join(folder, 'server'),
            XDG_CACHE_HOME: join(folder, 'cache'),
          },
          ...{ npm_config_registry: registry.origin, npm_config_cache: join(folder, 'npm') },
        },
      },
    );
    await expect(made).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not what package-lock.json says') as string,
    });
    expect(existsSync(join(folder, 'arm'))).toBe(false);
    await registry.stop();
  });
});

/** A registry that has one archive under every name, with hashes that fit it. */
async function startRegistry(archive: Buffer): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) {
      response.end(archive);
      return;
    }
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    const version = (
      JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, { version: string }>;
      }
    ).packages[`node_modules/${name}`]?.version;
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    const dist = { tarball: `${origin}/x.tgz`, integrity };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, versions: { [String(version)]: { name, version, dist } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    origin,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
