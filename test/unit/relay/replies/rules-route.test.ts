import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fallback, keyword, ruleSet } from '../../shared/domain/replies/samples';
import { AES_KEY, APPID, deliver, RelayHarness, TOKEN, type DeviceClient } from '../support/relay-harness';
import { bindAssisted, pushOf, putRules, readReply, textMessage } from './shop';

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;
const PATH = `/v1/accounts/${APPID}/rules`;

beforeEach(async () => {
  relay = await RelayHarness.start();
  device = await relay.pair();
  callbackUrl = await bindAssisted(device);
});
afterEach(() => relay.stop());

const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];
const ask = async (text = '你好'): Promise<string> =>
  (await deliver(callbackUrl, pushOf(textMessage({ text }), relay.clock.now()))).text;

describe('the rules of an account', () => {
  it('are given back as they were put, take effect at once and last over a restart', async () => {
    const rules = [keyword('k', 'regex', '退款|退货'), fallback('d', { oncePerHours: 3 })];
    expect((await putRules(device, rules)).status).toBe(204);
    expect(await (await device.request('GET', PATH)).json()).toEqual(ruleSet(rules));
    expect(readReply(await ask('我要退货'))('Content')).toBe('k');
    await relay.restart();
    callbackUrl = callbackUrl.replace(/^http:\/\/[^/]+/, relay.origin);
    expect(readReply(await ask())('Content')).toBe('d');
  });

  it('are listed with the account by their version', async () => {
    const versions = async () => {
      const response = await device.request('GET', '/v1/accounts');
      const { accounts } = (await response.json()) as { accounts: { rulesVersion: number | null }[] };
      return accounts.map(({ rulesVersion }) => rulesVersion);
    };
    expect(await versions()).toEqual([null]);
    await putRules(device, [fallback()], { version: 7 });
    expect(await versions()).toEqual([7]);
  });

  it('that are deleted answer nothing any more, and neither do those of an account that was removed', async () => {
    await putRules(device, [fallback()]);
    expect((await device.request('DELETE', PATH)).status).toBe(204);
    expect((await device.request('DELETE', PATH)).status).toBe(204);
    expect(await codeOf(await device.request('GET', PATH))).toEqual([404, 'relay/not-found']);
    expect(await ask()).toBe('success');
    await putRules(device, [fallback()]);
    await device.request('DELETE', `/v1/accounts/${APPID}`);
    callbackUrl = await bindAssisted(device);
    expect(await ask()).toBe('success');
  });

  it('are not replaced by older ones, nor by others of the same version, but may be put again', async () => {
    await putRules(device, [fallback('five')], { version: 5 });
    expect(await codeOf(await putRules(device, [fallback()], { version: 4 }))).toEqual([
      409,
      'relay/older-rules',
    ]);
    expect(await codeOf(await putRules(device, [fallback('six')], { version: 5 }))).toEqual([
      409,
      'relay/older-rules',
    ]);
    expect((await putRules(device, [fallback('five')], { version: 5 })).status).toBe(204);
    expect(readReply(await ask())('Content')).toBe('five');
    expect((await putRules(device, [fallback('six')], { version: 6 })).status).toBe(204);
    expect(readReply(await ask())('Content')).toBe('six');
  });

  it('that cannot work are refused and leave the old ones in force', async () => {
    await putRules(device, [fallback()]);
    const lookAhead = keyword('k', 'regex', '(?=x)');
    expect(await codeOf(await putRules(device, [lookAhead], { version: 2 }))).toEqual([
      422,
      'relay/bad-rules',
    ]);
    const nowhere = { version: 2, timeZone: 'Asia/Nowhere' };
    expect(await codeOf(await putRules(device, [fallback()], nowhere))).toEqual([422, 'relay/bad-rules']);
    const twice = putRules(device, [fallback('same'), fallback('same')], { version: 2 });
    expect(await codeOf(await twice)).toEqual([400, 'relay/invalid-input']);
    expect(readReply(await ask())('Content')).toBe('default');
  });

  it('that are larger than the relay keeps are refused', async () => {
    const rules = Array.from({ length: 300 }, (_, n) =>
      fallback(`r${String(n)}`, { reply: { kind: 'text', text: 'x'.repeat(2_000) } }),
    );
    expect(await codeOf(await putRules(device, rules))).toEqual([413, 'relay/too-large']);
    expect((await putRules(device, rules.slice(0, 180))).status).toBe(204);
  });

  it('need an account whose messages the relay can read', async () => {
    await device.bind();
    expect(await codeOf(await putRules(device, [fallback()]))).toEqual([409, 'relay/sealed-account']);
    const unknown = await putRules(device, [fallback()], { appid: 'wxunknown' });
    expect(await codeOf(unknown)).toEqual([404, 'relay/unknown-account']);
  });

  it('are nobody else’s to see, change or delete', async () => {
    await putRules(device, [fallback('mine')]);
    const stranger = await relay.pair('another shop');
    expect(await codeOf(await stranger.request('GET', PATH))).toEqual([404, 'relay/not-found']);
    expect(await codeOf(await putRules(stranger, [fallback()], { version: 9 }))).toEqual([
      404,
      'relay/unknown-account',
    ]);
    await stranger.request('DELETE', PATH);
    expect((await fetch(`${relay.origin}${PATH}`)).status).toBe(401);
    expect(readReply(await ask())('Content')).toBe('mine');
  });

  it('do not pass to the workspace that gets the account next', async () => {
    await putRules(device, [fallback('mine')], { version: 9 });
    await device.bind();
    await device.request('DELETE', `/v1/accounts/${APPID}`);
    const next = await relay.pair('another shop');
    callbackUrl = await bindAssisted(next, { token: TOKEN, encodingAESKey: AES_KEY });
    expect(await ask()).toBe('success');
    expect((await putRules(next, [fallback('theirs')], { version: 1 })).status).toBe(204);
    expect(readReply(await ask())('Content')).toBe('theirs');
  });
});
