import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendCustomerServiceMessage } from '../../../src/wechat/api/customer-service';
import { createWeChatClient } from '../../../src/wechat/client';
import { WeChatError } from '../../../src/wechat/errors';
import { isOutcomeUnknown, NetworkError } from '../../../src/wechat/http';
import { redact } from '../../../src/wechat/redact';
import { silentLogger } from '../../../src/shared/log';
import { failureOf } from './helpers/failure-of';
import { APPID, SECRET, startTestBench, TOKEN_PATH, type TestBench } from './helpers/test-client';

const PATH = '/cgi-bin/tags/get';
const refusal = (errcode: number, errmsg = 'refused') => ({
  json: { errcode, errmsg: `${errmsg} rid: 65a1b2c3-1a2b3c4d-5e6f7081` },
});

let bench: TestBench;
beforeEach(async () => {
  bench = await startTestBench();
});
afterEach(() => bench.close());

describe('a call', () => {
  it('asks for a token by stable_token in normal mode and carries it in the query', async () => {
    bench.server.on(PATH, { json: { tags: [] } });
    expect(await bench.client.get(PATH, { a: 1 })).toEqual({ tags: [] });
    const [token] = bench.server.to(TOKEN_PATH);
    expect(token?.method).toBe('POST');
    expect(JSON.parse(token?.body.toString() ?? '')).toEqual({
      grant_type: 'client_credential',
      appid: APPID,
      secret: SECRET,
      force_refresh: false,
    });
    expect(bench.server.to(PATH)[0]?.query.toString()).toBe('access_token=token-1&a=1');
  });

  it('shares one token request among fifty parallel calls', async () => {
    bench.server.on(PATH, { json: {} });
    await Promise.all(Array.from({ length: 50 }, () => bench.client.get(PATH)));
    expect(bench.server.to(PATH)).toHaveLength(50);
    expect(bench.server.to(TOKEN_PATH)).toHaveLength(1);
  });

  it('renews the token before it ends', async () => {
    bench.server.on(PATH, { json: {} });
    await bench.client.get(PATH);
    bench.now += 7200 - 300;
    await bench.client.get(PATH);
    expect(bench.server.to(PATH).map((call) => call.query.get('access_token'))).toEqual([
      'token-1',
      'token-2',
    ]);
  });

  it('sends text as it is, never as \\u escapes', async () => {
    bench.server.on(PATH, { json: {} });
    await bench.client.post(PATH, { text: '你好🙂"\n' });
    expect(bench.server.to(PATH)[0]?.body.toString('utf8')).toBe('{"text":"你好🙂\\"\\n"}');
  });

  it('keeps long ids whole', async () => {
    bench.server.on(PATH, { raw: '{"errcode":0,"msg_data_id":2247483647000000001,"msgid":1}' });
    expect(await bench.client.get(PATH)).toEqual({
      errcode: 0,
      msg_data_id: '2247483647000000001',
      msgid: '1',
    });
  });
});

describe('a dead token', () => {
  it.each([40001, 40014, 42001])('is replaced once and the call repeated (%i)', async (errcode) => {
    bench.server.on(PATH, (_, nth) => (nth === 1 ? refusal(errcode) : { json: { ok: 1 } }));
    expect(await bench.client.get(PATH)).toEqual({ ok: 1 });
    expect(bench.server.to(PATH).map((call) => call.query.get('access_token'))).toEqual([
      'token-1',
      'token-2',
    ]);
  });

  it('is not replaced a second time: the refusal is shown', async () => {
    bench.server.on(PATH, refusal(40001, 'invalid credential'));
    const error = await failureOf(bench.client.get(PATH), WeChatError);
    expect(error.code).toBe('wechat/40001');
    expect(bench.server.to(PATH)).toHaveLength(2);
    expect(bench.server.to(TOKEN_PATH)).toHaveLength(2);
  });

  it('tells how much of the file has left, and sends the same bytes', async () => {
    bench.server.on('/cgi-bin/media/upload', { json: { type: 'video', media_id: 'V', created_at: 1 } });
    const large = Buffer.alloc(300_000, 7);
    const told: number[] = [];
    await bench.client.upload(
      '/cgi-bin/media/upload',
      { type: 'video' },
      { filename: 'a.mp4', contentType: 'video/mp4', bytes: large },
      { onSent: (sent) => told.push(sent) },
    );
    const [request] = bench.server.to('/cgi-bin/media/upload');
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toBe(request?.body.length);
    expect(request?.body.includes(large)).toBe(true);
  });

  it('is replaced once for all calls that it failed', async () => {
    bench.server.on(PATH, (request) =>
      request.query.get('access_token') === 'token-1' ? refusal(40001) : { json: {} },
    );
    await Promise.all(Array.from({ length: 20 }, () => bench.client.get(PATH)));
    expect(bench.server.to(TOKEN_PATH)).toHaveLength(2);
  });

  it.each([40164, 48001, 45015, -1])('is not suspected for other refusals (%i)', async (errcode) => {
    bench.server.on(PATH, refusal(errcode));
    await failureOf(bench.client.get(PATH), WeChatError);
    expect(bench.server.to(PATH)).toHaveLength(1);
  });
});

describe('a refused token request', () => {
  it('names the address that is not on the whitelist', async () => {
    bench.server.on(
      TOKEN_PATH,
      refusal(40164, 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist'),
    );
    const error = await failureOf(bench.client.get(PATH), WeChatError);
    expect(error.data).toMatchObject({ code: 'wechat/40164', params: { ip: '203.0.113.9' } });
    expect(bench.server.to(PATH)).toHaveLength(0);
  });

  it.each([40013, 40125, 40001])('is not repeated (%i)', async (errcode) => {
    bench.server.on(TOKEN_PATH, refusal(errcode));
    expect((await failureOf(bench.client.ensureToken(), WeChatError)).errcode).toBe(errcode);
    expect(bench.server.to(TOKEN_PATH)).toHaveLength(1);
  });

  it('that times out leaves no doubt about the call: it was never sent', async () => {
    await bench.close();
    bench = await startTestBench({ timeouts: { callMs: 200, transferMs: 200 } });
    bench.server.on(TOKEN_PATH, 'silence');
    const error = await failureOf(
      sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: 'hi' }),
      NetworkError,
    );
    expect(error.code).toBe('network/timeout');
    expect(isOutcomeUnknown(error)).toBe(false);
  });

  it('is no token when the answer lacks one', async () => {
    bench.server.on(TOKEN_PATH, { json: { errcode: 0 } });
    expect((await failureOf(bench.client.ensureToken(), NetworkError)).code).toBe('network/bad-response');
  });
});

describe('a send whose answer is lost', () => {
  it.each(['silence', 'drop', { raw: '<html>', status: 502 }] as const)(
    'has an unknown outcome and is not repeated: %j',
    async (answer) => {
      await bench.close();
      bench = await startTestBench({ timeouts: { callMs: 300, transferMs: 300 } });
      bench.server.on('/cgi-bin/message/custom/send', answer);
      const error = await failureOf(
        sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: 'hi' }),
        NetworkError,
      );
      expect(isOutcomeUnknown(error)).toBe(true);
      expect(bench.server.to('/cgi-bin/message/custom/send')).toHaveLength(1);
    },
  );

  it('was not sent when nobody listens any more', async () => {
    await bench.close();
    // Without kept connections the next call has to open one.
    bench = await startTestBench({ fetchVia: new Agent({ pipelining: 0 }) });
    bench.server.on(PATH, { json: {} });
    await bench.client.get(PATH);
    await bench.close();
    const error = await failureOf(
      sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: 'hi' }),
      NetworkError,
    );
    expect(error.code).toBe('network/unreachable');
    expect(isOutcomeUnknown(error)).toBe(false);
  });
});

describe('an answer that is none', () => {
  it.each([
    { json: {}, status: 500 },
    { raw: 'ok' },
    { raw: '[' },
    { raw: '' },
    { json: 'ok' },
    { json: null },
  ])('is refused: %j', async (answer) => {
    bench.server.on(PATH, answer);
    expect((await failureOf(bench.client.get(PATH), NetworkError)).code).toBe('network/bad-response');
  });
});

describe("WeChat's clock", () => {
  it('is reported with this machine at the same moment, also with a refusal', async () => {
    const reported: [number, number][] = [];
    await bench.close();
    bench = await startTestBench({ onServerDate: (server, local) => reported.push([server, local]) });
    const headers = { date: 'Tue, 14 Nov 2023 22:13:20 GMT' };
    bench.server.on(TOKEN_PATH, { json: { access_token: 't', expires_in: 7200 }, headers });
    bench.server.on(PATH, { ...refusal(48001), headers });
    bench.now = 1_700_010_000;
    await failureOf(bench.client.get(PATH), WeChatError);
    expect(reported).toEqual([
      [1_700_000_000, 1_700_010_000],
      [1_700_000_000, 1_700_010_000],
    ]);
  });

  it('is not reported when the header is no date', async () => {
    const reported: number[] = [];
    await bench.close();
    bench = await startTestBench({ onServerDate: (server) => reported.push(server) });
    bench.server.on(TOKEN_PATH, {
      json: { access_token: 't', expires_in: 7200 },
      headers: { date: 'yesterday' },
    });
    await bench.client.ensureToken();
    expect(reported).toEqual([]);
  });
});

describe('an upload', () => {
  it('is a multipart body that a form parser reads back', async () => {
    bench.server.on('/cgi-bin/media/upload', { json: { type: 'image', media_id: 'M1', created_at: 1 } });
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x0d, 0x0a, 0x2d, 0x2d, 0x00]);
    await bench.client.upload(
      '/cgi-bin/media/upload',
      { type: 'image' },
      { filename: '照 "片"\r\n.jpg', contentType: 'image/jpeg', bytes },
      { fields: { description: '{"title":"标题"}' } },
    );
    const [request] = bench.server.to('/cgi-bin/media/upload');
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
    const form = await new Response(new Uint8Array(request?.body ?? []), {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData();
    expect([...form.keys()]).toEqual(['description', 'media']);
    expect(form.get('description')).toBe('{"title":"标题"}');
    const file = form.get('media') as File;
    expect(file.type).toBe('image/jpeg');
    expect(file.name).toBe('照 "片"\r\n.jpg');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
  });

  it('is repeated whole with a fresh token', async () => {
    bench.server.on('/cgi-bin/media/upload', (_, nth) =>
      nth === 1 ? refusal(42001) : { json: { type: 'image', media_id: 'M1', created_at: 1 } },
    );
    const file = { filename: 'a.jpg', contentType: 'image/jpeg', bytes: Buffer.from('jpeg') };
    await bench.client.upload('/cgi-bin/media/upload', { type: 'image' }, file);
    const [first, second] = bench.server.to('/cgi-bin/media/upload');
    expect(second?.body).toEqual(first?.body);
  });
});

describe('secrets', () => {
  it('appear in no error: neither AppSecret, nor token, nor URL', async () => {
    await bench.close();
    bench = await startTestBench({ timeouts: { callMs: 200, transferMs: 200 } });
    const answers = ['silence', 'drop', refusal(48001), { raw: 'x', status: 500 }, refusal(40001)] as const;
    for (const answer of answers) {
      bench.server.on(PATH, answer);
      const error = await failureOf(bench.client.get(PATH), Error);
      const shown = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join(' ');
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toMatch(/token-\d|access_token|127\.0\.0\.1:\d+/);
    }
  });

  it('appear in no log of a whole session, although every request is logged', async () => {
    await bench.close();
    bench = await startTestBench({ timeouts: { callMs: 200, transferMs: 200 } });
    const answers = [{ json: {} }, refusal(40001), refusal(48001), 'drop', 'silence'] as const;
    for (const answer of answers) {
      bench.server.on(PATH, answer);
      await bench.client.get(PATH, { openid: 'o1' }).catch(() => undefined);
    }
    const text = JSON.stringify(bench.logs);
    const calls = bench.server.seen.length;
    expect(bench.logs.filter((entry) => entry.event.startsWith('wechat-call'))).toHaveLength(calls);
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/token-\d|access_token=/);
    expect(JSON.stringify(redact(bench.server.seen.map(asLogged)))).not.toMatch(
      new RegExp(`${SECRET}|token-\\d`),
    );
  });
});

/** The most careless record of a request that could be written. */
function asLogged(request: { path: string; query: URLSearchParams; body: Buffer }): unknown {
  const body: unknown = request.body.length > 0 ? JSON.parse(request.body.toString()) : null;
  return {
    message: `GET https://api.weixin.qq.com${request.path}?${request.query.toString()}`,
    query: Object.fromEntries(request.query),
    body,
    text: request.body.toString(),
  };
}

describe('the settings of a client', () => {
  it('refuse an origin over plain http elsewhere', () => {
    expect(() =>
      createWeChatClient({
        appid: APPID,
        secret: () => Promise.resolve(SECRET),
        origin: 'http://api.weixin.qq.com',
        clock: { now: () => 0 },
        logger: silentLogger,
      }),
    ).toThrow('network/bad-origin');
  });
});
