import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRouter, MAX_INPUT_BYTES } from '#main/ipc/router';
import { AppError } from '#shared/app-error';
import { MAX_STAGED_BYTES } from '#shared/ipc/conversation-methods';
import { METHOD_NAMES } from '#shared/ipc/names';
import type { Logger } from '#shared/log';
import { silentLogger } from '#shared/log';
import { redactText } from '#wechat/redact';
import { handlersWith } from './handlers';

const APPID = 'wx0123456789abcdef';
const OPENID = 'oUser0000000000000000000001';

function routerWith(given: Parameters<typeof handlersWith>[0] = {}, log: Logger = silentLogger) {
  const route = createRouter({ handlers: handlersWith(given), log, redact: redactText });
  return (method: unknown, input: unknown, trusted = true) => route({ trusted, method, input });
}

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('the router', () => {
  it('[SEC-3] refuses a foreign sender before it looks at anything else', async () => {
    const call = routerWith({ 'demo.status': () => expect.fail('the service was reached') });
    expect(await call('demo.status', {}, false)).toEqual(refusal('ipc/forbidden'));
  });

  it.each([
    '',
    'nope',
    'toString',
    '__proto__',
    'constructor',
    'accounts.list ',
    7,
    null,
    undefined,
    {},
    ['accounts.list'],
  ])('[SEC-2] refuses the unknown method %j', async (method) => {
    expect(await routerWith()(method, {})).toEqual(refusal('ipc/unknown-method'));
  });

  it.each([
    ['accounts.list', { extra: 1 }],
    ['accounts.list', null],
    ['accounts.list', undefined],
    ['conversations.get', { appid: APPID }],
    ['conversations.get', { appid: "wx' or 1=1", openid: OPENID }],
    ['conversations.get', { appid: APPID, openid: '../../etc/passwd' }],
    ['followers.page', { filter: {}, sort: 'name', offset: -1, limit: 10 }],
    ['conversations.messages', { appid: APPID, openid: OPENID, before: null, limit: 501 }],
    [
      'conversations.send',
      { appid: APPID, openid: OPENID, clientId: 'x', content: { kind: 'text', text: 'hi' } },
    ],
    ['settings.update', { theme: 'purple' }],
  ])('[SEC-3] refuses junk for %s: %j', async (method, input) => {
    expect(await routerWith()(method, input)).toEqual(refusal('ipc/invalid-input'));
  });

  it('[SEC-3] answers every random call with a refusal and never throws', async () => {
    const call = routerWith();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHOD_NAMES), fc.anything(), async (method, input) => {
        const result = await call(method, input);
        // The services of this router all throw: what passes the schema ends as an internal error.
        expect(result).toSatisfy(
          (r: { ok: boolean; error?: { code: string } }) =>
            !r.ok && ['ipc/invalid-input', 'ipc/internal'].includes(r.error?.code ?? ''),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('[SEC-3] refuses an input over the size cap before parsing it', async () => {
    const draft = (text: string) => ({ appid: APPID, openid: OPENID, text });
    const call = routerWith({ 'conversations.setDraft': () => ({}) });
    expect(await call('conversations.setDraft', draft('a'.repeat(9_000)))).toMatchObject({ ok: true });
    expect(await call('conversations.setDraft', draft('a'.repeat(MAX_INPUT_BYTES)))).toEqual(
      refusal('ipc/invalid-input'),
    );
    const many = {
      ...draft(''),
      ...Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 0])),
    };
    expect(await call('conversations.setDraft', many)).toEqual(refusal('ipc/invalid-input'));
  });

  it('[SEC-3] lets media.stage alone carry an image, and that only up to its own cap', async () => {
    const staged = {
      ...{ stagedId: 's', kind: 'image' as const, mime: 'image/png', bytes: 1, seconds: null },
      url: 'app://media/s',
    };
    const call = routerWith({ 'media.stage': () => staged });
    const input = (size: number) => ({ appid: APPID, name: 'a.png', bytes: new Uint8Array(size) });
    expect(await call('media.stage', input(MAX_STAGED_BYTES))).toEqual({ ok: true, value: staged });
    expect(await call('media.stage', input(MAX_STAGED_BYTES * 3 + 1))).toEqual(refusal('ipc/invalid-input'));
  });

  it('[SEC-3] refuses an input that contains itself', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(await routerWith()('accounts.list', loop)).toEqual(refusal('ipc/invalid-input'));
  });

  it('[SEC-11] hands out nothing that the contract does not name', async () => {
    const tag = { appid: APPID, id: 2, name: '星标', count: 1 };
    const call = routerWith({ 'tags.list': () => [{ ...tag, secret: 'do-not-tell' }] });
    expect(await call('tags.list', { appid: null })).toEqual({ ok: true, value: [tag] });
  });

  it('does not hand out an answer that breaks the contract', async () => {
    const call = routerWith({
      'tags.list': () => [{ appid: APPID, id: 'two', name: '', count: 1 }] as never,
    });
    expect(await call('tags.list', { appid: null })).toEqual(refusal('ipc/internal'));
  });

  it('passes the code of a service on, without anything else the error carries', async () => {
    const call = routerWith({
      'accounts.list': () => {
        throw new AppError(
          { code: 'relay/unreachable', params: { reason: 'x' }, retryable: true, stack: 'hidden' } as never,
          { cause: new Error('https://example.com/?access_token=abc') },
        );
      },
    });
    expect(await call('accounts.list', {})).toEqual({
      ok: false,
      error: { code: 'relay/unreachable', params: { reason: 'x' }, retryable: true },
    });
  });

  it('[SEC-14] hides a secret in the words of an error', async () => {
    const token = '57_abcdefghijklmnopqrstuvwxyz0123456789';
    const call = routerWith({
      'accounts.list': () => {
        throw new AppError({ code: 'wechat/40001', errcode: 40001, errmsg: `bad access_token=${token}` });
      },
    });
    expect(JSON.stringify(await call('accounts.list', {}))).not.toContain(token);
  });

  it('answers an unexpected exception with ipc/internal, logs it, and tells the page nothing of it', async () => {
    const logged: unknown[] = [];
    const log: Logger = { ...silentLogger, error: (event, fields) => logged.push([event, fields]) };
    const call = routerWith(
      {
        'accounts.list': () => {
          throw new TypeError('cannot read /home/ana/secret.db');
        },
      },
      log,
    );
    expect(await call('accounts.list', {})).toEqual(refusal('ipc/internal'));
    expect(logged).toEqual([['ipc-internal', { method: 'accounts.list', error: expect.any(TypeError) }]]);
  });
});
