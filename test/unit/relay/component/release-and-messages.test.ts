import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePlatform, setPlatform } from '#relay/component/platform';
import { invite } from '#relay/operations/invite';
import { SealedBox } from '#relay/secrets/sealed-box';
import type { DeviceClient } from '../support/relay-harness';
import { ComponentWorld, PLATFORM } from './support/component-world';

let world: ComponentWorld;
let device: DeviceClient;
let appid: string;

beforeEach(async () => {
  world = await ComponentWorld.start();
  device = await world.pair();
  appid = world.appid();
});
afterEach(() => world.stop());

const openid = async (): Promise<string> => {
  const { followers } = (await world.control('GET', `/accounts/${appid}/followers?limit=1`)) as {
    followers: { openid: string }[];
  };
  return followers[0]!.openid;
};
const write = async (content: string): Promise<{ status: number; reply: string | null }[]> => {
  const act = await world.control('POST', `/accounts/${appid}/followers/${await openid()}/act`, {
    type: 'text',
    content,
  });
  return (act as { deliveries: { status: number; reply: string | null }[] }).deliveries;
};
const messages = async (of = device) => (await of.feed()).items.filter(({ kind }) => kind === 'message');

describe('messages of an authorized account', () => {
  it('arrive opened, since no desktop has the platform’s keys', async () => {
    await world.bind(device, appid);
    expect(await write('你好，有人吗')).toMatchObject([{ status: 200, reply: 'success' }]);
    const [message] = await messages();
    expect(message).toMatchObject({ appid, encrypted: false });
    expect(message?.body).toContain('<Content><![CDATA[你好，有人吗]]></Content>');
  });

  it('are opened also when the platform’s key was changed twice since', async () => {
    await world.bind(device, appid);
    await write('first');
    for (const letter of ['M', 'N']) {
      const keys = { encodingAESKey: letter.repeat(43) };
      await world.setPlatform(keys);
      const node = await world.addNode();
      await world.control('POST', '/components', {
        ...PLATFORM,
        ...keys,
        ticketUrl: `${node.origin}/wx/component/ticket`,
        callbackUrl: `${node.origin}/wx/component/$APPID$/callback`,
      });
      expect(await write(`with ${letter}`)).toMatchObject([{ status: 200, reply: 'success' }]);
    }
    const last = world.nodes.at(-1)!;
    const there = await world.pair(null, last);
    const bodies = (await messages(there)).map(({ encrypted, body }) => ({
      encrypted,
      text: /<Content><!\[CDATA\[(.*)\]\]><\/Content>/.exec(body)?.[1],
    }));
    expect(bodies).toEqual([
      { encrypted: false, text: 'first' },
      { encrypted: false, text: 'with M' },
      { encrypted: false, text: 'with N' },
    ]);
  });

  it('stay encrypted, and stop nothing, when no key opens them any more', async () => {
    await world.bind(device, appid);
    await write('sealed with a key that is lost');
    await removePlatform(world.store, new SealedBox(world.masterKey));
    await world.setPlatform({ encodingAESKey: 'Z'.repeat(43) });
    const there = await world.pair(null, await world.addNode());
    expect(await messages(there)).toMatchObject([{ encrypted: true }]);
  });

  it('of an account that was removed here are taken and dropped: its customers see no failure', async () => {
    await world.bind(device, appid);
    await write('before');
    await device.request('DELETE', `/v1/accounts/${appid}`);
    expect(await write('still there?')).toMatchObject([{ status: 200, reply: 'success' }]);
    expect(await messages()).toHaveLength(1);
  });

  it('of another account of the platform do not pass as those of this one', async () => {
    const other = world.appid(2);
    await world.bind(device, appid);
    await world.bind(device, other);
    // WeChat’s push for the one, sent to the address of the other.
    await world.control('POST', '/components', {
      ...PLATFORM,
      ticketUrl: `${world.node().origin}/wx/component/ticket`,
      callbackUrl: `${world.node().origin}/wx/component/${other}/callback?for=$APPID$`,
    });
    const deliveries = await write('misdirected');
    expect(deliveries.every(({ status }) => status >= 400)).toBe(true);
    expect(await messages()).toEqual([]);
  });
});

describe('WeChat’s checks before a release', () => {
  it('are passed', async () => {
    const report = await world.control('POST', `/components/${PLATFORM.componentAppid}/release-check`, {
      waitMs: 10_000,
    });
    expect(report).toMatchObject({
      passed: true,
      ticket: { passed: true },
      text: { passed: true, answered: 'TESTCOMPONENT_MSG_TYPE_TEXT_callback' },
      api: { passed: true },
    });
    expect(await world.calls('api_query_auth')).toHaveLength(1);
    expect((await device.feed()).items).toEqual([]);
  });

  it('do not answer customers of other accounts who write the same words', async () => {
    await world.bind(device, appid);
    for (const words of ['TESTCOMPONENT_MSG_TYPE_TEXT', 'QUERY_AUTH_CODE:queryauthcode@@@abc'])
      expect(await write(words)).toMatchObject([{ status: 200, reply: 'success' }]);
    expect(await messages()).toHaveLength(2);
    expect(await world.calls('api_query_auth')).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('[I4] neither the relay’s files nor its log hold a credential, ticket, code, token or message', async () => {
    await world.control('POST', `/components/${PLATFORM.componentAppid}/settings`, { rotateOnRefresh: true });
    const attempt = await world.begin(device);
    const page = await world.openPage(attempt.startUrl);
    const { authorizationCode, redirectUrl } = await world.authorize({ appid, attempt: page });
    await world.outcome(device, attempt.id);
    await write('只给你看的悄悄话');
    await fetch(redirectUrl!);
    const leases: string[] = [];
    for (let round = 0; round < 3; round++) {
      const response = await device.request('POST', `/v1/accounts/${appid}/lease`);
      leases.push(((await response.json()) as { accessToken: string }).accessToken);
      await world.advance(7_300);
    }
    await device.request('GET', `/v1/accounts/${appid}/profile`);
    await world.fault('api_query_auth', { drop: 'after', times: 1 });
    const unlucky = await world.begin(device);
    await world.authorize({ appid, attempt: await world.openPage(unlucky.startUrl), sets: [1] });
    await world.advance(10);
    await world.addNode();
    expect((await world.outcome(device, unlucky.id)).state).toBe('done');
    await world.cancel(appid);
    await world.bind(device, appid);

    const files = readdirSync(world.folder).map((name) => readFileSync(join(world.folder, name)));
    const log = Buffer.from(world.logLines.join(''));
    expect(files.some((file) => file.includes('component-authorizers'))).toBe(true);
    expect(log.includes('account-authorized')).toBe(true);
    const { secret, token, encodingAESKey } = PLATFORM;
    const prefixes = ['ticket@@@', 'refreshtoken@@@', 'queryauthcode@@@', 'preauthcode@@@', '悄悄话'];
    for (const word of [secret, token, encodingAESKey, authorizationCode, ...leases, ...prefixes])
      for (const place of [...files, log]) expect(place.includes(word), word.slice(0, 8)).toBe(false);
    expect(log.includes(attempt.id)).toBe(false);
  });

  it('credentials of another form are refused by name and without repeating them', async () => {
    const box = new SealedBox(world.masterKey);
    for (const [field, value] of Object.entries({
      componentAppid: 'gh_123',
      secret: 'short',
      token: 'with space',
      encodingAESKey: 'x'.repeat(42),
    })) {
      const error: unknown = await setPlatform(world.store, box, { ...PLATFORM, [field]: value }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: 'relay/bad-platform', data: { params: { field } } });
      expect(JSON.stringify(error)).not.toContain(value);
    }
  });
});

describe('the pages', () => {
  it('load nothing, run nothing, and tell WeChat the origin alone', async () => {
    const attempt = await world.begin(device);
    for (const url of [attempt.startUrl, `${attempt.startUrl}/return`]) {
      const response = await fetch(url);
      const html = await response.text();
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
      expect(response.headers.get('referrer-policy')).toBe('strict-origin');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(html).not.toMatch(/<script|<img|<link|<iframe|\bon\w+=|\bsrc=/i);
    }
  });

  it.each([
    [undefined, 'zh-CN'],
    ['zh-TW,en;q=0.5', 'zh-CN'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['fr', 'en'],
    ['fr;q=0.9, zh;q=0.8', 'zh-CN'],
    ['en;q=0.1, zh;q=0.8', 'zh-CN'],
  ])('speak the language of the browser: %s', async (header, lang) => {
    const attempt = await world.begin(device);
    const response = await fetch(attempt.startUrl, {
      headers: header === undefined ? { 'accept-language': '' } : { 'accept-language': header },
    });
    expect(await response.text()).toContain(`<html lang="${lang}">`);
  });

  it('escape the name of the device, which anybody may choose', async () => {
    const code = await invite(world.store, world.clock, null);
    const name = '<b>"x"&\'';
    const paired = await fetch(`${world.node().origin}/v1/pair`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, name }),
    });
    const { deviceToken } = (await paired.json()) as { deviceToken: string };
    const begun = await fetch(`${world.node().origin}/v1/authorizations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${deviceToken}` },
      body: '{}',
    });
    const { startUrl } = (await begun.json()) as { startUrl: string };
    const html = await (await fetch(startUrl)).text();
    expect(html).not.toContain(name);
    expect(html).toContain('&#60;b&#62;&#34;x&#34;&#38;&#39;');
  });

  it('are 404 for attempts that never were', async () => {
    const origin = world.node().origin;
    for (const path of [
      '/authorize/x',
      `/authorize/${'a'.repeat(32)}`,
      `/authorize/${'a'.repeat(32)}/return`,
    ])
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
  });
});
