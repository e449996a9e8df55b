import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasNatsServer, NatsServers } from '../../../contract/support/nats-server';
import {
  AES_KEY,
  deliver,
  DeviceClient,
  postJson,
  sealedPush,
  temporaryFolder,
} from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';
import { Authority } from './certificates';

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
  ...args: readonly string[]
): Promise<{ code: number | null; output: string; errors: string }> => {
  const command = RelayProcess.run(args);
  const { code } = await command.exit;
  return { code, output: command.output, errors: command.errors };
};

async function pair(origin: string, name: string, ...more: readonly string[]): Promise<DeviceClient> {
  const response = await postJson(`${origin}/v1/pair`, { code: await inviteCode(data, ...more), name });
  return new DeviceClient(() => origin, ((await response.json()) as { deviceToken: string }).deviceToken);
}

describe('the commands beside a running relay', { timeout: 60_000 }, () => {
  it('list the computers of every workspace or of one, and lock one out', async () => {
    const relay = await RelayProcess.serve(['--port', '0', '--data', data]);
    running.push(relay);
    expect((await run('devices', '--data', data)).output).toContain('No computer is paired');
    const first = await pair(relay.origin, '前台\u001b[2J');
    const second = await pair(relay.origin, '仓库', '--workspace', '二号店');

    const { output } = await run('devices', '--data', data);
    expect(output.split('\n')).toHaveLength(4);
    expect(output).toContain('仓库');
    expect(output).not.toContain('\u001b');

    const named = await run('devices', '--data', data, '--workspace', '二号店', '--json');
    const { devices } = JSON.parse(named.output) as {
      devices: { id: string; name: string; workspace: string; unread: number }[];
    };
    expect(devices).toMatchObject([{ name: '仓库', workspace: '二号店', unread: 0 }]);
    expect(await run('devices', '--data', data, '--workspace', '三号店')).toMatchObject({ code: 2 });

    const id = devices[0]?.id ?? '';
    expect(await run('devices', 'revoke', id, '--data', data)).toMatchObject({ code: 0 });
    expect((await second.request('GET', '/v1/feed')).status).toBe(401);
    expect((await first.request('GET', '/v1/feed')).status).toBe(200);
    const again = await run('devices', 'revoke', id, '--data', data);
    expect(again.code).toBe(1);
    expect(again.errors).toContain('relay/unknown-device');
  });

  it('save the credentials of a platform, show its AppID and nothing else, and forget them', async () => {
    const relay = await RelayProcess.serve(['--port', '0', '--data', data]);
    running.push(relay);
    const set = async (...lines: readonly string[]): Promise<RelayProcess> => {
      const command = RelayProcess.run(['component', 'set', '--data', data]);
      command.type(lines.join('\n'));
      await command.exit;
      return command;
    };
    const secrets = ['platformsecret0123456789', 'platformtoken', AES_KEY];
    const saved = await set('wxabcdef0123456789', ...secrets);
    expect(saved.output).toContain('wxabcdef0123456789');
    const broken = await set('not an AppID', ...secrets);
    expect(broken.errors).toContain('relay/bad-platform');
    for (const secret of secrets)
      for (const { output, errors } of [saved, broken]) expect(output + errors).not.toContain(secret);
    expect((await run('component', '--data', data)).output).toContain('wxabcdef0123456789');
    expect((await run('component', 'remove', '--data', data)).output).toContain('no platform');
  });

  it('answer a mistake with one sentence, the help and the exit code 2', async () => {
    const { code, output, errors } = await run('dance');
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toMatch(/^There is no command "dance"\.\n/);
    expect(errors).toContain('Usage:');
    expect((await run('help')).output).toContain('Usage:');
  });
});

describe('a relay that speaks TLS itself', { timeout: 60_000 }, () => {
  it('serves callbacks, devices and the tunnel, on one port or on two, with the certificate it was given', async () => {
    const authority = new Authority(folder.path);
    const pem = authority.issue('localhost');
    const [cert, key] = [join(folder.path, 'relay.pem'), join(folder.path, 'relay.key')];
    writeFileSync(cert, pem.cert);
    writeFileSync(key, pem.key, { mode: 0o600 });
    const egress = ['--egress-address', '203.0.113.7'];
    const relay = await RelayProcess.serve([
      ...['--port', '0', '--data', data, '--tls-cert', cert, '--tls-key', key, '--tunnel-port', '0'],
      ...egress,
    ]);
    running.push(relay);
    expect(relay.origin).toMatch(/^https:/);
    const dispatcher = new Agent({ connect: { ca: authority.pem } });
    const ask = async (path: string, init: RequestInit = {}) =>
      fetch(`${relay.origin.replace('127.0.0.1', 'localhost')}${path}`, {
        ...init,
        dispatcher,
      } as RequestInit);
    const paired = await ask('/v1/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: await inviteCode(data), name: '前台' }),
    });
    const { deviceToken } = (await paired.json()) as { deviceToken: string };
    const found = (await (
      await ask('/v1/egress', { headers: { authorization: `Bearer ${deviceToken}` } })
    ).json()) as { tunnelUrl: string; addresses: string[]; source: string };
    expect(found).toMatchObject({ addresses: ['203.0.113.7'], source: 'configured' });
    expect(found.tunnelUrl).toMatch(/^https:/);
    expect(found.tunnelUrl).not.toBe(relay.origin);
    expect((await ask(`/wx/${'x'.repeat(32)}?timestamp=1&nonce=n`)).status).toBe(404);
    await dispatcher.close();
  });

  it('does not start without a certificate, and says which file it is about', async () => {
    const { code, errors } = await run('--port', '0', '--data', data, '--tls-cert', 'c', '--tls-key', 'k');
    expect(code).toBe(1);
    expect(errors).toContain('relay/certificate');
  });
});

describe.skipIf(!hasNatsServer())('a relay on a NATS cluster', { timeout: 90_000 }, () => {
  it('is the same relay: invited beside it, fed by it, and all there for another one after it was killed', async () => {
    const servers = await NatsServers.start(1);
    try {
      const store = ['--store', servers.urls.join(',')];
      const key = { OADESK_RELAY_KEY: '7'.repeat(64) };
      const first = await RelayProcess.serve(
        ['--port', '0', '--data', join(folder.path, 'a'), ...store],
        key,
      );
      running.push(first);
      const invited = RelayProcess.run(['invite', '--data', join(folder.path, 'c'), ...store], key);
      await invited.exit;
      const code = /[A-Z\d]{4}-[A-Z\d]{4}-[A-Z\d]{4}/.exec(invited.output)?.[0];
      const response = await postJson(`${first.origin}/v1/pair`, { code, name: '前台' });
      const { deviceToken } = (await response.json()) as { deviceToken: string };
      const device = new DeviceClient(() => first.origin, deviceToken);
      const { callbackUrl } = await device.bind();
      const push = sealedPush('你好', Date.now() / 1000);
      expect(await deliver(callbackUrl, push)).toEqual({ status: 200, text: 'success' });
      await first.kill('SIGKILL');

      const second = await RelayProcess.serve(
        ['--port', '0', '--data', join(folder.path, 'b'), ...store],
        key,
      );
      running.push(second);
      const again = new DeviceClient(() => second.origin, deviceToken);
      expect((await again.feed()).items.map(({ body }) => body)).toEqual([push.body]);
      expect(await deliver(new URL(new URL(callbackUrl).pathname, second.origin).href, push)).toMatchObject({
        text: 'success',
      });
      expect((await again.feed()).items).toHaveLength(1);
    } finally {
      await servers.stop();
    }
  });
});
