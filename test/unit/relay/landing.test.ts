import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayNotice, type RelayNotice } from '#shared/relay/protocol';
import { APPID, type DeviceClient, RelayHarness } from './support/relay-harness';

let relay: RelayHarness;
let device: DeviceClient;
let subscribeUrl: string;
beforeEach(async () => {
  relay = await RelayHarness.start();
  device = await relay.pair();
  await device.bind();
  subscribeUrl = await landingOf(device);
});
afterEach(() => relay.stop());

async function landingOf(client: DeviceClient): Promise<string> {
  const response = await client.request('GET', `/v1/accounts/${APPID}/landing`);
  return ((await response.json()) as { subscribeUrl: string }).subscribeUrl;
}
const noticesOf = async (client: DeviceClient): Promise<RelayNotice[]> =>
  (await client.feed()).items.map(({ body }) => relayNotice.parse(JSON.parse(body)));

const BACK = {
  openid: 'oUser0000000000000000000001',
  template_id: 'Tabcdefghijklmnopqrstuvwxyz0123456789ABCDEF',
  action: 'confirm',
  scene: '1000',
  reserved: 'a1B2',
};
const visit = (change: Record<string, string> = {}, language = 'zh-CN'): Promise<Response> =>
  fetch(`${subscribeUrl}?${new URLSearchParams({ ...BACK, ...change }).toString()}`, {
    headers: { 'accept-language': language },
  });

describe('[S5.11] the page after the consent to a one-time subscription message', () => {
  it('has one address per account, which stays and is not the callback address', async () => {
    expect(subscribeUrl.startsWith(`${relay.origin}/s/`)).toBe(true);
    await relay.restart();
    expect(new URL(await landingOf(device)).pathname).toBe(new URL(subscribeUrl).pathname);
    const { callbackUrl } = await device.bind();
    expect(callbackUrl).not.toContain(subscribeUrl.slice(-32));
  });

  it('tells the desktop who consented to what, and thanks in the language of the browser', async () => {
    const chinese = await visit();
    expect([chinese.status, await chinese.text()]).toEqual([200, expect.stringContaining('订阅成功')]);
    const english = await visit({ action: 'cancel' }, 'en-GB,en;q=0.9,zh;q=0.5');
    expect([english.status, await english.text()]).toEqual([200, expect.stringContaining('Not subscribed')]);
    const { template_id: templateId, ...rest } = BACK;
    expect(await noticesOf(device)).toEqual([
      { type: 'subscribe-consent', ...rest, templateId },
      { type: 'subscribe-consent', ...rest, templateId, action: 'cancel' },
    ]);
    expect((await device.feed()).items.map(({ appid, encrypted }) => [appid, encrypted])).toEqual([
      [APPID, false],
      [APPID, false],
    ]);
  });

  it('counts one tap once, however often the page is loaded, and a later consent again', async () => {
    await Promise.all([visit(), visit(), visit()]);
    const thanks = (await visit()).url;
    await fetch(thanks);
    expect(await noticesOf(device)).toHaveLength(1);
    relay.clock.advance(3_600);
    await visit();
    expect(await noticesOf(device)).toHaveLength(2);
  });

  it('loads nothing from anywhere and runs nothing', async () => {
    const response = await visit();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(await response.text()).not.toMatch(/<script|<img|<link|<iframe|https?:|url\(/i);
  });

  it('says that the link does not work when something is missing or wrong, and tells nobody', async () => {
    for (const change of [
      { openid: '<script>' },
      { action: 'maybe' },
      { scene: '10001' },
      { scene: '-1' },
      { reserved: 'a-b' },
      { reserved: 'x'.repeat(129) },
      { template_id: '' },
    ]) {
      const response = await visit(change);
      expect([change, response.status]).toEqual([change, 404]);
      expect(await response.text()).toContain('链接无效');
    }
    expect((await fetch(`${relay.origin}/s/${'x'.repeat(32)}?openid=o`)).status).toBe(404);
    expect(await noticesOf(device)).toEqual([]);
  });

  it('is given for accounts of the own workspace only', async () => {
    const theirs = await relay.pair('theirs');
    expect((await theirs.request('GET', `/v1/accounts/${APPID}/landing`)).status).toBe(404);
  });
});
