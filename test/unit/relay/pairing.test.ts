import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceClient, postJson, RelayHarness } from './support/relay-harness';

let relay: RelayHarness;
beforeEach(async () => {
  relay = await RelayHarness.start();
});
afterEach(() => relay.stop());

const pair = (code: string, name = '前台电脑'): Promise<Response> =>
  postJson(`${relay.origin}/v1/pair`, { code, name });
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('pairing', () => {
  it('gives a device of its own token for a code', async () => {
    const first = (await (await pair(await relay.code())).json()) as { deviceToken: string };
    const second = (await (await pair(await relay.code())).json()) as { deviceToken: string };
    expect(Buffer.from(first.deviceToken, 'base64url')).toHaveLength(32);
    expect(second.deviceToken).not.toBe(first.deviceToken);
    const client = new DeviceClient(() => relay.origin, first.deviceToken);
    expect(await client.feed()).toEqual({ items: [], next: 0 });
  });

  it('takes the code as people type it', async () => {
    const code = await relay.code();
    expect(code).toMatch(/^[A-Z3-9]{4}-[A-Z3-9]{4}-[A-Z3-9]{4}$/);
    expect((await pair(` ${code.toLowerCase().replaceAll('-', ' ')} `)).status).toBe(200);
  });

  it('refuses a wrong code and says so', async () => {
    await relay.code();
    const response = await pair('AAAA-AAAA-AAAA');
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('relay/wrong-code');
  });

  it('refuses a code that was used', async () => {
    const code = await relay.code();
    expect((await pair(code)).status).toBe(200);
    const again = await pair(code);
    expect([again.status, await codeOf(again)]).toEqual([403, 'relay/wrong-code']);
  });

  it('refuses a code older than 15 minutes', async () => {
    const code = await relay.code();
    relay.clock.advance(15 * 60);
    expect((await pair(code)).status).toBe(403);
  });

  it('refuses what is no pairing request, without repeating it', async () => {
    for (const body of [
      {},
      { code: 'AAAA-AAAA-AAAA' },
      { code: 7, name: 'x' },
      { code: 'x'.repeat(65), name: 'x' },
      [],
    ]) {
      const response = await postJson(`${relay.origin}/v1/pair`, body);
      const text = await response.text();
      expect([response.status, (JSON.parse(text) as { error: { code: string } }).error.code]).toEqual([
        400,
        'relay/invalid-input',
      ]);
      expect(text).not.toContain('AAAA');
    }
  });

  it('refuses broken JSON and another content type', async () => {
    for (const contentType of ['application/json', 'text/xml']) {
      const response = await fetch(`${relay.origin}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: '{"code":',
      });
      expect(await codeOf(response)).toBe('relay/invalid-input');
      expect(response.status).toBe(400);
    }
  });

  it('lets an address try twenty times a minute and no more, even with the right code then', async () => {
    const code = await relay.code();
    for (let attempt = 0; attempt < 20; attempt += 1) expect((await pair('AAAA-AAAA-AAAA')).status).toBe(403);
    const response = await pair(code);
    expect([response.status, await codeOf(response)]).toEqual([429, 'relay/too-many-attempts']);
  });
});

it('behind a reverse proxy of the same machine, the limit is that of the client it names', async () => {
  const from = (address: string): Promise<Response> =>
    postJson(
      `${relay.origin}/v1/pair`,
      { code: 'AAAA-AAAA-AAAA', name: 'x' },
      { 'x-forwarded-for': address },
    );
  for (let attempt = 0; attempt < 20; attempt += 1) await from('203.0.113.1');
  expect((await from('203.0.113.1')).status).toBe(429);
  expect((await from('203.0.113.2')).status).toBe(403);
});

describe('without the token of a paired device', () => {
  const ADDRESSES: readonly (readonly [string, string])[] = [
    ['PUT', '/v1/accounts/wx0123456789abcdef'],
    ['DELETE', '/v1/accounts/wx0123456789abcdef'],
    ['GET', '/v1/feed?after=0'],
    ['GET', '/v1/feed?after=nonsense'],
    ['GET', '/v1/feed?after=0&acked=1'],
    ['POST', '/v1/invitations'],
    ['GET', '/v1/pair'],
    ['GET', '/v1/anything/else'],
    ['GET', '/v1/'],
  ];

  it.each(ADDRESSES)('%s %s is answered 401', async (method, path) => {
    const wrong = [
      '',
      'Bearer',
      `Bearer ${'A'.repeat(43)}`,
      `Basic ${'A'.repeat(43)}`,
      `Bearer ${'A'.repeat(5_000)}`,
    ];
    for (const authorization of wrong) {
      const response = await fetch(`${relay.origin}${path}`, {
        method,
        headers: authorization === '' ? {} : { authorization },
      });
      expect([response.status, await codeOf(response)]).toEqual([401, 'relay/unauthorized']);
    }
  });

  it('a body is not even read', async () => {
    const response = await postJson(`${relay.origin}/v1/invitations`, { seq: 'x'.repeat(1_000_000) });
    expect(response.status).toBe(401);
  });
});

it('with a token, an address that does not exist is answered 404', async () => {
  const device = await relay.pair();
  expect((await device.request('GET', '/v1/anything/else')).status).toBe(404);
  expect((await fetch(`${relay.origin}/elsewhere`)).status).toBe(404);
});

it('a token still works after a restart', async () => {
  const device = await relay.pair();
  await relay.restart();
  expect(await device.feed()).toEqual({ items: [], next: 0 });
});
