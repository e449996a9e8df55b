import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLATFORM, World, type Desk } from './desk';

/** Every call of the relay's tunnel comes from here, and every other one from 127.0.0.1. */
const TUNNEL = '127.0.0.2';
const COMPONENT = `/components/${PLATFORM.componentAppid}`;
/** What the relay itself asks for, as the platform. */
const OF_RELAY = '/cgi-bin/component/';

interface Call {
  readonly path: string;
  readonly clientIp: string;
}

// Elsewhere only 127.0.0.1 is an address of the machine until somebody adds others.
describe.skipIf(process.platform === 'darwin')('the way of a desktop’s calls to WeChat', () => {
  let world: World;
  let desk: Desk;

  beforeEach(async () => {
    world = await World.create(30, { tunnelFrom: TUNNEL });
    desk = world.desk();
  });
  afterEach(() => world.close());

  /** Answers a customer, sends a picture, fetches one, imports everybody: plain calls, an upload, a download, pages. */
  async function work(appid: string): Promise<void> {
    const { openid } = (await world.control('POST', `/accounts/${appid}/followers/new/act`, {
      type: 'subscribe',
    })) as { openid: string };
    await world.control('POST', `/accounts/${appid}/followers/${openid}/act`, {
      type: 'text',
      content: '在吗',
    });
    await desk.pull();
    expect((await desk.send(appid, openid, '在')).body).toMatchObject({ status: 'sent' });
    const client = await desk.wechat(appid);
    const picture = { filename: 'a.png', contentType: 'image/png', bytes: PNG };
    const { media_id: mediaId } = await client.upload<{ media_id: string }>(
      '/cgi-bin/media/upload',
      { type: 'image' },
      picture,
    );
    await client.download('/cgi-bin/media/get', { media_id: mediaId });
    await desk.followers.startImport(appid);
    await desk.followers.idle(appid);
    expect((await desk.followers.importState(appid)).phase).toBe('done');
  }

  /** By address: the paths that were called from there since `before` calls. */
  async function calledFrom(
    appid: string,
    before: number,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const calls = (await allCalls(appid)).slice(before).filter(({ path }) => !path.startsWith(OF_RELAY));
    const from = new Map<string, Set<string>>();
    for (const { path, clientIp } of calls) from.set(clientIp, (from.get(clientIp) ?? new Set()).add(path));
    return from;
  }
  const allCalls = async (appid: string): Promise<Call[]> =>
    (await world.control('GET', `/calls?appid=${appid}`)) as unknown as Call[];

  it('[SEC-16] leads every one through the tunnel for an account that was authorized by scanning', async () => {
    await world.relay.platform();
    const { appid } = world.wechat.service;
    const { linkId } = await desk.authorize.pair({
      relayUrl: world.relay.url,
      pairingCode: await world.relay.code(),
    });
    await desk.authorize.begin({ linkId, scope: 'all', appid: null, apiOrigin: world.wechat.origin });
    const link = /<a href="([^"]+)"/
      .exec(await (await fetch(desk.pages.at(-1)!)).text())?.[1]
      ?.replaceAll('&#38;', '&');
    await fetch(link!, { headers: { referer: `${world.relay.url}/` } });
    const { attempts } = (await world.control('GET', COMPONENT)) as unknown as { attempts: { id: string }[] };
    await world.control('POST', `${COMPONENT}/authorize`, { appid, attempt: attempts.at(-1)!.id });
    await expect.poll(() => desk.authorize.status()?.state, { timeout: 8_000 }).toBe('done');
    const before = (await allCalls(appid)).length;
    // WeChat refuses a platform's calls from any other address (61004).
    await world.control('POST', `${COMPONENT}/settings`, { ipWhitelist: [TUNNEL, '127.0.0.1'] });

    await work(appid);
    const from = await calledFrom(appid, before);
    expect([...from.keys()]).toEqual([TUNNEL]);
    for (const path of ['message/custom/send', 'media/upload', 'media/get', 'user/get', 'user/info/batchget'])
      expect(from.get(TUNNEL)).toContain(`/cgi-bin/${path}`);
  });

  it('leads the token requests alone through it for an account that was bound by hand', async () => {
    const account = world.wechat.service;
    await world.control('POST', `/accounts/${account.appid}/whitelist`, { ipWhitelist: [TUNNEL] });
    await desk.accounts.bind({
      ...{ name: '山茶花店', appid: account.appid, secret: account.secret, region: account.region },
      ...{ relayUrl: world.relay.url, pairingCode: await world.relay.code(), apiOrigin: world.wechat.origin },
    });
    await world.configure(desk, account);
    await work(account.appid);
    const from = await calledFrom(account.appid, 0);
    expect([...(from.get(TUNNEL) ?? [])]).toEqual(['/cgi-bin/stable_token']);
    expect(from.get('127.0.0.1')).toContain('/cgi-bin/message/custom/send');
    expect(from.get('127.0.0.1')).not.toContain('/cgi-bin/stable_token');
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
