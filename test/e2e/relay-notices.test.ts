import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver, type DeviceClient, RelayHarness, sealedPush } from '../unit/relay/support/relay-harness';
import { call } from './support/account';
import { startApp, type DeskApp } from './support/app';
import { temporaryFolder, until } from './support/runtime';
import { startWorld, type World } from './support/world';

const DAY = 86_400;

describe('messages that another computer of the shop does not fetch', () => {
  const userData = temporaryFolder('relay-notices');
  let world: World;
  let relay: RelayHarness;
  let app: DeskApp;
  /** A computer that was paired and never came back; the relay calls it 前台电脑. */
  let absent: DeviceClient;

  beforeAll(async () => {
    world = await startWorld(['--followers', '20']);
    relay = await RelayHarness.start({ limits: { sweepInterval: 0.02 } });
    absent = await relay.pair();
    const { callbackUrl } = await absent.bind();
    app = await startApp({ userData: userData.path });
    const [account] = world.sandbox.accounts;
    await call(app, 'accounts.bind', {
      ...{ name: '四季茶馆', appid: account?.appid ?? '', secret: account?.secret ?? '', region: 'mainland' },
      ...{ relayUrl: relay.origin, pairingCode: await relay.code(), apiOrigin: world.sandbox.origin },
    });
    await deliver(callbackUrl, sealedPush('没人收', relay.clock.now()));
  });
  afterAll(async () => {
    await app?.close();
    await relay?.stop();
    await world?.stop();
    userData.remove();
  });

  const line = (words: RegExp) => app.page.getByRole('status').filter({ hasText: words });

  it('are announced in the app before the relay removes them', async () => {
    relay.clock.advance(84 * DAY);
    await line(/“前台电脑”还有 1 条消息没有收取，中继 127\.0\.0\.1:\d+ 将在 .+ 删除/).waitFor();
  });

  it('are reported when they are gone, until the owner puts the notice away for good', async () => {
    relay.clock.advance(8 * DAY);
    await line(/删除了“前台电脑”没有收取的 \d+ 条消息/).waitFor();
    await line(/将在/).waitFor({ state: 'detached' });

    await line(/删除了“前台电脑”/)
      .getByRole('button', { name: '知道了' })
      .click();
    await line(/删除了“前台电脑”/).waitFor({ state: 'detached' });
    await app.close();
    app = await startApp({ userData: userData.path });
    await until('the accounts are read', async () => (await call(app, 'accounts.list', {})).length === 1);
    expect(await call(app, 'relay.notices', {})).toEqual([]);
    expect(app.pageErrors).toEqual([]);
  });
});
