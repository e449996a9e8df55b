import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstRunPage } from './pages/first-run';
import { FollowersPage } from './pages/followers';
import { InboxPage } from './pages/inbox';
import { Shell } from './pages/shell';
import { startApp, type DeskApp } from './support/app';
import { breakDemo, demoOf } from './support/demo';
import { temporaryFolder, until } from './support/runtime';

const data = temporaryFolder('main-job');
let app: DeskApp;
/** Of every app that this file started. */
const pageErrors: string[] = [];

beforeAll(async () => {
  app = await startApp({ userData: data.path });
});
afterAll(async () => {
  await app.close();
  data.remove();
});

const inbox = (): InboxPage => new InboxPage(app.page);
/** Who answers what the shop writes, twice. */
const ASKS = /想订(周五|周六)下午茶/;

describe('a first day with the demo', () => {
  it('[I16] leads from the first screen to a chat that arrives by itself in under two minutes', async () => {
    const started = performance.now();
    await new FirstRunPage(app.page).tryDemo.click();
    await inbox().row(ASKS).waitFor({ timeout: 120_000 });
    await inbox().open(ASKS);
    await inbox().theirs(ASKS).waitFor();
    expect(performance.now() - started).toBeLessThan(120_000);
    expect(await new Shell(app.page).switcher.textContent()).toContain('青禾咖啡（演示）');
    await new Shell(app.page).connectionReading('已连接').waitFor();
  });

  it('shows the followers of the account, which were imported by themselves', async () => {
    const followers = new FollowersPage(app.page);
    await new Shell(app.page).open('followers');
    await followers.show('全部');
    await followers.says(/^1,20\d 位$/);
    await followers.rows.first().click();
    await followers.profile.getByText('关注了公众号').waitFor();
    await followers.profile.getByText('微信自 2021-12-27 起不再提供').waitFor();
  });

  it('[S3.12] puts a reply on the customer’s phone, counts it, and starts anew when they answer', async () => {
    await new Shell(app.page).open('inbox');
    await inbox().open(ASKS);
    expect(await inbox().repliesLeft()).toBe(5);

    const reply = '在的！十位可以坐靠窗的长桌，人均预算大概多少？';
    await inbox().reply(reply);
    await inbox().mine(reply).waitFor();
    await app.page.getByText('还可回复 4 条').waitFor();
    const { appid, sandbox } = demoOf(data.path);
    const follower = await openConversation();
    expect(await sandbox.phone(appid, follower)).toContainEqual(
      expect.objectContaining({ from: 'account', via: 'customer-service', body: { content: reply } }),
    );

    await inbox().theirs(/人均/).waitFor();
    await app.page.getByText('还可回复 5 条 · 剩 47 小时').waitFor();
  });

  it('opens with everything that was said when neither relay nor WeChat can be reached', async () => {
    pageErrors.push(...app.pageErrors);
    await app.close();
    const mend = breakDemo(data.path);
    app = await startApp({ userData: data.path });

    await inbox().open(/人均/);
    await inbox().mine('在的！十位可以坐靠窗的长桌').waitFor();
    await inbox().theirs(ASKS).waitFor();
    await new Shell(app.page).connectionReading('离线').waitFor();
    await app.page.getByText('收不到新消息：连不上中继，已保存的内容都能看').waitFor();
    await new Shell(app.page).open('followers');
    await new FollowersPage(app.page).says(/^1,\d{3} 位$/);
    mend();
  });

  it('never breaks the content security policy nor logs an error in the page', () => {
    expect([...pageErrors, ...app.pageErrors]).toEqual([]);
  });
});

/** The follower whose conversation is open, as the copied OpenID says. */
async function openConversation(): Promise<string> {
  await inbox().profile.getByRole('button', { name: '复制 OpenID' }).click();
  return until('the OpenID on the clipboard', () => app.clipboard());
}
