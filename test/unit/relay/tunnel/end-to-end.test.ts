import API from 'co-wechat-api';
import { Agent as HttpsAgent, createServer as createHttpsServer } from 'node:https';
import { request as httpRequestOf } from 'node:http';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { ProxyAgent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTunnelDispatcher, httpRequest } from '#wechat/http';
import { RELAY_PAIR, WECHAT_PAIR } from './support/pairs';
import { listening, startTunnel, type TunnelBench } from './support/tunnel-bench';

const SECRET = 'f00dbabe'.repeat(4);
let bench: TunnelBench;
let seen: { url: string; host: string; body: string; servername: string }[];
/** Everything that passed between the tunnel and what is behind it, as the relay's machine sees it. */
let wire: Buffer[];
const closers: (() => unknown)[] = [];

/** WeChat with a certificate for its own name, and a wire-tap between it and the tunnel. */
beforeEach(async () => {
  seen = [];
  wire = [];
  const wechat = createHttpsServer(WECHAT_PAIR, (incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => (body += String(chunk)));
    incoming.on('end', () => {
      const { servername } = incoming.socket as unknown as { servername: string };
      seen.push({ url: incoming.url ?? '', host: incoming.headers.host ?? '', body, servername });
      const token = { access_token: '78_token-of-wechat', expires_in: 7200 };
      const users = { total: 1, count: 1, data: { openid: ['oOne'] }, next_openid: '' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(incoming.url?.includes('token?') ? token : { ...token, ...users }));
    });
  });
  const wechatPort = await listening(wechat);
  const tap = createTcpServer({ allowHalfOpen: true }, (left) => {
    const right = connect({ port: wechatPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as [Socket, Socket][]) {
      from.on('data', (chunk: Buffer) => wire.push(chunk)).on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  bench = await startTunnel();
  bench.behind = await listening(tap);
  closers.push(
    () => bench.close(),
    () => ended(tap),
    () => {
      wechat.closeAllConnections();
      return ended(wechat);
    },
  );
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

describe('TLS from the desktop to WeChat', () => {
  it('[SEC-16] passes the relay as ciphertext: neither path, secret nor token can be read there', async () => {
    const dispatcher = await createTunnelDispatcher({
      proxyUrl: bench.url,
      deviceToken: bench.token,
      authorities: { behind: WECHAT_PAIR.cert },
    });
    const response = await httpRequest({
      method: 'POST',
      url: 'https://api.weixin.qq.com/cgi-bin/stable_token',
      body: JSON.stringify({ secret: SECRET }),
      timeoutMs: 10_000,
      dispatcher,
    });
    await dispatcher.destroy();

    expect(response.body.toString()).toContain('78_token-of-wechat');
    expect(seen).toEqual([
      {
        url: '/cgi-bin/stable_token',
        host: 'api.weixin.qq.com',
        body: JSON.stringify({ secret: SECRET }),
        servername: 'api.weixin.qq.com',
      },
    ]);
    const passed = Buffer.concat(wire);
    expect(passed.length).toBeGreaterThan(500);
    // The first record of either side is a TLS handshake; the tap is where the relay's process hands the bytes on.
    expect(wire[0]?.[0]).toBe(0x16);
    for (const secret of [SECRET, '78_token-of-wechat', 'stable_token', bench.token])
      expect(passed.includes(secret)).toBe(false);
  });

  it('refuses a certificate that is not WeChat’s, as without a tunnel', async () => {
    for (const authorities of [{}, { behind: RELAY_PAIR.cert }]) {
      const dispatcher = await createTunnelDispatcher({
        ...{ proxyUrl: bench.url, deviceToken: bench.token, authorities },
      });
      await expect(
        httpRequest({
          ...{ method: 'GET', url: 'https://api.weixin.qq.com/', timeoutMs: 10_000, dispatcher },
        }),
      ).rejects.toMatchObject({ code: 'network/tls', outcome: 'not-sent' });
      await dispatcher.destroy();
    }
    expect(seen).toEqual([]);
  });
});

describe('clients that others wrote', () => {
  it('undici’s own proxy agent gets through with the token, and not without', async () => {
    const agent = (token: string) =>
      new ProxyAgent({ uri: bench.url, token, requestTls: { ca: WECHAT_PAIR.cert } });
    const right = agent(`Bearer ${bench.token}`);
    const answer = await request('https://mp.weixin.qq.com.invalid/x', { dispatcher: right }).catch(
      (error: unknown) => String(error),
    );
    expect(answer).toContain('403');
    const { statusCode } = await request('https://api.weixin.qq.com/x', { dispatcher: right });
    expect(statusCode).toBe(200);
    const wrong = agent('Bearer wrong');
    await expect(request('https://api.weixin.qq.com/x', { dispatcher: wrong })).rejects.toThrow('407');
    await Promise.all([right.destroy(), wrong.destroy()]);
  });

  it('co-wechat-api asks for its token and lists followers through it', async () => {
    const agent = new HttpsAgent({ keepAlive: false });
    // What a proxy agent package does: CONNECT, then TLS over the socket that comes back.
    Object.assign(agent, {
      createConnection: (
        options: { host: string; port: number },
        done: (error: Error | null, socket?: Duplex) => void,
      ) => {
        const authority = `${options.host}:${String(options.port)}`;
        const headers = { 'proxy-authorization': `Bearer ${bench.token}` };
        httpRequestOf({ port: bench.port, host: '127.0.0.1', method: 'CONNECT', path: authority, headers })
          .once('connect', (_response, socket) => {
            done(null, tlsConnect({ socket, servername: options.host, ca: WECHAT_PAIR.cert }));
          })
          .once('error', done)
          .end();
      },
    });
    const api = new API('wx0123456789abcdef', SECRET);
    api.setOpts({ agent });
    expect((await api.getFollowers()).data.openid).toEqual(['oOne']);
    expect(seen.map(({ url }) => url.split('?')[0])).toEqual(['/cgi-bin/token', '/cgi-bin/user/get']);
    expect(Buffer.concat(wire).includes(SECRET)).toBe(false);
    expect(bench.counts.get('opened')).toBe(2);
  });
});
