import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';
import { extractEncrypt } from '#wechat/callback/xml';
import {
  AES_KEY,
  APPID,
  deliver,
  RelayHarness,
  sealedPush,
  signedBody,
  TOKEN,
  until,
  type DeviceClient,
} from './support/relay-harness';

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;

beforeEach(async () => {
  relay = await RelayHarness.start();
  device = await relay.pair();
  ({ callbackUrl } = await device.bind());
});
afterEach(() => relay.stop());

const push = (text = '你好') => sealedPush(text, relay.clock.now());
const stored = async (): Promise<number> => (await device.feed()).items.length;

describe('URL verification', () => {
  const verify = (query: Record<string, string>): Promise<Response> =>
    fetch(`${callbackUrl}?${new URLSearchParams(query).toString()}`);
  const query = {
    signature: '8119133415890678b409fbe98da1c997ed744cef',
    timestamp: '1700000000',
    nonce: '987654321',
    echostr: '5837397520665436492',
  };

  it('is answered with the echostr and nothing else', async () => {
    const response = await verify(query);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(query.echostr);
  });

  it.each([
    ['a wrong signature', { ...query, signature: query.signature.replace('8', '9') }],
    ['a signature in capitals', { ...query, signature: query.signature.toUpperCase() }],
    [
      'the signature of another token',
      { ...query, signature: sign('othertoken', query.timestamp, query.nonce) },
    ],
    ['another timestamp', { ...query, timestamp: '1700000001' }],
    ['no signature', { timestamp: query.timestamp, nonce: query.nonce, echostr: query.echostr }],
    ['no echostr', { signature: query.signature, timestamp: query.timestamp, nonce: query.nonce }],
  ])('with %s is refused', async (_, bad) => {
    const response = await verify(bad);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain(query.echostr);
  });

  it('without a usable query, or with a parameter given twice, is refused', async () => {
    expect((await fetch(callbackUrl)).status).toBe(400);
    const twice = `${new URLSearchParams(query).toString()}&echostr=2`;
    expect((await fetch(`${callbackUrl}?${twice}`)).status).toBe(400);
  });

  it('of an address that no account has is answered 404', async () => {
    for (const key of ['', 'short', 'A'.repeat(32), '..%2f..%2fetc'])
      expect((await fetch(`${relay.origin}/wx/${key}?${new URLSearchParams(query).toString()}`)).status).toBe(
        404,
      );
  });

  it('with a new Token takes effect at once', async () => {
    await device.bind(APPID, 'newtoken');
    expect((await verify(query)).status).toBe(403);
    const signature = sign('newtoken', query.timestamp, query.nonce);
    expect((await verify({ ...query, signature })).status).toBe(200);
  });
});

describe('a push', () => {
  it('[S1.14] is answered success and handed over as it came, for the desktop to decrypt', async () => {
    const message = push('你好，在吗？');
    expect(await deliver(callbackUrl, message)).toEqual({ status: 200, text: 'success' });
    const { items, next } = await device.feed();
    expect(items).toHaveLength(1);
    const [item] = items;
    expect(item).toEqual({
      seq: next,
      kind: 'message',
      appid: APPID,
      receivedAt: relay.clock.now(),
      query: message.query,
      encrypted: true,
      body: message.body,
    });
    const { encrypt } = extractEncrypt(item?.body ?? '');
    expect(decryptEnvelope({ encodingAESKey: AES_KEY, appid: APPID, encrypt })).toContain('你好，在吗？');
  });

  it('is taken with any content type, and with none', async () => {
    for (const contentType of [
      'text/xml',
      'application/xml; charset=utf-8',
      'application/json',
      'text/plain',
      '',
    ]) {
      const { query, body } = push();
      const response = await fetch(`${callbackUrl}?${new URLSearchParams(query).toString()}`, {
        method: 'POST',
        headers: contentType === '' ? {} : { 'content-type': contentType },
        body: Buffer.from(body),
      });
      expect([contentType, response.status]).toEqual([contentType, 200]);
    }
    expect(await stored()).toBe(5);
  });

  it('that WeChat repeats byte for byte is answered success each time and stored once', async () => {
    const message = push();
    const answers = await Promise.all([1, 2, 3].map(() => deliver(callbackUrl, message)));
    answers.push(await deliver(callbackUrl, message));
    await relay.restart();
    callbackUrl = callbackUrl.replace(/^http:\/\/[^/]+/, relay.origin);
    answers.push(await deliver(callbackUrl, message));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ status: 200, text: 'success' })));
    expect(await stored()).toBe(1);
  });

  it('whose copy has nonce and ciphertext divided elsewhere counts as the same delivery', async () => {
    const timestamp = String(relay.clock.now());
    const make = (nonce: string, encrypt: string) => ({
      query: { timestamp, nonce, encrypt_type: 'aes', msg_signature: sign(TOKEN, timestamp, nonce, encrypt) },
      body: `<xml><ToUserName>gh</ToUserName><Encrypt>${encrypt}</Encrypt></xml>`,
    });
    const genuine = make('987654321', 'QaBCDEFGHIJK');
    const shifted = make('987654321Q', 'aBCDEFGHIJK');
    expect(shifted.query.msg_signature).toBe(genuine.query.msg_signature);
    expect((await deliver(callbackUrl, genuine)).text).toBe('success');
    expect((await deliver(callbackUrl, shifted)).text).toBe('success');
    expect((await device.feed()).items.map((item) => item.body)).toEqual([genuine.body]);
  });

  it('in compatible mode is kept without the words that stand beside the ciphertext', async () => {
    const { query, body } = push();
    const { encrypt } = extractEncrypt(body);
    const compatible = body.replace(
      '<Encrypt>',
      '<Content><![CDATA[words in the clear]]></Content><Encrypt>',
    );
    expect((await deliver(callbackUrl, { query, body: compatible })).text).toBe('success');
    const [item] = (await device.feed()).items;
    expect(item?.body).not.toContain('words in the clear');
    expect(extractEncrypt(item?.body ?? '')).toEqual({ toUserName: 'gh_0123456789ab', encrypt });
  });

  it('at the edges of the time window is taken, beyond them refused with the reason in the log', async () => {
    const at = (offset: number) => deliver(callbackUrl, sealedPush('x', relay.clock.now() + offset));
    expect((await at(-600)).status).toBe(200);
    expect((await at(600)).status).toBe(200);
    expect((await at(-601)).status).toBe(403);
    expect((await at(601)).status).toBe(403);
    expect((await at(-7_200)).text).toContain('clock');
    expect(await stored()).toBe(2);
    expect(relay.logLines.join('')).toContain('"skewSeconds":7200');
  });

  it('that is replayed after the window has passed is refused', async () => {
    const message = push();
    await deliver(callbackUrl, message);
    relay.clock.advance(601);
    expect((await deliver(callbackUrl, message)).status).toBe(403);
    expect(await stored()).toBe(1);
  });

  it('to a key that no account has, or no longer has, is answered 404', async () => {
    const message = push();
    expect((await deliver(`${relay.origin}/wx/${'A'.repeat(32)}`, message)).status).toBe(404);
    await device.request('DELETE', `/v1/accounts/${APPID}`);
    expect((await deliver(callbackUrl, message)).status).toBe(404);
    expect(await stored()).toBe(0);
  });

  it('for one account is not taken with the signature of another', async () => {
    const other = await device.bind('wx00000000000other', 'anothertoken');
    expect((await deliver(other.callbackUrl, push())).status).toBe(403);
    expect(await stored()).toBe(0);
  });
});

describe('a sender', () => {
  const begin = (head: string): { socket: Socket; answer: Promise<string> } => {
    const { hostname, port, pathname } = new URL(callbackUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname}?timestamp=1&nonce=1 HTTP/1.1\r\nHost: x\r\n${head}`);
    let text = '';
    const answer = new Promise<string>((resolve) => {
      socket.on('data', (data) => (text += data.toString()));
      socket.once('close', () => {
        resolve(text);
      });
    });
    return { socket, answer };
  };

  it('that never finishes its body is answered 408 and cut off, while others are served', async () => {
    await relay.stop();
    relay = await RelayHarness.start({ limits: { callbackMs: 300 } });
    device = await relay.pair();
    ({ callbackUrl } = await device.bind());
    const slow = ['', '<xml>'].map((start) => begin(`Content-Length: 500\r\n\r\n${start}`).answer);
    expect((await deliver(callbackUrl, push())).text).toBe('success');
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(await stored()).toBe(1);
  });

  it('that hangs up in the middle leaves nothing behind', async () => {
    const { socket, answer } = begin('Content-Length: 500\r\n\r\n<xml>');
    await new Promise((resolve) => socket.write('<a>', resolve));
    socket.destroy();
    expect(await answer).toBe('');
    expect((await deliver(callbackUrl, push())).text).toBe('success');
    expect(await stored()).toBe(1);
  });

  it('that goes on after its body was refused is cut off', async () => {
    const { socket, answer } = begin('Content-Length: 1000000000\r\n\r\n');
    const more = setInterval(() => socket.write('x'.repeat(64 * 1024)), 1);
    socket.on('error', () => undefined);
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    clearInterval(more);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('that says %s finds nothing', async (method) => {
    const { query, body } = push();
    const url = `${callbackUrl}?${new URLSearchParams(query).toString()}`;
    expect((await fetch(url, { method, body: Buffer.from(body) })).status).toBe(404);
    expect(await stored()).toBe(0);
  });

  it('whose push arrives while the relay stops is answered, and its connection ends with the answer', async () => {
    const { query, body } = push();
    const { hostname, port, pathname } = new URL(callbackUrl);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${pathname}?${new URLSearchParams(query).toString()} HTTP/1.1\r\nHost: x\r\n` +
        `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`,
    );
    await new Promise((resolve) => relay.app.server.once('request', resolve));
    const closed = relay.app.close();
    await until(() => !relay.app.server.listening);
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(body);
    await Promise.all([closed, ended]);
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*success$/i);
  });
});

describe('a forged or hostile push is refused and nothing of it is stored:', () => {
  const refused = async (status: number, bad: Parameters<typeof deliver>[1]): Promise<void> => {
    const answer = await deliver(callbackUrl, bad);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toBe('success');
    expect(await stored()).toBe(0);
    expect((await deliver(callbackUrl, push())).text).toBe('success');
  };

  it('a changed ciphertext', () => {
    const { query, body } = push();
    return refused(403, {
      query,
      body: body.replace(/(.)\]\]><\/Encrypt>/, (_, c: string) => `${c === 'A' ? 'B' : 'A'}]]></Encrypt>`),
    });
  });

  it.each(['timestamp', 'nonce', 'msg_signature'])('a changed %s', (name) => {
    const { query, body } = push();
    const value = query[name] ?? '';
    return refused(403, {
      query: { ...query, [name]: `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` },
      body,
    });
  });

  it('a msg_signature with more behind it', () => {
    const { query, body } = push();
    return refused(403, { query: { ...query, msg_signature: `${query['msg_signature'] ?? ''}0` }, body });
  });

  it('a plaintext push, although its signature is right', () => {
    const { query } = push();
    const { signature, timestamp, nonce } = query as Record<'signature' | 'timestamp' | 'nonce', string>;
    const body = '<xml><ToUserName>gh</ToUserName><MsgType>text</MsgType><Content>hi</Content></xml>';
    return refused(403, { query: { signature, timestamp, nonce, openid: 'oUser1' }, body });
  });

  it('a sealed push whose encrypt_type was turned to raw', () => {
    const { query, body } = push();
    return refused(403, { query: { ...query, encrypt_type: 'raw' }, body });
  });

  it('a plaintext body under the query of a sealed one', () => {
    const { query } = push();
    return refused(403, { query, body: '<xml><MsgType>text</MsgType><Content>hi</Content></xml>' });
  });

  it('a body without ciphertext that was signed as if it had an empty one', () =>
    refused(403, signedBody(relay.clock.now(), '', '<xml><MsgType>text</MsgType><Encrypt></Encrypt></xml>')));

  it('a document type', () => {
    const { query, body } = push();
    return refused(400, { query, body: `<!DOCTYPE xml [<!ELEMENT xml ANY>]>${body}` });
  });

  it('an external entity', () => {
    const { query } = push();
    const body = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>`;
    return refused(400, { query, body });
  });

  it('an entity that nobody declared', () => {
    const { query } = push();
    return refused(400, { query, body: '<xml><ToUserName>a</ToUserName><Encrypt>&lol9;</Encrypt></xml>' });
  });

  it('elements nested a thousand deep', () => {
    const { query } = push();
    return refused(400, { query, body: `<xml>${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}</xml>` });
  });

  it('a body cut off anywhere', async () => {
    const { query, body } = push();
    for (let end = 0; end < body.trimEnd().length; end += 37) {
      const answer = await deliver(callbackUrl, { query, body: body.slice(0, end) });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    expect(await stored()).toBe(0);
  });

  it('bytes that are no UTF-8', () => {
    const { query, body } = push();
    return refused(400, { query, body: Buffer.concat([Buffer.from(body), Buffer.from([0xff, 0xfe])]) });
  });

  it('no body at all', () => refused(400, { query: push().query, body: '' }));

  it('a query beyond any that WeChat sends', () => {
    const { query, body } = push();
    return refused(400, { query: { ...query, openid: 'o'.repeat(5_000) }, body });
  });

  it('a body over 256 KiB, before it is read', async () => {
    const { query } = push();
    await refused(413, { query, body: 'x'.repeat(256 * 1024 + 1) });
  });

  it('a body over 256 KiB whose length is announced, before a byte of it is sent', async () => {
    const { hostname, port, pathname } = new URL(callbackUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(10 ** 9)}\r\n\r\n`);
    const answer = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => {
        resolve(data.toString());
      });
      socket.once('error', reject);
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('a body over 256 KiB sent in chunks', async () => {
    const { hostname, port, pathname } = new URL(callbackUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 6; sent += 1) socket.write(chunk);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data) => {
        resolve(data.toString());
      });
      socket.once('error', () => undefined);
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await stored()).toBe(0);
  });
});
