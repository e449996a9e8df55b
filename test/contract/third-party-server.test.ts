import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import wechat, { type Context } from 'co-wechat';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  act,
  AES_KEY,
  firstOpenid,
  phone,
  postJson,
  startSandbox,
  TOKEN,
  type Running,
} from '../unit/sandbox/harness';

let running: Running;
let openid: string;
let server: Server;
let received: Record<string, string>[];
let answer: unknown;

beforeEach(async () => {
  received = [];
  answer = '';
  running = await startSandbox({ manualClock: false });
  openid = await firstOpenid(running, running.service);
  const middleware = wechat({
    token: TOKEN,
    appid: running.service.appid,
    encodingAESKey: AES_KEY,
  }).middleware((message) => {
    received.push(message);
    return Promise.resolve(answer);
  });
  // The little of Koa's context that the library looks at.
  server = createServer((request, response) => {
    const context: Context = {
      req: request,
      request: {},
      query: Object.fromEntries(new URL(request.url ?? '', 'http://host').searchParams),
      method: request.method ?? '',
      status: 200,
      body: '',
      type: 'text/plain',
    };
    middleware(context, () => Promise.resolve()).then(
      () => response.writeHead(context.status, { 'content-type': context.type }).end(context.body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await running.close();
});

const connect = (mode: 'safe' | 'plain', token = TOKEN) =>
  postJson(running, `/__sandbox/accounts/${running.service.appid}/server`, {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/wechat`,
    token,
    encodingAESKey: AES_KEY,
    mode,
  });

describe.each(['safe', 'plain'] as const)(
  'a server written by others, behind the sandbox in %s mode',
  (mode) => {
    it('passes the check of its address', async () => {
      expect(await connect(mode)).toEqual({ ok: true });
    });

    it('reads what a customer writes, and its answer appears on the phone', async () => {
      await connect(mode);
      answer = '有的，今天现做 🍰';
      const { deliveries } = await act(running, running.service, openid, {
        type: 'text',
        content: '有蛋糕吗？',
      });
      expect(received).toMatchObject([{ MsgType: 'text', Content: '有蛋糕吗？', FromUserName: openid }]);
      expect(deliveries).toMatchObject([{ status: 200, outcome: 'replied' }]);
      expect((await phone(running, running.service, openid)).at(-1)).toMatchObject({
        via: 'passive',
        body: { content: '有的，今天现做 🍰' },
      });
    });

    it('learns of events, and may answer nothing', async () => {
      await connect(mode);
      const { deliveries } = await act(running, running.service, openid, { type: 'click', key: 'TODAY' });
      expect(received).toMatchObject([{ MsgType: 'event', Event: 'CLICK', EventKey: 'TODAY' }]);
      expect(deliveries).toMatchObject([{ status: 200 }]);
    });
  },
);

it('a server that was given another Token does not pass the check', async () => {
  expect(await connect('safe', 'othertoken')).not.toMatchObject({ ok: true });
});
