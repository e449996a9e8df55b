import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '#relay/operations/doctor/examine';
import { statusOf } from '#relay/operations/doctor/finding';
import { DOCTOR_LIMITS } from '#relay/operations/doctor/limits';
import { readOptions } from '#relay/operations/options';
import { sealedPush, temporaryFolder, TOKEN, until } from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';
import { Authority } from './certificates';

const resource = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../resources/relay/${name}`, import.meta.url)), 'utf8');
const found = (paths: readonly string[]): string | undefined => paths.find((path) => existsSync(path));
const NGINX = found([
  '/usr/sbin/nginx',
  '/usr/local/sbin/nginx',
  '/usr/bin/nginx',
  '/opt/homebrew/bin/nginx',
]);
const STREAM_MODULE = found(['/usr/lib/nginx/modules/ngx_stream_module.so']);
const ANALYZE = found(['/usr/bin/systemd-analyze']);
// Where these tests decide over a change, the programs have to be there.
const isRequired = process.env['CI'] === 'true';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const programAt = (command: readonly string[]): number =>
  command.indexOf('/opt/oa-desk-relay/oa-desk-relay.mjs');

describe('the examples for servers', () => {
  it('start the relay with options that it knows', () => {
    const unit = /^ExecStart=\/usr\/bin\/node (.*)$/m.exec(resource('oa-desk-relay.service'))?.[1] ?? '';
    const args = unit
      .replace('${STATE_DIRECTORY}', '/var/lib/oa-desk-relay')
      .replace('${CREDENTIALS_DIRECTORY}', '/run/credentials/oa-desk-relay')
      .replace('$RELAY_OPTIONS', '--public-url https://relay.example.com')
      .split(' ');
    expect(readOptions(args.slice(programAt(args) + 1))).toMatchObject({
      command: 'serve',
      port: 8787,
      host: '127.0.0.1',
      dataDir: '/var/lib/oa-desk-relay',
      keyFile: '/run/credentials/oa-desk-relay/master.key',
    });
    const entry = /^ENTRYPOINT (\[.*\])$/m.exec(resource('Dockerfile'))?.[1] ?? '[]';
    const inContainer = JSON.parse(entry) as string[];
    expect(readOptions(inContainer.slice(programAt(inContainer) + 1))).toMatchObject({
      ...{ command: 'serve', host: '0.0.0.0', dataDir: '/data' },
    });
    for (const command of [args, inContainer.slice(1)]) {
      const flags = command.slice(0, programAt(command));
      expect(flags).not.toEqual([]);
      expect(spawnSync(process.execPath, [...flags, '-e', '0']).status).toBe(0);
    }
    expect(resource('Dockerfile')).toMatch(/^USER node$/m);
  });

  it.runIf(ANALYZE !== undefined || isRequired)(
    'have a unit that systemd takes, which leaves the relay little to break (runs where systemd-analyze is installed)',
    () => {
      const folder = temporaryFolder();
      const unit = join(folder.path, 'oa-desk-relay.service');
      writeFileSync(unit, resource('oa-desk-relay.service').replaceAll('/usr/bin/node', process.execPath));
      const analyze = (...args: readonly string[]): string =>
        execFileSync(ANALYZE ?? 'systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });
      expect(analyze('verify', '--man=no', '--recursive-errors=no', unit)).toBe('');
      expect(() => analyze('security', '--offline=yes', '--threshold=25', '--no-pager', unit)).not.toThrow();
      folder.dispose();
    },
  );
});

describe.runIf(NGINX !== undefined || isRequired)(
  'nginx with our example in front of a relay (runs where nginx is installed)',
  { timeout: 60_000 },
  () => {
    const folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const authority = new Authority(folder.path);
    let relay: RelayProcess;
    let nginx: ChildProcess | undefined;
    let httpPort = 0;
    let port = 0;

    /** The example with this test's name and certificate; no IPv6, which not every machine has. */
    const example = (name: string): string =>
      resource(name)
        .replace(/^\s*listen \[::\].*\n/gm, '')
        .replaceAll('relay.example.com', 'localhost')
        .replaceAll('/etc/letsencrypt/live/localhost', folder.path);
    const configure = (name: string, body: string): string => {
      const file = join(folder.path, name);
      writeFileSync(file, body);
      return file;
    };
    // Workers of another user could not write into this test's folder.
    const user = process.getuid?.() === 0 ? 'user root;\n' : '';
    const FRAME = `${user}pid ${folder.path}/nginx.pid;\nerror_log ${folder.path}/error.log;\nevents {}\n`;

    const call = (
      method: string,
      path: string,
      body = '',
      headers: Record<string, string> = {},
    ): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const sent = httpsRequest(
          { host: 'localhost', port, method, path, headers, ca: authority.pem, agent: false },
          (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
            answer.on('end', () => {
              resolve({ status: answer.statusCode ?? 0, text });
            });
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });

    beforeAll(async () => {
      relay = await RelayProcess.serve(['--port', '0', '--data', data, '--public-url', 'https://localhost']);
      [httpPort, port] = [await freePort(), await freePort()];
      const { key, cert } = authority.issue('localhost');
      writeFileSync(join(folder.path, 'privkey.pem'), key);
      writeFileSync(join(folder.path, 'fullchain.pem'), cert);
      for (const name of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(folder.path, name));
      const http = example('nginx.conf')
        .replace('listen 80;', `listen 127.0.0.1:${String(httpPort)};`)
        .replace('listen 443 ssl;', `listen 127.0.0.1:${String(port)} ssl;`)
        .replace('127.0.0.1:8787', new URL(relay.origin).host);
      const paths = [
        'client_body_temp_path body',
        'proxy_temp_path proxy',
        'fastcgi_temp_path fastcgi',
        'uwsgi_temp_path uwsgi',
        'scgi_temp_path scgi',
      ]
        .map((line) => line.replace(/ (\w+)$/, ` ${folder.path}/$1;`))
        .join('\n');
      const file = configure('nginx.conf', `${FRAME}http {\n${paths}\naccess_log off;\n${http}\n}\n`);
      execFileSync(NGINX ?? 'nginx', ['-t', '-q', '-c', file], { stdio: 'pipe' });
      nginx = spawn(NGINX ?? 'nginx', ['-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
      await until(() =>
        call('GET', '/healthz').then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
    }, 60_000);
    afterAll(async () => {
      await new Promise<void>((resolve) => {
        // Without nginx, what is missing is said by the start alone.
        if (nginx?.kill('SIGTERM') !== true) resolve();
        else nginx.once('exit', resolve);
      });
      await relay.kill('SIGKILL');
      folder.dispose();
    });

    async function bind(): Promise<{ readonly path: string; readonly token: Record<string, string> }> {
      const json = { 'content-type': 'application/json' };
      const paired = await call(
        'POST',
        '/v1/pair',
        JSON.stringify({ code: await inviteCode(data), name: '前台' }),
        json,
      );
      const { deviceToken } = JSON.parse(paired.text) as { deviceToken: string };
      const token = { authorization: `Bearer ${deviceToken}` };
      const account = { mode: 'sealed', token: TOKEN };
      const saved = await call('PUT', '/v1/accounts/wx0123456789abcdef', JSON.stringify(account), {
        ...json,
        ...token,
      });
      const { callbackUrl } = JSON.parse(saved.text) as { callbackUrl: string };
      expect(callbackUrl).toMatch(/^https:\/\/localhost\/wx\//);
      return { path: new URL(callbackUrl).pathname, token };
    }

    it('passes a message on byte for byte, to a long poll that has waited for it', async () => {
      const { path, token } = await bind();
      const poll = call('GET', '/v1/feed?after=0&wait=50', '', token);
      await until(async () =>
        (await (await fetch(`${relay.origin}/metrics`)).text()).includes('waiting_polls 1'),
      );
      const push = sealedPush('经过 nginx', Date.now() / 1000);
      const delivered = await call(
        'POST',
        `${path}?${new URLSearchParams(push.query).toString()}`,
        push.body,
        {
          'content-type': 'text/xml',
        },
      );
      expect(delivered).toEqual({ status: 200, text: 'success' });
      const { status, text } = await poll;
      expect(status).toBe(200);
      const { items } = JSON.parse(text) as { items: { body: string }[] };
      expect(items.map(({ body }) => body)).toEqual([push.body]);
    });

    it('lets a large message through, and one that WeChat would never send not', async () => {
      const { path } = await bind();
      const query = '?timestamp=1&nonce=2&signature=3&encrypt_type=aes&msg_signature=4';
      expect((await call('POST', path + query, 'x'.repeat(200_000))).status).toBe(400);
      expect((await call('POST', path + query, 'x'.repeat(600_000))).status).toBe(413);
    });

    it('keeps the figures of the server to itself, and sends http to https', async () => {
      expect((await call('GET', '/metrics')).status).toBe(404);
      const answer = await fetch(`http://127.0.0.1:${String(httpPort)}/wx/x?y=1`, {
        redirect: 'manual',
        headers: { host: 'localhost' },
      });
      expect(answer.status).toBe(301);
      expect(answer.headers.get('location')).toMatch(/^https:\/\/[\w.]+\/wx\/x\?y=1$/);
    });

    it('satisfies the doctor', async () => {
      const findings = await examine(
        {
          ...{ command: 'doctor', url: `https://localhost:${String(port)}`, dataDir: data, probe: true },
          ...{
            store: { kind: 'sqlite' },
            clockUrl: relay.origin,
            lang: null,
            json: false,
            natsMonitoring: [],
          },
        },
        { masterKey: undefined, newMasterKey: undefined },
        { ...DOCTOR_LIMITS, httpPort, httpsPort: port, trustedAuthorities: [authority.pem] },
      );
      expect(findings.filter((finding) => statusOf(finding) === 'fail')).toEqual([]);
      expect(findings.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['certificate/ok', 'verify/ok', 'push/ok', 'probe/ok']),
      );
    });

    it.runIf(STREAM_MODULE !== undefined)(
      'takes the example for the tunnel (runs where the stream module is installed)',
      () => {
        const stream = example('nginx-tunnel.conf').replace(
          'listen 8443',
          `listen 127.0.0.1:${String(port)}`,
        );
        const file = configure('tunnel.conf', `load_module ${STREAM_MODULE ?? ''};\n${FRAME}${stream}`);
        expect(() =>
          execFileSync(NGINX ?? 'nginx', ['-t', '-q', '-c', file], { stdio: 'pipe' }),
        ).not.toThrow();
      },
    );
  },
);
