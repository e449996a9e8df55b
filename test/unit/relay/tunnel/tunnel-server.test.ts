import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#shared/log';
import { hashDeviceToken, newDeviceToken } from '#relay/secrets/device-token';
import type { TunnelDeps } from '#relay/tunnel/tunnel';
import { createTunnelServer, type TunnelServer, type TunnelServerOptions } from '#relay/tunnel/tunnel-server';
import { createTunnelDispatcher, httpRequest } from '#wechat/http';
import { startScriptedServer, type ScriptedServer } from '../../wechat/helpers/scripted-server';
import { RELAY_PAIR, WECHAT_PAIR, type TestPair } from './support/pairs';
import { ask, until } from './support/tunnel-bench';

const token = newDeviceToken();
let folder: string;
let wechat: ScriptedServer;
const opened: TunnelServer[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tunnel-'));
  wechat = await startScriptedServer();
  wechat.on('/cgi-bin/x', { json: { fine: true } });
});
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
  await wechat.close();
  rmSync(folder, { recursive: true, force: true });
});

const deps = (): TunnelDeps => ({
  authenticate: async (hash) => (hash === hashDeviceToken(token) ? { id: 'd', workspaceId: 'w' } : null),
  log: silentLogger,
  count: () => undefined,
  wechatOrigin: wechat.origin,
});

async function open(options: Partial<TunnelServerOptions> = {}): Promise<TunnelServer> {
  const server = await createTunnelServer({ host: '127.0.0.1', port: 0, ...options }, deps());
  opened.push(server);
  return server;
}

function write(pair: Partial<TestPair>): { readonly certFile: string; readonly keyFile: string } {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  // Replaced as renewal tools do it: nobody ever sees half a file.
  for (const [file, text] of [
    [files.certFile, pair.cert],
    [files.keyFile, pair.key],
  ] as const) {
    if (text === undefined) continue;
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
  return files;
}

/** The certificate that a new connection is shown, as its fingerprint. */
function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tlsConnect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

const fetchThrough = async (proxyUrl: string, proxy?: string) => {
  const dispatcher = await createTunnelDispatcher({
    ...{ proxyUrl, deviceToken: token },
    ...(proxy === undefined ? {} : { authorities: { proxy } }),
  });
  try {
    return await httpRequest({
      ...{ method: 'GET', url: `${wechat.origin}/cgi-bin/x`, timeoutMs: 10_000, dispatcher },
    });
  } finally {
    await dispatcher.destroy();
  }
};

describe('a listener for the tunnel alone', () => {
  it('leads through in the clear on this machine', async () => {
    const server = await open();
    expect(server.secure).toBe(false);
    const { status } = await fetchThrough(`http://127.0.0.1:${String(server.port)}`);
    expect(status).toBe(200);
  });

  it('leads through over TLS with a certificate from files, which the desktop checks', async () => {
    const server = await open({ tls: write(RELAY_PAIR) });
    const url = `https://127.0.0.1:${String(server.port)}`;
    expect((await fetchThrough(url, RELAY_PAIR.cert)).status).toBe(200);
    await expect(fetchThrough(url)).rejects.toMatchObject({
      code: 'tunnel/unreachable',
      data: { params: { reason: 'network/tls' } },
    });
    expect(wechat.seen).toHaveLength(1);
  });

  it('answers 404 to everything that is no CONNECT', async () => {
    const server = await open();
    for (const path of ['/', '/v1/feed', '/healthz'])
      expect((await fetch(`http://127.0.0.1:${String(server.port)}${path}`)).status).toBe(404);
  });

  it('[SEC-16] refuses other hosts and strangers there too', async () => {
    const server = await open();
    expect((await ask(server.port, 'evil.example:443', token)).status).toBe(403);
    expect((await ask(server.port, 'evil.example:443', newDeviceToken())).status).toBe(407);
  });

  it('takes up a renewed certificate, and waits until both files of it are there', async () => {
    const tls = { ...write(RELAY_PAIR), checkEveryMs: 10 };
    const server = await open({ tls });
    const before = await shownBy(server.port);
    write({ cert: WECHAT_PAIR.cert });
    // Certificate and key do not belong together right now.
    for (let look = 0; look < 5; look += 1) {
      expect(await shownBy(server.port)).toBe(before);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    write({ key: WECHAT_PAIR.key });
    await until('the new certificate', async () => (await shownBy(server.port)) !== before);
    expect((await fetchThrough(`https://localhost:${String(server.port)}`, WECHAT_PAIR.cert)).status).toBe(
      200,
    );
  });

  it('goes on with what it has when the files disappear', async () => {
    const tls = { ...write(RELAY_PAIR), checkEveryMs: 5 };
    const server = await open({ tls });
    const before = await shownBy(server.port);
    rmSync(tls.certFile);
    for (let look = 0; look < 5; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await shownBy(server.port)).toBe(before);
    }
    write(WECHAT_PAIR);
    await until('the new certificate', async () => (await shownBy(server.port)) !== before);
  });

  it.each([
    ['is not there', { cert: '', key: '' }, false],
    ['is no certificate', { cert: 'hello', key: RELAY_PAIR.key }, true],
    ['belongs to another key', { cert: RELAY_PAIR.cert, key: WECHAT_PAIR.key }, true],
  ])('does not start when the certificate %s', async (_what, pair, written) => {
    const tls = written ? write(pair) : { certFile: join(folder, 'no'), keyFile: join(folder, 'no') };
    await expect(open({ tls })).rejects.toMatchObject({ code: 'relay/certificate' });
  });

  it('says that its port is taken', async () => {
    const { port } = await open();
    await expect(open({ port })).rejects.toMatchObject({ code: 'relay/address-in-use' });
  });

  it('closes although tunnels are open', async () => {
    const server = await open();
    const { status, socket } = await ask(server.port, new URL(wechat.origin).host, token);
    expect([status, server.open]).toEqual([200, 1]);
    const ended = new Promise((resolve) => socket.resume().once('end', resolve).once('close', resolve));
    await server.close();
    await ended;
    expect(server.open).toBe(0);
  });
});
