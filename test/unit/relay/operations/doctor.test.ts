import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, request, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '#relay/operations/doctor/examine';
import { statusOf, tell, type Told } from '#relay/operations/doctor/finding';
import { DOCTOR_LIMITS, type DoctorLimits } from '#relay/operations/doctor/limits';
import { runDoctor } from '#relay/operations/doctor/run';
import { FINDINGS } from '#relay/operations/doctor/texts/findings';
import type { EnvironmentKeys } from '#relay/operations/keys';
import type { DoctorOptions } from '#relay/operations/options';
import { SealedBox } from '#relay/secrets/sealed-box';
import { ACCOUNTS } from '#relay/state/accounts';
import { beginRotation } from '#relay/state/key-check';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import {
  AES_KEY,
  APPID,
  DeviceClient,
  postJson,
  temporaryFolder,
  TOKEN,
  until,
} from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';
import { hasNatsServer, NatsServers } from '../../../contract/support/nats-server';
import { Authority, type Certificate } from './certificates';

const ENVIRONMENT: EnvironmentKeys & { readonly language: string } = {
  masterKey: undefined,
  newMasterKey: undefined,
  language: 'en_US.UTF-8',
};

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let authority: Authority;
let good: Certificate;
let relay: RelayProcess;
let front: Server;
let url: string;
const closers: (() => void)[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  authority = new Authority(folder.path);
  good = authority.issue('localhost');
  relay = await RelayProcess.serve(['--port', '0', '--data', data, '--public-url', 'https://localhost']);
  front = await listen(
    createHttps(
      good,
      passTo(() => relay.origin),
    ),
  );
  url = `https://localhost:${String(portOf(front))}`;
}, 60_000);
afterAll(async () => {
  front.close();
  await relay.kill('SIGKILL');
  folder.dispose();
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = <T extends Server>(server: T): Promise<T> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
/** A server of this test, closed after it. Its origin. */
const extra = async (server: Server, scheme: string, host = 'localhost'): Promise<string> => {
  await listen(server);
  closers.push(() => {
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void).call(server);
    server.close();
  });
  return `${scheme}://${host}:${String(portOf(server))}`;
};

/** What a reverse proxy does. `change` may alter what comes back. */
function passTo(origin: () => string, change: (body: string) => string = (body) => body): RequestListener {
  return (incoming, outgoing) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const passed = request(`${origin()}${path}`, { method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => {
        const { 'content-length': _length, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest).end(change(body));
      });
    });
    passed.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  };
}

const optionsFor = (more: Partial<DoctorOptions> = {}): DoctorOptions => ({
  command: 'doctor',
  url,
  dataDir: null,
  store: { kind: 'sqlite' },
  probe: false,
  natsMonitoring: [],
  clockUrl: relay.origin,
  lang: 'en',
  json: false,
  ...more,
});

const limitsFor = (more: Partial<DoctorLimits> = {}, address = url): DoctorLimits => ({
  ...DOCTOR_LIMITS,
  httpsPort: Number(new URL(address).port),
  httpPort: Number(new URL(relay.origin).port),
  trustedAuthorities: [authority.pem],
  ...more,
});

/** The finding of each check, by its name. */
async function check(
  more: Partial<DoctorOptions> = {},
  limits: Partial<DoctorLimits> = {},
  environment: Partial<typeof ENVIRONMENT> = {},
): Promise<Record<string, Told>> {
  const options = optionsFor(more);
  const findings = await examine(options, { ...ENVIRONMENT, ...environment }, limitsFor(limits, options.url));
  return Object.fromEntries(
    findings.map((finding) => [finding.code.split('/')[0] ?? '', tell(finding, 'en')]),
  );
}

const codes = (told: Record<string, Told>): string[] => Object.values(told).map(({ code }) => code);

describe('doctor, asked about a relay that works', { timeout: 60_000 }, () => {
  it('finds nothing from elsewhere but that its name leads to this machine', async () => {
    expect(codes(await check())).toEqual([
      'dns/loopback',
      'port/ok',
      'certificate/ok',
      'health/ok',
      'verify/reached',
      'push/reached',
      'speed/ok',
      'clock/ok',
    ]);
  });

  it('also looks at the data folder, and sends one message all the way without leaving a trace', async () => {
    const told = await check({ dataDir: data, probe: true });
    expect(codes(told)).toEqual(
      expect.arrayContaining([
        'verify/no-account',
        'push/reached',
        'probe/ok',
        'tunnel/none',
        'folder/ok',
        'key/ok',
        'disk/ok',
      ]),
    );
    expect(Object.values(told).filter(({ status }) => status === 'fail')).toEqual([]);
    const store = await SqliteStore.open(data);
    expect(await store.collection(ACCOUNTS).list('')).toEqual([]);
    expect((await store.log.readFeed('relay-doctor', 0, { limit: 10, maxBytes: 1e6 })).items).toEqual([]);
    await store.close();
  });

  it('asks for a real account as WeChat does, and leaves nothing in its feed', async () => {
    const response = await postJson(`${relay.origin}/v1/pair`, {
      code: await inviteCode(data),
      name: '前台',
    });
    const device = new DeviceClient(
      () => relay.origin,
      ((await response.json()) as { deviceToken: string }).deviceToken,
    );
    await device.bind();
    const told = await check({ dataDir: data, probe: true });
    expect(codes(told)).toEqual(expect.arrayContaining(['verify/ok', 'push/ok', 'probe/ok']));
    expect(told['verify']?.cause).toContain(APPID);
    expect((await device.feed()).items).toEqual([]);
    for (const secret of [TOKEN, AES_KEY, device.token]) expect(JSON.stringify(told)).not.toContain(secret);
    await device.request('DELETE', `/v1/accounts/${APPID}`);
  });

  it('ends with 0 and says so in both languages, and in JSON', async () => {
    const said = async (more: Partial<DoctorOptions>, language = ''): Promise<string> => {
      let output = '';
      const code = await runDoctor(
        optionsFor(more),
        { ...ENVIRONMENT, language },
        (text) => (output += text),
        limitsFor(),
      );
      expect(code).toBe(0);
      return output;
    };
    expect(await said({ lang: null }, 'zh_CN.UTF-8')).toMatch(/\[ ok \] 证书: 证书有效/);
    expect(await said({ lang: null }, 'C')).toMatch(/\[ ok \] Certificate: Valid/);
    expect(await said({ lang: 'en' }, 'zh_CN.UTF-8')).toContain('[warn] Name: ');
    const report = JSON.parse(await said({ json: true, lang: 'zh' })) as { ok: boolean; checks: Told[] };
    expect(report.ok).toBe(true);
    expect(report.checks[0]).toMatchObject({ check: 'dns', status: 'warn', title: '域名解析' });
  });

  it('ends with 1 as a command when a check failed', async () => {
    const args = [
      'doctor',
      '--url',
      url,
      '--data',
      data,
      '--clock-url',
      relay.origin,
      '--lang',
      'zh',
      '--json',
    ];
    const pem = join(folder.path, 'ca.pem');
    const command = RelayProcess.run(args, { NODE_EXTRA_CA_CERTS: pem });
    expect(await command.exit).toMatchObject({ code: 1 });
    const report = JSON.parse(command.output) as { ok: boolean; checks: Told[] };
    expect(report.ok).toBe(false);
    expect(report.checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual([
      'port/not-allowed',
    ]);
    expect(report.checks.map(({ code }) => code)).toContain('certificate/ok');
  });

  it('has advice in both languages for everything that is wrong', () => {
    for (const [code, finding] of Object.entries(FINDINGS)) {
      for (const text of [finding.cause, 'advice' in finding ? finding.advice : finding.cause]) {
        expect(text.zh, code).toMatch(/[\u4e00-\u9fff]|chmod/);
        expect(text.en, code).not.toMatch(/[\u4e00-\u9fff]/);
        const places = (words: string): string[] => (words.match(/\{\w+\}/g) ?? []).sort();
        expect(places(text.zh), code).toEqual(places(text.en));
      }
      expect('advice' in finding, code).toBe(finding.status !== 'ok');
    }
  });
});

describe('doctor, asked about an address', { timeout: 60_000 }, () => {
  it('knows a name that leads nowhere', async () => {
    const told = await check({ url: 'https://relay.invalid' });
    expect(['dns/unknown-name', 'dns/failed']).toContain(told['dns']?.code);
  });

  it('knows an address that the internet cannot reach', async () => {
    const told = await check({ url: 'https://192.168.255.254' }, { timeoutMs: 300 });
    expect(told['dns']?.code).toBe('dns/private');
  });

  it('knows a port on which nothing listens, and one that WeChat never calls', async () => {
    const server = await listen(createTcp());
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const closed = `https://localhost:${String(port)}`;
    expect((await check({ url: closed }))['port']?.code).toBe('port/refused');
    expect((await check({}, { httpsPort: 443 }))['port']?.code).toBe('port/not-allowed');
    expect((await check({}, { httpPort: port }))['port']?.code).toBe('port/no-http');
  });

  it('knows http, where the tokens of devices travel in the clear', async () => {
    const told = await check({ url: relay.origin.replace('127.0.0.1', 'localhost') });
    expect(told['certificate']?.code).toBe('certificate/none');
    expect(told['health']?.code).toBe('health/ok');
  });

  it('knows a port without TLS', async () => {
    const plain = await extra(createHttp(passTo(() => relay.origin)), 'https');
    expect((await check({ url: plain }))['certificate']?.code).toBe('certificate/no-tls');
  });

  it.each([
    ['that has expired', () => authority.issue('localhost', { days: -2 }), 'certificate/expired'],
    [
      'that was not renewed in time',
      () => authority.issue('localhost', { days: 5 }),
      'certificate/expires-soon',
    ],
    ['of another name', () => authority.issue('shop.example.com'), 'certificate/name'],
    ['that signed itself', () => authority.selfSigned('localhost'), 'certificate/self-signed'],
  ])('knows a certificate %s, and goes on', async (_what, certificate, code) => {
    const address = await extra(
      createHttps(
        certificate(),
        passTo(() => relay.origin),
      ),
      'https',
    );
    const told = await check({ url: address });
    expect(told['certificate']?.code).toBe(code);
    expect(told['health']?.code).toBe('health/ok');
  });

  it('knows a chain that lacks what leads to a trusted authority', async () => {
    expect((await check({}, { trustedAuthorities: [] }))['certificate']?.code).toBe('certificate/chain');
  });
});

describe('doctor, asked about what answers', { timeout: 60_000 }, () => {
  const behind = async (listener: RequestListener): Promise<Record<string, Told>> =>
    check({ url: await extra(createHttps(good, listener), 'https'), dataDir: data });

  async function bound(): Promise<void> {
    const response = await postJson(`${relay.origin}/v1/pair`, {
      code: await inviteCode(data),
      name: '前台',
    });
    const { deviceToken } = (await response.json()) as { deviceToken: string };
    await new DeviceClient(() => relay.origin, deviceToken).bind();
  }

  it('knows a proxy whose relay does not run, and a website in its place', async () => {
    const gone = await behind(passTo(() => 'http://127.0.0.1:1'));
    expect(gone['health']).toMatchObject({ code: 'health/other', status: 'fail' });
    expect(gone['health']?.cause).toContain('502');
    const site = await behind((_request, response) => response.end('<html>welcome</html>'));
    expect(site['health']?.code).toBe('health/other');
  });

  it('knows a relay that cannot store', async () => {
    const failing = await behind((_request, response) =>
      response.writeHead(503).end(JSON.stringify({ status: 'failing', store: 'failing' })),
    );
    expect(failing['health']?.code).toBe('health/failing');
  });

  it('knows a server that accepts and says nothing', async () => {
    const server = createHttps(good, () => undefined);
    const told = await check({ url: await extra(server, 'https') }, { timeoutMs: 300 });
    expect(told['health']).toMatchObject({ code: 'health/unreachable' });
    expect(told['health']?.cause).toContain('timeout');
  });

  it('knows a proxy that keeps /wx/ to itself, redirects it, answers for it, or adds to what comes back', async () => {
    await bound();
    const only = (answer: RequestListener): RequestListener => {
      const pass = passTo(() => relay.origin);
      return (incoming, outgoing) => {
        (incoming.url?.startsWith('/wx/') === true ? answer : pass)(incoming, outgoing);
      };
    };
    const own = await behind(only((_request, response) => response.writeHead(404).end('<html>404</html>')));
    expect([own['verify']?.code, own['push']?.code]).toEqual(['verify/status', 'push/status']);
    const moved = await behind(
      only((_request, response) => response.writeHead(301, { location: '/' }).end()),
    );
    expect(moved['push']?.cause).toContain('301');
    const eager = await behind(
      only((incoming, response) => {
        const { searchParams } = new URL(incoming.url ?? '/', 'http://x');
        response.end(searchParams.get('echostr') ?? 'success');
      }),
    );
    expect([eager['verify']?.code, eager['push']?.code]).toEqual(['verify/forged', 'push/forged']);
    const chatty = await behind(
      only(
        passTo(
          () => relay.origin,
          (body) => `${body}\n`,
        ),
      ),
    );
    expect(chatty['verify']?.code).toBe('verify/changed');
    const gets = await behind(
      only((incoming, response) => {
        if (incoming.method === 'POST') response.writeHead(405).end();
        else passTo(() => relay.origin)(incoming, response);
      }),
    );
    expect([gets['verify']?.code, gets['push']?.code]).toEqual(['verify/ok', 'push/status']);
  });

  it('knows by its probe a proxy that loses or changes messages', async () => {
    const probed = async (listener: RequestListener): Promise<string | undefined> =>
      (await check({ url: await extra(createHttps(good, listener), 'https'), dataDir: data, probe: true }))[
        'probe'
      ]?.code;
    const pass = passTo(() => relay.origin);
    const drops: RequestListener = (incoming, outgoing) => {
      if (incoming.method === 'POST') outgoing.end('success');
      else pass(incoming, outgoing);
    };
    expect(await probed(drops)).toBe('probe/lost');
    const other = await RelayProcess.serve(['--port', '0', '--data', join(folder.path, 'other')]);
    expect(await probed(passTo(() => other.origin))).toBe('probe/verify');
    await other.kill('SIGKILL');
  });

  it('knows an answer that takes too long for WeChat', async () => {
    expect((await check({}, { slowMs: 0.001 }))['speed']).toMatchObject({
      code: 'speed/slow',
      status: 'warn',
    });
    expect((await check({}, { tooSlowMs: 0.001 }))['speed']).toMatchObject({
      code: 'speed/too-slow',
      status: 'fail',
    });
  });

  it('knows a clock that is wrong, and a reference that does not answer', async () => {
    const clockAt = (seconds: number): Promise<string> =>
      extra(
        createHttp((_request, response) => {
          response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString()).end();
        }),
        'http',
      );
    expect((await check({ clockUrl: await clockAt(45) }))['clock']?.code).toBe('clock/off');
    expect((await check({ clockUrl: await clockAt(-900) }))['clock']).toMatchObject({
      code: 'clock/wrong',
      status: 'fail',
    });
    expect((await check({ clockUrl: 'http://127.0.0.1:1' }))['clock']?.code).toBe('clock/unknown');
  });
});

describe('doctor, asked about a data folder', { timeout: 60_000 }, () => {
  let own: string;

  const fresh = async (parent = folder.path): Promise<string> => {
    own = join(mkdtempSync(join(parent, 'doctor-')), 'data');
    const process = await RelayProcess.serve(['--port', '0', '--data', own]);
    await process.kill('SIGTERM');
    return own;
  };
  const look = async (environment: Partial<typeof ENVIRONMENT> = {}, more: Partial<DoctorOptions> = {}) =>
    check({ dataDir: own, ...more }, {}, environment);

  it('knows one that others can read, and one that is none', async () => {
    await fresh();
    chmodSync(own, 0o755);
    chmodSync(join(own, 'relay.db'), 0o644);
    expect((await look())['folder']).toMatchObject({ code: 'folder/open', status: 'fail' });
    own = join(folder.path, 'nowhere');
    expect((await look())['folder']?.code).toBe('folder/missing');
    expect(existsSync(own)).toBe(false);
  });

  it('knows a master key that is open, broken, missing, wrong or being changed', async () => {
    await fresh();
    const file = join(own, 'master.key');
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    expect((await look())['key']?.code).toBe('key/ok');
    expect((await look({ masterKey: 'ab'.repeat(32) }))['key']?.code).toBe('key/wrong');
    expect((await look({ masterKey: 'short' }))['key']?.code).toBe('key/bad');
    expect((await look({}, { keyFile: join(own, 'none.key') }))['key']?.code).toBe('key/unreadable');
    const store = await SqliteStore.open(own);
    await beginRotation(store, new SealedBox(key), new SealedBox(Buffer.alloc(32, 9)));
    await store.close();
    expect((await look())['key']).toMatchObject({ code: 'key/rotating', status: 'warn' });
    chmodSync(file, 0o644);
    expect((await look())['key']?.code).toBe('key/open');
    rmSync(file);
    expect((await look())['key']?.code).toBe('key/none');
    expect(existsSync(file)).toBe(false);
  });

  it('knows a database that is damaged or of another version, and changes neither', async () => {
    await fresh();
    const file = join(own, 'relay.db');
    const db = new Database(file);
    db.exec('PRAGMA user_version = 1');
    db.close();
    expect((await look())['store']).toMatchObject({ code: 'store/other-version', status: 'warn' });
    const bytes = Buffer.alloc(40_960, 'not a database');
    writeFileSync(file, bytes);
    expect((await look())['store']).toMatchObject({ code: 'store/damaged', status: 'fail' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('knows a disk that is nearly full', async () => {
    expect((await check({ dataDir: data }, { diskWarnBytes: 2 ** 60 }))['disk']).toMatchObject({
      code: 'disk/low',
    });
    expect((await check({ dataDir: data }, { diskFailBytes: 2 ** 60 }))['disk']).toMatchObject({
      code: 'disk/full',
    });
  });

  it.runIf(process.platform === 'linux' && existsSync('/dev/shm'))('knows a folder in memory', async () => {
    await fresh('/dev/shm');
    closers.push(() => {
      rmSync(join(own, '..'), { recursive: true });
    });
    expect((await look())['store']).toMatchObject({ code: 'store/volatile', status: 'fail' });
  });

  it('waits for a relay that writes, and does not disturb it', async () => {
    const statuses: string[] = [];
    await until(async () => {
      statuses.push((await fetch(`${relay.origin}/healthz`)).ok ? 'ok' : 'failing');
      return statuses.length > 3;
    });
    const findings = await examine(optionsFor({ dataDir: data }), ENVIRONMENT, limitsFor());
    expect(findings.map(statusOf)).not.toContain('fail');
    expect(statuses).not.toContain('failing');
  });
});

describe.skipIf(!hasNatsServer())('doctor, asked about a cluster', { timeout: 60_000 }, () => {
  it('tells servers that would forget in a power cut, and those that were not asked', async () => {
    const servers = await NatsServers.start(1);
    const cluster = {
      dataDir: join(folder.path, 'cluster'),
      store: { kind: 'nats' as const, servers: servers.urls },
    };
    expect((await check(cluster))['store']).toMatchObject({ code: 'store/cluster-unknown', status: 'warn' });
    const told = await check({ ...cluster, natsMonitoring: servers.monitoring });
    expect(told['store']).toMatchObject({ code: 'store/cluster-forgets', status: 'fail' });
    await servers.stop();
  });

  it('sends its message all the way through the cluster', async () => {
    const servers = await NatsServers.start(1);
    const masterKey = '7b'.repeat(32);
    const dataDir = join(folder.path, 'clustered');
    const store = ['--store', servers.urls.join(','), '--data', dataDir];
    const clustered = await RelayProcess.serve(['--port', '0', ...store], { OADESK_RELAY_KEY: masterKey });
    const address = await extra(
      createHttps(
        good,
        passTo(() => clustered.origin),
      ),
      'https',
    );
    const told = await check(
      { url: address, dataDir, store: { kind: 'nats', servers: servers.urls }, probe: true },
      {},
      { masterKey },
    );
    expect([told['key']?.code, told['probe']?.code]).toEqual(['key/ok', 'probe/ok']);
    const args = [
      '--port',
      '0',
      '--durable',
      '--nats-monitoring',
      servers.monitoring[0] ?? '',
      ...store.slice(0, 2),
      '--data',
      join(folder.path, 'durable'),
    ];
    const refused = RelayProcess.run(args, { OADESK_RELAY_KEY: masterKey });
    expect((await refused.exit).code).toBe(1);
    expect(refused.errors).toContain('relay/store-not-durable');
    await clustered.kill('SIGTERM');
    await servers.stop();
  });
});
