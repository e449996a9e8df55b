import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Told } from '#relay/operations/doctor/finding';
import { DeviceClient, postJson } from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';
import { check, data, extra, folder, good, passTo, relay, useDoctorBench } from './support/doctor-bench';

useDoctorBench();

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
