import { resize } from '../support/app';
import { breakDemo, demoOf } from '../support/demo';
import { until } from '../support/runtime';
import { FirstRunPage } from '../pages/first-run';
import { FollowersPage } from '../pages/followers';
import { InboxPage } from '../pages/inbox';
import { SettingsPage } from '../pages/settings';
import { Shell } from '../pages/shell';
import { picture } from './picture';
import type { Step, Tour } from './tour';

/** A customer of the demo who asks in Chinese and answers twice. */
const ASKS = /想订(周五|周六)下午茶/;
const SHORT = { timeout: 15_000 };

/** Waits until every picture on screen is drawn. */
async function drawn({ page }: Tour): Promise<void> {
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.complete && image.naturalWidth > 0),
  );
}

export const STEPS: readonly Step[] = [
  {
    name: 'first-run',
    needed: true,
    async run({ page }) {
      await new FirstRunPage(page).tryDemo.waitFor();
    },
  },
  {
    name: 'demo-starting',
    needed: true,
    async run({ page }) {
      const first = new FirstRunPage(page);
      await first.tryDemo.click();
      await first.progress.waitFor();
    },
  },
  {
    name: 'inbox-alive',
    needed: true,
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.row(ASKS).waitFor({ timeout: 60_000 });
      await until('eight conversations', async () => (await inbox.rows.count()) >= 8);
    },
  },
  {
    name: 'conversation',
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.open(ASKS);
      await inbox.theirs(ASKS).waitFor();
      await inbox.meter.waitFor();
      await inbox.profile.waitFor();
    },
  },
  {
    name: 'reply-written',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.composer.fill('在的！周末下午茶十位可以安排，靠窗的长桌给您留着。人均预算大概多少呢？');
    },
  },
  {
    name: 'reply-sent',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.composer.press('Enter');
      await inbox.log.getByText('已发送').waitFor(SHORT);
    },
  },
  {
    name: 'customer-answers',
    async run({ page }) {
      await new InboxPage(page).theirs(/人均/).waitFor(SHORT);
    },
  },
  {
    name: 'image-staged',
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.attach({ name: '下午茶拼盘.png', mimeType: 'image/png', buffer: picture() });
      await inbox.tray.getByText('可以发送').waitFor(SHORT);
      await drawn(tour);
    },
  },
  {
    name: 'image-sent',
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.send.click();
      await inbox.mine('').getByAltText('图片').waitFor(SHORT);
      await until('the image is sent', async () => (await inbox.log.getByText('已发送').count()) > 0);
      await drawn(tour);
    },
  },
  {
    name: 'image-received',
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.open('昨天在你们店拍的');
      await inbox.theirs().getByAltText('图片').waitFor(SHORT);
      await drawn(tour);
    },
  },
  {
    name: 'voice-received',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.open('[语音]');
      await inbox.theirs().getByRole('button', { name: '播放', exact: true }).first().waitFor(SHORT);
    },
  },
  {
    name: 'location-received',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.open('这个位置能送吗');
      await inbox.theirs('杭州市拱墅区武林广场').waitFor(SHORT);
    },
  },
  {
    name: 'link-received',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.open('你们上榜啦');
      await inbox.theirs('杭州值得专程去的').waitFor(SHORT);
    },
  },
  {
    name: 'file-kept',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.open('需求发你了');
      await inbox.theirs('这个版本还不认识').waitFor(SHORT);
    },
  },
  {
    name: 'closed-with-ladder',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.open('取消关注了公众号');
      await inbox.closed.waitFor(SHORT);
      const more = inbox.closed.getByRole('button', { name: /再看/ });
      if ((await more.count()) > 0) await more.click();
    },
  },
  {
    name: 'failed-with-card',
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      const { appid, sandbox } = demoOf(tour.userData);
      await inbox.open('这个还能拼单吗');
      // What WeChat answers when another system has used up the replies.
      await sandbox.fault({ path: '/cgi-bin/message/custom/send', appid, errcode: 45047 });
      await inbox.reply('可以的，第二期周五开团，到时候提醒您。');
      await inbox.log.getByText('发送失败').waitFor(SHORT);
      await inbox.log.getByRole('button', { name: '原因和办法' }).click();
      await inbox.log.getByText('错误码 45047').waitFor(SHORT);
      await inbox.log.getByText('错误码 45047').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'needs-reply',
    async run({ page }) {
      const inbox = new InboxPage(page);
      await inbox.filter('待回复');
      await inbox.rows.first().waitFor(SHORT);
    },
  },
  {
    name: 'followers',
    async run({ page }) {
      await new Shell(page).open('followers');
      const followers = new FollowersPage(page);
      await until('the import is done', async () =>
        /1,2\d\d 位/.test((await followers.count.textContent()) ?? ''),
      );
      await followers.importBanner(/正在取得粉丝/).waitFor({ state: 'detached', timeout: 60_000 });
    },
  },
  {
    name: 'followers-search',
    async run({ page }) {
      const followers = new FollowersPage(page);
      await followers.search.fill('下午茶');
      await followers.says(/找到 \d+ 位/);
      await followers.rows.first().waitFor(SHORT);
    },
  },
  {
    name: 'profile',
    async run({ page }) {
      const followers = new FollowersPage(page);
      await followers.search.fill('老板在吗');
      await followers.says('找到 1 位');
      await followers.rows.first().click();
      await followers.profile.getByText('您回复了').first().waitFor(SHORT);
    },
  },
  {
    name: 'accounts',
    async run({ page }) {
      await new Shell(page).open('accounts');
      await page.getByRole('button', { name: '移除演示' }).waitFor(SHORT);
    },
  },
  {
    name: 'connect-form',
    async run({ page }) {
      await page.getByRole('button', { name: '添加公众号' }).click();
      await page.getByRole('menuitem', { name: /手动连接/ }).click();
      await page.getByRole('heading', { name: '手动连接公众号' }).waitFor(SHORT);
      await page.getByRole('menu').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'settings',
    async run({ page }) {
      await new Shell(page).open('settings');
      await page.getByRole('heading', { name: '设置' }).waitFor(SHORT);
    },
  },
  {
    name: 'english',
    async run({ page }) {
      await new SettingsPage(page).language('English');
      await page.getByRole('heading', { name: 'Settings' }).waitFor(SHORT);
    },
  },
  {
    name: 'dark',
    async run({ page }) {
      await new SettingsPage(page).theme('Dark');
      await page.locator('html[data-theme=dark]').waitFor(SHORT);
    },
  },
  {
    name: 'inbox-english-dark',
    async run(tour) {
      await new Shell(tour.page).open('inbox');
      const inbox = new InboxPage(tour.page);
      await inbox.filter('Active');
      await inbox.open('One of us is vegan');
      await inbox.meter.waitFor(SHORT);
    },
  },
  {
    name: 'followers-english-dark',
    async run({ page }) {
      await new Shell(page).open('followers');
      const followers = new FollowersPage(page);
      await followers.search.fill('');
      await followers.rows.first().click();
      await followers.profile.waitFor(SHORT);
    },
  },
  {
    name: 'accounts-english-dark',
    async run({ page }) {
      await new Shell(page).open('accounts');
      await page.getByRole('button', { name: 'Remove demo' }).waitFor(SHORT);
    },
  },
  {
    name: 'small-window',
    async run(tour) {
      await resize(tour.app.electron, 1024, 700);
      await new Shell(tour.page).open('inbox');
      const inbox = new InboxPage(tour.page);
      await inbox.open('Unfollowed the account');
      await inbox.composer.waitFor(SHORT);
    },
  },
  {
    name: 'offline-history',
    async run(tour) {
      await tour.restart({}, () => breakDemo(tour.userData));
      const shell = new Shell(tour.page);
      const inbox = new InboxPage(tour.page);
      await inbox.open(/我先付定金|人均|You: \[Image\]/);
      await shell.connectionReading('Offline').waitFor({ timeout: 60_000 });
    },
  },
];
