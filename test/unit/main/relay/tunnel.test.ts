import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '#shared/app-error';
import { silentLogger } from '#shared/log';
import { newDeviceToken } from '#relay/secrets/device-token';
import { createHttpRelayApi } from '#main/relay/http-relay-api';
import { createTunnels, type Tunnels } from '#main/relay/tunnel';
import { createWeChatClient, type WeChatClient } from '#wechat/client';
import { createTunnelDispatcher, httpRequest, NetworkError } from '#wechat/http';
import { startTunnel, type TunnelBench } from '../../relay/tunnel/support/tunnel-bench';
import { startScriptedServer, type ScriptedServer } from '../../wechat/helpers/scripted-server';

const OFFICIAL = 'https://api.weixin.qq.com';
const TOKEN_PATH = '/cgi-bin/stable_token';
const deviceToken = newDeviceToken();
const link = () => ({ url: relayUrl, deviceToken });

let wechat: ScriptedServer;
let tunnel: TunnelBench;
let relayUrl: string;
/** What the relay answers to GET /v1/egress; the tunnel of the bench when not replaced. */
let egress: RequestListener;
let asked: number;
let time: number;
let tunnels: Tunnels;
const servers: Server[] = [];

beforeEach(async () => {
  wechat = await startScriptedServer();
  wechat.on(TOKEN_PATH, { json: { access_token: 'token-1', expires_in: 7200 } });
  tunnel = await startTunnel({ token: deviceToken, wechatOrigin: wechat.origin, realNetwork: true });
  egress = json(200, { tunnelUrl: tunnel.url, addresses: [], source: 'unknown' });
  asked = 0;
  time = 0;
  relayUrl = await serve((request, response) => {
    asked += 1;
    egress(request, response);
  });
  const relay = createHttpRelayApi({ machine: { now: () => 0 }, onServerDate: () => undefined });
  tunnels = createTunnels({ relay, log: silentLogger, elapsed: () => time });
});
afterEach(async () => {
  await tunnels.close();
  await tunnel.close();
  await wechat.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function json(status: number, body: object): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

const refusal = (status: number, code: string) => json(status, { error: { code, message: '' } });

/** A proxy that answers every CONNECT with this status. */
async function proxyAnswering(status: number): Promise<string> {
  const url = await serve(() => undefined);
  servers.at(-1)?.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${String(status)} No\r\n\r\n`));
  return url;
}

const pointTo = (tunnelUrl: string): void => {
  egress = json(200, { tunnelUrl, addresses: [], source: 'unknown' });
};

/** Whether a request on the account's route goes through the tunnel, without sending it. */
async function wayOf(apiOrigin: string): Promise<'tunnel' | 'direct'> {
  return tunnels.route(() => Promise.resolve(link()), apiOrigin)(async (via) => (via ? 'tunnel' : 'direct'));
}

async function failure(apiOrigin: string): Promise<AppError> {
  const route = tunnels.route(() => Promise.resolve(link()), apiOrigin);
  return route((dispatcher) =>
    httpRequest({
      ...{ method: 'GET', url: `${apiOrigin}/`, timeoutMs: 5_000 },
      ...(dispatcher ? { dispatcher } : {}),
    }),
  ).then(
    () => Promise.reject(new Error('succeeded')),
    (error: unknown) => error as AppError,
  );
}

function client(origin = wechat.origin): WeChatClient {
  return createWeChatClient({
    appid: 'wx0123456789abcdef',
    secret: () => Promise.resolve('s'.repeat(32)),
    origin,
    clock: { now: () => 0 },
    logger: silentLogger,
    fetchTokenVia: tunnels.route(() => Promise.resolve(link()), origin),
  });
}

describe('the way of token requests', () => {
  it('leads through the tunnel that the relay names; other calls go directly', async () => {
    wechat.on('/cgi-bin/tags/get', { json: { tags: [] } });
    await client().get('/cgi-bin/tags/get');
    expect(wechat.seen.map(({ path }) => path)).toEqual([TOKEN_PATH, '/cgi-bin/tags/get']);
    expect(tunnel.counts.get('opened')).toBe(1);
  });

  it('has room for a crowd of them: they share fewer connections than a relay allows one computer', async () => {
    const route = tunnels.route(() => Promise.resolve(link()), wechat.origin);
    const request = () =>
      route((dispatcher) =>
        httpRequest({
          ...{ method: 'POST', url: `${wechat.origin}${TOKEN_PATH}`, timeoutMs: 15_000 },
          ...(dispatcher ? { dispatcher } : {}),
        }),
      );
    const answers = await Promise.all(Array.from({ length: 60 }, request));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(tunnel.counts.get('busy')).toBeUndefined();
    expect(tunnel.counts.get('opened')).toBeLessThanOrEqual(6);
  });

  it('is direct with a relay that has no tunnel, or is older than tunnels', async () => {
    pointTo('');
    expect(await wayOf(OFFICIAL)).toBe('direct');
    time += 11 * 60_000;
    egress = refusal(404, 'relay/not-found');
    expect(await wayOf(OFFICIAL)).toBe('direct');
  });

  it('is direct for an account without a relay', async () => {
    const route = tunnels.route(() => Promise.resolve(null), OFFICIAL);
    expect(await route(async (via) => (via ? 'tunnel' : 'direct'))).toBe('direct');
    expect(asked).toBe(0);
  });

  it('is asked for once in a while, and again after the tunnel failed', async () => {
    expect(await wayOf(OFFICIAL)).toBe('tunnel');
    expect(await wayOf(OFFICIAL)).toBe('tunnel');
    expect(asked).toBe(1);
    time += 11 * 60_000;
    pointTo('http://127.0.0.1:9');
    expect(await wayOf(OFFICIAL)).toBe('tunnel');
    expect(asked).toBe(2);
    expect((await failure(OFFICIAL)).code).toBe('tunnel/unreachable');
    pointTo(tunnel.url);
    expect(await wayOf(OFFICIAL)).toBe('tunnel');
    expect(asked).toBe(3);
  });
});

describe('when the tunnel cannot be used', () => {
  it.each([
    [407, 'tunnel/unauthorized', undefined],
    [403, 'tunnel/refused', undefined],
    [429, 'tunnel/busy', true],
    [502, 'tunnel/unreachable', true],
    [405, 'tunnel/unreachable', true],
  ])('names the relay and what is wrong when the proxy answers %i', async (status, code, retryable) => {
    pointTo(await proxyAnswering(status));
    const error = await failure(OFFICIAL);
    expect(error.data).toMatchObject({ code, params: { relay: new URL(relayUrl).host } });
    expect(error.data.retryable).toBe(retryable);
    // What may be tried again is queued like anything that met a dead network; the rest needs somebody.
    expect(error instanceof NetworkError && error.outcome === 'not-sent').toBe(retryable === true);
  });

  it.each([
    ['the relay is away', () => (relayUrl = 'http://127.0.0.1:9')],
    ['the relay fails', () => (egress = refusal(503, 'relay/store-unavailable'))],
    ['the tunnel is away', () => pointTo('http://127.0.0.1:9')],
    ['the proxy hangs up', () => (egress = (_request, response) => response.destroy())],
  ])(
    'fails with an error that may pass when %s, and never goes directly to WeChat',
    async (_what, arrange) => {
      arrange();
      const error = await failure(OFFICIAL);
      expect(error).toBeInstanceOf(NetworkError);
      expect(error.data).toMatchObject({
        code: 'tunnel/unreachable',
        retryable: true,
        params: { relay: new URL(relayUrl).host },
      });
    },
  );

  it('says that the relay does not know this computer any more', async () => {
    egress = refusal(401, 'relay/unauthorized');
    expect((await failure(OFFICIAL)).code).toBe('relay/unauthorized');
  });

  it('[SEC-16] gives the device token to no proxy in the clear outside of this computer', async () => {
    for (const url of [
      'http://relay.example.com:8080',
      'http://192.168.1.5:8080',
      'socks5://127.0.0.1:1',
      'x',
    ]) {
      await expect(createTunnelDispatcher({ proxyUrl: url, deviceToken })).rejects.toMatchObject({
        code: 'tunnel/bad-address',
      });
      pointTo(url);
      expect((await failure(OFFICIAL)).code).toBe('tunnel/bad-address');
    }
  });

  it('goes directly to an API on this computer, which has no whitelist that would mind', async () => {
    const arrangements: (() => void | Promise<void>)[] = [
      () => {
        relayUrl = 'http://127.0.0.1:9';
      },
      () => {
        egress = refusal(503, 'relay/store-unavailable');
      },
      () => {
        pointTo('http://127.0.0.1:9');
      },
      async () => {
        pointTo(await proxyAnswering(403));
      },
      async () => {
        pointTo(await proxyAnswering(407));
      },
    ];
    const working = relayUrl;
    for (const arrange of arrangements) {
      relayUrl = working;
      await arrange();
      time += 11 * 60_000;
      await client().ensureToken();
    }
    expect(wechat.to(TOKEN_PATH)).toHaveLength(arrangements.length);
    expect(tunnel.counts.get('opened')).toBeUndefined();
  });

  it('[SEC-14] puts neither the device token nor the AppSecret into an error', async () => {
    pointTo(await proxyAnswering(502));
    const error = await failure(OFFICIAL);
    const chain: string[] = [];
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      chain.push(JSON.stringify(at, Object.getOwnPropertyNames(at)));
    expect(chain.length).toBeGreaterThan(1);
    expect(chain.join()).not.toContain(deviceToken);
  });

  it('does not wait for a proxy that takes the connection and says nothing', async () => {
    const url = await serve(() => undefined);
    servers.at(-1)?.on('connect', () => undefined);
    const dispatcher = await createTunnelDispatcher({ proxyUrl: url, deviceToken, answerMs: 100 });
    const request = httpRequest({ method: 'GET', url: `${OFFICIAL}/`, timeoutMs: 30_000, dispatcher });
    await expect(request).rejects.toMatchObject({
      code: 'tunnel/unreachable',
      data: { params: { reason: 'network/timeout' } },
    });
    await dispatcher.destroy();
  });
});
