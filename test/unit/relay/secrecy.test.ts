import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildRelay } from '#relay/app';
import { createRelayLog } from '#relay/log';
import { silentLogger } from '#shared/log';
import { AES_KEY, deliver, postJson, RelayHarness, sealedPush, TOKEN } from './support/relay-harness';

let relay: RelayHarness;
beforeEach(async () => {
  relay = await RelayHarness.start();
});
afterEach(() => relay.stop());

it('[I4] neither its files nor its log hold a secret or a word of a message', async () => {
  const code = await relay.code();
  const unused = await relay.code();
  const paired = await postJson(`${relay.origin}/v1/pair`, { code, name: '前台' });
  const { deviceToken } = (await paired.json()) as { deviceToken: string };
  const device = await relay.pair();
  const { callbackUrl, key } = await device.bind();
  const words = '只给你看的悄悄话 for your eyes only';
  const push = sealedPush(words, relay.clock.now());
  await deliver(callbackUrl, push);
  await deliver(callbackUrl, push);
  await deliver(callbackUrl, { ...push, query: { ...push.query, msg_signature: '0'.repeat(40) } });
  await deliver(callbackUrl, { ...push, body: `<xml><Content>${words}</Content></xml>` });
  await deliver(callbackUrl, {
    ...push,
    body: push.body.replace('<Encrypt>', `<Content>${words}</Content><Encrypt>`),
  });
  await postJson(`${relay.origin}/v1/pair`, { code, name: words });
  await device.request('PUT', '/v1/accounts/wx1', { token: TOKEN, mode: 'sealed', more: deviceToken });
  await device.feed();
  await relay.store.close();
  await deliver(callbackUrl, sealedPush(words, relay.clock.now()));

  const files = readdirSync(relay.folder).map((name) => readFileSync(join(relay.folder, name)));
  const log = Buffer.from(relay.logLines.join(''));
  expect(relay.logLines.some((line) => line.includes('callback-failed'))).toBe(true);
  const bare = (text: string): string => text.replaceAll('-', '');
  const secrets = [words, TOKEN, AES_KEY, deviceToken, device.token, code, bare(code), unused, bare(unused)];
  for (const secret of secrets)
    for (const place of [...files, log]) expect(place.includes(secret)).toBe(false);
  for (const word of [key, push.query['msg_signature'] ?? '-', push.query['nonce'] ?? '-', 'oUser1'])
    expect(log.includes(word)).toBe(false);
});

describe('the master key', () => {
  it('that does not fit the store stops the relay from starting', async () => {
    const other = buildRelay({
      store: relay.store,
      clock: relay.clock,
      log: silentLogger,
      masterKey: Buffer.alloc(32, 8),
    });
    await expect(other.listen({ port: 0, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'relay/wrong-master-key',
    });
    await other.close();
  });
});

describe('the log', () => {
  const lines: string[] = [];
  const log = createRelayLog('debug', { write: (line) => void lines.push(line) });
  const written = (fields: Record<string, unknown>): string => {
    lines.length = 0;
    log.info('something-happened', fields);
    return lines.join('');
  };

  it('is one JSON object a line with the event’s name', () => {
    expect(JSON.parse(written({ appid: 'wx1', count: 3 }))).toMatchObject({
      level: 30,
      msg: 'something-happened',
      appid: 'wx1',
      count: 3,
    });
  });

  it.each([
    ['a token by its name', { deviceToken: 'hush' }],
    ['a code by its name', { pairingCode: 'hush' }],
    ['a header', { headers: { authorization: 'hush' } }],
    ['a body', { request: { body: ['hush'] } }],
    ['a query inside a text', { note: 'GET /wx/a?signature=hush' }],
    ['a bearer inside a text', { note: 'sent Bearer hush' }],
    ['XML inside a text', { note: 'got <xml><Content>hush' }],
    ['the message of an error', { error: new Error('hush') }],
    ['the message of an error’s cause', { error: new Error('x', { cause: new Error('hush') }) }],
    ['what lies too deep to look at', { a: { b: { c: { d: { e: { f: 'hush' } } } } } }],
  ])('hides %s', (_, fields) => {
    expect(written(fields)).not.toContain('hush');
  });

  it('keeps where an error comes from', () => {
    const error = Object.assign(new Error('hush'), { code: 'SQLITE_FULL' });
    const text = written({ error });
    expect(text).toContain('SQLITE_FULL');
    expect(text).toContain('secrecy.test.ts');
  });
});
