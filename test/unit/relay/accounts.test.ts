import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPID, deliver, RelayHarness, sealedPush, TOKEN } from './support/relay-harness';

let relay: RelayHarness;
beforeEach(async () => {
  relay = await RelayHarness.start();
});
afterEach(() => relay.stop());

describe('binding an account', () => {
  it('gives a callback address that no one can guess and that stays the same', async () => {
    const device = await relay.pair();
    const first = await device.bind();
    expect(first.callbackUrl).toBe(`${relay.origin}/wx/${first.key}`);
    expect(Buffer.from(first.key, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect((await device.bind()).key).toBe(first.key);
    expect((await device.bind(APPID, 'othertoken')).key).toBe(first.key);
    expect((await device.bind('wx00000000000other')).key).not.toBe(first.key);
    await relay.restart();
    expect((await device.bind()).key).toBe(first.key);
  });

  it('uses the Token given last, also after a restart', async () => {
    const device = await relay.pair();
    await device.bind();
    await device.bind(APPID, 'othertoken');
    await relay.restart();
    const { key } = await device.bind('wx00000000000other');
    expect(key).toBeTruthy();
    const { callbackUrl } = await device.bind(APPID, 'othertoken');
    const now = relay.clock.now();
    expect((await deliver(callbackUrl, sealedPush('x', now, { token: TOKEN }))).status).toBe(403);
    expect((await deliver(callbackUrl, sealedPush('x', now, { token: 'othertoken' }))).status).toBe(200);
  });

  it('refuses what is no Token, mode or AppID', async () => {
    const device = await relay.pair();
    const bad: readonly (readonly [string, unknown])[] = [
      [APPID, { token: 'x', mode: 'sealed' }],
      [APPID, { token: 'white space', mode: 'sealed' }],
      [APPID, { token: TOKEN, mode: 'plain' }],
      [APPID, { token: TOKEN, mode: 'sealed', secret: 'more' }],
      ['wx%2F..%2F', { token: TOKEN, mode: 'sealed' }],
      ['x', { token: TOKEN, mode: 'sealed' }],
    ];
    for (const [appid, body] of bad)
      expect((await device.request('PUT', `/v1/accounts/${appid}`, body)).status).toBe(400);
  });

  it('builds the address on the public one when there is one', async () => {
    const other = await RelayHarness.start({ publicUrl: 'https://relay.example.com/shop' });
    const { key, callbackUrl } = await (await other.pair()).bind();
    expect(callbackUrl).toBe(`https://relay.example.com/shop/wx/${key}`);
    await other.stop();
  });
});

describe('two workspaces', () => {
  it('[S2.22] cannot hold the same account: the second is refused until the first deletes it', async () => {
    const ours = await relay.pair('ours');
    const theirs = await relay.pair('theirs');
    const { key } = await ours.bind();
    const bind = () =>
      theirs.request('PUT', `/v1/accounts/${APPID}`, { token: 'theirtoken', mode: 'sealed' });
    const refused = await bind();
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { code: 'relay/account-taken' } });
    expect((await theirs.request('DELETE', `/v1/accounts/${APPID}`)).status).toBe(404);
    expect((await deliver(`${relay.origin}/wx/${key}`, sealedPush('x', relay.clock.now()))).status).toBe(200);

    expect((await ours.request('DELETE', `/v1/accounts/${APPID}`)).status).toBe(204);
    const taken = await bind();
    expect(taken.status).toBe(200);
    expect(((await taken.json()) as { key: string }).key).not.toBe(key);
  });

  it('never see each other’s messages', async () => {
    const ours = await relay.pair('ours');
    const theirs = await relay.pair('theirs');
    const oursToo = await relay.pair('ours');
    const { callbackUrl } = await ours.bind();
    const other = await theirs.bind('wx00000000000other');
    await deliver(callbackUrl, sealedPush('for us', relay.clock.now()));
    await deliver(other.callbackUrl, sealedPush('for them', relay.clock.now()));
    expect((await ours.feed()).items.map((item) => item.appid)).toEqual([APPID]);
    expect((await oursToo.feed()).items.map((item) => item.appid)).toEqual([APPID]);
    expect((await theirs.feed()).items.map((item) => item.appid)).toEqual(['wx00000000000other']);
  });
});
