import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '#relay/operations/options';
import { temporaryFolder } from '../support/relay-harness';

const run = promisify(execFile);
const RESOURCES = fileURLToPath(new URL('../../../../resources/relay/', import.meta.url));
const NAME = 'relay.tea.example';
const ADDRESS = '203.0.113.7';

/** Programs of a Debian server that would change this machine: each notes that it was called. */
const STUBS: Readonly<Record<string, string>> = {
  'apt-get': '',
  certbot:
    'mkdir -p "$OADESK_ROOT/etc/letsencrypt/live/$6" && touch "$OADESK_ROOT/etc/letsencrypt/live/$6/fullchain.pem"',
  chown: '',
  curl: 'echo ok',
  getent: `echo "${ADDRESS}     STREAM ${NAME}"`,
  id: '[ "$1" != -u ] && exit 1; echo 0',
  nginx: '',
  systemctl: '',
  useradd: '',
};

// The script is for Debian servers; Windows has no shell for it.
describe.skipIf(process.platform === 'win32')('setting the relay up on a server', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let root: string;
  let copied: string;
  let calls: string;

  beforeEach(() => {
    folder = temporaryFolder();
    root = join(folder.path, 'root');
    copied = join(folder.path, 'copied');
    calls = join(folder.path, 'calls');
    const bin = join(folder.path, 'bin');
    for (const path of [bin, copied, join(root, 'usr', 'bin'), join(root, 'etc', 'nginx')])
      mkdirSync(path, { recursive: true });
    for (const name of ['sites-available', 'sites-enabled']) mkdirSync(join(root, 'etc', 'nginx', name));
    writeFileSync(join(root, 'etc', 'nginx', 'nginx.conf'), 'http { }\n');
    writeFileSync(join(root, 'etc', 'nginx', 'sites-enabled', 'default'), '');
    for (const name of readdirSync(RESOURCES)) copyFileSync(join(RESOURCES, name), join(copied, name));
    writeFileSync(join(copied, 'oa-desk-relay.mjs'), 'one');
    // In place of the command that runs the relay's own commands as the relay's user.
    program(
      join(copied, 'oa-desk-relay'),
      'if [ "$1" = devices ]; then echo "No computer is paired."; else echo "code H4KD-9MQX-C7RT"; fi',
    );
    symlinkSync(process.execPath, join(root, 'usr', 'bin', 'node'));
    for (const [name, body] of Object.entries(STUBS)) program(join(bin, name), body);
  });
  afterEach(() => {
    folder.dispose();
  });

  function program(path: string, body: string): void {
    const name = path.split('/').at(-1) ?? '';
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "${calls}"\n${body}\n`);
    chmodSync(path, 0o755);
  }
  const install = async (...args: readonly string[]): Promise<string> => {
    writeFileSync(calls, '');
    const env = { PATH: `${join(folder.path, 'bin')}:${process.env['PATH'] ?? ''}`, OADESK_ROOT: root };
    return (await run('sh', [join(copied, 'install.sh'), ...args], { env })).stdout;
  };
  const called = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  it('ends with the master key to write down and a pairing code, and everything in its place', async () => {
    const said = await install(NAME, ADDRESS);
    const key = read('etc/oa-desk-relay/master.key');
    expect(key).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(join(root, 'etc/oa-desk-relay/master.key')).mode & 0o077).toBe(0);
    expect(said).toContain(key.trim());
    expect(said).toContain('H4KD-9MQX-C7RT');
    expect(read('opt/oa-desk-relay/oa-desk-relay.mjs')).toBe('one');
    const options = /^RELAY_OPTIONS=(.*)\n$/.exec(read('etc/oa-desk-relay/relay.env'))?.[1] ?? '';
    expect(readOptions(['serve', ...options.split(' ')])).toMatchObject({
      publicUrl: `https://${NAME}`,
      egressAddresses: [ADDRESS],
      tunnel: { port: 8788, host: '127.0.0.1', url: `https://${NAME}:8443` },
    });
    expect(existsSync(join(root, 'etc/nginx/sites-enabled/default'))).toBe(false);
    for (const file of ['sites-available/oa-desk-relay', 'oa-desk-relay-tunnel.conf']) {
      expect(read(`etc/nginx/${file}`)).toContain(NAME);
      expect(read(`etc/nginx/${file}`)).not.toContain('relay.example.com');
    }
    expect(read('etc/cron.daily/oa-desk-relay')).toContain('oa-desk-relay backup');
    const order = called();
    const at = (call: string): number => order.findIndex((line) => line.startsWith(call));
    expect(at('useradd --system')).toBeLessThan(at('systemctl restart oa-desk-relay'));
    expect(at('systemctl restart oa-desk-relay')).toBeLessThan(at('curl'));
    expect(at('certbot certonly')).toBeLessThan(at('nginx -t'));
    expect(at('nginx -t')).toBeLessThan(at('systemctl reload nginx'));
  });

  it('can be repeated: key, options, certificate and what the owner changed stay', async () => {
    await install(NAME, ADDRESS);
    const key = read('etc/oa-desk-relay/master.key');
    writeFileSync(join(root, 'etc/oa-desk-relay/relay.env'), 'RELAY_OPTIONS=--port 1\n');
    await install(NAME, ADDRESS);
    expect(read('etc/oa-desk-relay/master.key')).toBe(key);
    expect(read('etc/oa-desk-relay/relay.env')).toBe('RELAY_OPTIONS=--port 1\n');
    expect(called().some((line) => line.startsWith('certbot'))).toBe(false);
    expect(read('etc/nginx/nginx.conf').match(/oa-desk-relay-tunnel\.conf/g)).toHaveLength(1);
  });

  it('takes up a new version after a backup, and leaves the web server alone', async () => {
    await install(NAME, ADDRESS);
    mkdirSync(join(root, 'var/lib/oa-desk-relay'), { recursive: true });
    writeFileSync(join(root, 'var/lib/oa-desk-relay/relay.db'), '');
    writeFileSync(join(copied, 'oa-desk-relay.mjs'), 'two');
    await install();
    expect(read('opt/oa-desk-relay/oa-desk-relay.mjs')).toBe('two');
    const order = called();
    const backup = order.findIndex((line) => /^oa-desk-relay backup .*before-\d{8}-\d{6}\.db$/.test(line));
    expect(backup).toBeGreaterThanOrEqual(0);
    expect(backup).toBeLessThan(order.indexOf('systemctl restart oa-desk-relay'));
    expect(order.filter((line) => /^(nginx|certbot|apt-get)/.test(line))).toEqual([]);
  });

  it.each([
    [[], 'Say the relay'],
    [[NAME], 'Say the relay'],
    [['relay'], 'Say the relay'],
    [['relay', ADDRESS], 'not the name of a server'],
    [['relay.tea.example; reboot', ADDRESS], 'not the name of a server'],
    [[NAME, 'x'], 'not an address'],
    [[NAME, '203.0.113.8'], 'does not lead to 203.0.113.8'],
  ])('changes nothing when it is asked with %j', async (args, reason) => {
    await expect(install(...args)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(reason) as string,
    });
    expect(called().filter((line) => !/^(id|getent)\b/.test(line) && line !== '')).toEqual([]);
    expect(existsSync(join(root, 'etc/oa-desk-relay'))).toBe(false);
  });
});

describe('the instructions', () => {
  const page = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8');
  /** What is typed after the name of the program in the examples, with what is worked out on the way. */
  const examplesIn = (text: string): string[] => [
    ...[...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
      [
        ...block.matchAll(/^(?:\w+=\S+ \S+\) |docker exec oa-desk-relay )?oa-desk-relay ([^#<>&|\\\n]*)/gm),
      ].map(([, typed = '']) => typed),
    ),
    ...[...text.matchAll(/`npm run relay -- ([^`]*)`/g)].map(([, typed = '']) =>
      typed.replace('--port N', '--port 0'),
    ),
  ];

  it.each(['docs/relay.md', 'README.md'])('of %s name only commands and options that there are', (path) => {
    const examples = examplesIn(page(path));
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const args = example
        .replaceAll(/\$\([^)]*\)/g, 'x')
        .trim()
        .split(/\s+/);
      // The command on a server adds the data folder itself.
      const data = args.includes('--data') || args[0] === 'help' ? [] : ['--data', '/x'];
      expect(() => readOptions([...args, ...data]), example).not.toThrow();
    }
  });

  it('give a relay options that it takes', () => {
    const given = [...page('docs/relay.md').matchAll(/^RELAY_OPTIONS=(.*)$/gm)].map(
      ([, options = '']) => options,
    );
    expect(given.length).toBeGreaterThan(0);
    for (const options of given)
      expect(readOptions(['serve', ...options.split(' ')])).toMatchObject({ command: 'serve' });
  });
});
