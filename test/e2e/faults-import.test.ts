import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindAccount, call, callsOf, imported } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { processesNaming, temporaryFolder, until } from './support/runtime';
import { startWorld, type World } from './support/world';

const FOLLOWERS = 4000;
const BATCH = '/cgi-bin/user/info/batchget';
const LIST = '/cgi-bin/user/get';

describe('an import that is cut off', () => {
  const userData = temporaryFolder('import');
  let world: World;
  let app: DeskApp;

  beforeAll(async () => {
    world = await startWorld(['--followers', String(FOLLOWERS)]);
  });
  afterAll(async () => {
    await app?.close();
    await world?.stop();
    userData.remove();
  });

  it('goes on by itself after the app was killed twice, without loss or duplicates', async () => {
    const [account] = world.sandbox.accounts;
    if (!account) throw new Error('the sandbox has no account');
    const { appid } = account;
    const phase = async () => call(app, 'followers.importState', { appid });

    // Killed while WeChat has not answered with the list yet.
    await world.sandbox.fault({ path: LIST, delayMs: 60_000, times: 1 });
    app = await startApp({ userData: userData.path });
    await bindAccount(app, world, account);
    await until('the list is asked for', async () => (await phase()).phase === 'listing');
    await app.kill();
    expect(processesNaming(userData.path)).toEqual([]);

    // Killed in the middle of the details.
    await world.sandbox.fault({ path: BATCH, delayMs: 100, times: 40 });
    app = await startApp({ userData: userData.path });
    const cut = await until('a part is described', async () => {
      const state = await phase();
      return state.phase === 'details' && state.detailed >= 1000 && state;
    });
    expect(cut).toMatchObject({ total: FOLLOWERS, listed: FOLLOWERS });
    expect(cut.detailed).toBeLessThan(FOLLOWERS);
    await app.kill();
    expect(processesNaming(userData.path)).toEqual([]);

    app = await startApp({ userData: userData.path });
    const banner = app.page.getByRole('region', { name: /正在取得粉丝资料/ });
    await app.page.getByRole('button', { name: '粉丝' }).click();
    await banner.waitFor();
    expect((await phase()).detailed).toBeGreaterThanOrEqual(cut.detailed);
    expect(await imported(app, appid)).toMatchObject({
      total: FOLLOWERS,
      listed: FOLLOWERS,
      detailed: FOLLOWERS,
      error: null,
    });
    await banner.waitFor({ state: 'detached' });
    await app.page.getByText(/^4,000 位$/).waitFor();

    const rows = await allFollowers();
    expect(rows).toHaveLength(FOLLOWERS);
    const openids = rows.map(({ openid }) => openid);
    expect(new Set(openids).size).toBe(FOLLOWERS);
    expect([...openids].sort()).toEqual([...(await world.sandbox.openids(appid, 10_000))].sort());
    expect(rows.filter(({ subscribedAt, scene }) => subscribedAt === null || scene === null)).toEqual([]);
    // Each kill repeats at most the one request that was under way.
    expect(await callsOf(world, appid, BATCH)).toBeLessThanOrEqual(41);
    expect(await callsOf(world, appid, LIST)).toBeLessThanOrEqual(2);
  });

  async function allFollowers() {
    const rows = [];
    for (let offset = 0; offset < FOLLOWERS + 500; offset += 500) {
      const page = await call(app, 'followers.page', {
        filter: { appid: null, text: '', following: 'all', tagId: null, scene: null, windowOpen: null },
        sort: 'subscribed-desc',
        offset,
        limit: 500,
      });
      expect(page.total).toBe(FOLLOWERS);
      rows.push(...page.rows);
    }
    return rows;
  }
});
