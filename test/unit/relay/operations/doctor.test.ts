import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Told } from '#relay/operations/doctor/finding';
import { runDoctor } from '#relay/operations/doctor/run';
import { FINDINGS } from '#relay/operations/doctor/texts/findings';
import type { DoctorOptions } from '#relay/operations/options';
import { ACCOUNTS } from '#relay/state/accounts';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { AES_KEY, APPID, DeviceClient, postJson, TOKEN } from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';
import { hasNatsServer, NatsServers } from '../../../contract/support/nats-server';
import {
  check,
  codes,
  data,
  ENVIRONMENT,
  extra,
  folder,
  good,
  limitsFor,
  optionsFor,
  passTo,
  relay,
  url,
  useDoctorBench,
} from './support/doctor-bench';

useDoctorBench();

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
