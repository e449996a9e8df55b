/** Every card: its editor and its bubble. */
import { CardsPage } from '../../pages/cards';
import { InboxPage } from '../../pages/inbox';
import { type Step } from '../tour';
import { BOTH, EVERY, IMAGE, open, putAway, SHORT, staged } from './stage';

export const CARD_STEPS: readonly Step[] = [
  {
    name: 'hour-insert-menu',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await new CardsPage(tour.page).plus.click();
      await new CardsPage(tour.page).entry(/^菜单消息/).waitFor(SHORT);
    },
  },
  {
    name: 'hour-card-menu',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      await open(tour, 'menu');
      const cards = new CardsPage(tour.page);
      await cards.insert(/^菜单消息/);
      await cards.field('开头').fill('请问您想了解什么？');
      await cards.fillOptions(['今日茶单', '预订包间', '中秋礼盒']);
      await cards.field('结尾').fill('点一下就能收到答复');
    },
  },
  {
    name: 'hour-card-article',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.press('发送');
      await new InboxPage(tour.page).mine('预订包间').waitFor(SHORT);
      await cards.insert(/^已发布的文章/);
      await cards.dialog.getByRole('option').first().click();
    },
  },
  {
    name: 'hour-card-link',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.send();
      await cards.insert(/^链接卡片/);
      await cards.field('标题').fill('春茶到店');
      await cards.field('简介').fill('明前龙井、碧螺春，到店可试饮');
      await cards.field('链接').fill('https://tea.example.com/spring');
      await cards.dialog.locator('input[type=file]').setInputFiles(IMAGE);
      await cards.dialog.getByRole('button', { name: '换一张' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-card-mini-program',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.send();
      await cards.insert(/^小程序卡片/);
      const { world, shop } = staged();
      const { miniProgramAppIds } = await world.sandbox.get<{ miniProgramAppIds: string[] }>(
        `/__sandbox/accounts/${shop.appid}`,
      );
      await cards.field('标题').fill('在线点单');
      await cards.field('小程序 AppID').fill(miniProgramAppIds[0] ?? '');
      await cards.field('页面路径').fill('pages/order/index');
      await cards.dialog.locator('input[type=file]').setInputFiles(IMAGE);
      await cards.dialog.getByRole('button', { name: '换一张' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-card-music',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.send();
      await cards.insert(/^音乐/);
      await cards.field('标题').fill('店里常放的那首');
      await cards.field('音乐链接').fill('ftp://music.example.com/tea.mp3');
      await cards.press('发送');
      await cards.dialog.getByText('请填完整网址', { exact: false }).first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-card-bubbles',
    also: EVERY,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.field('音乐链接').fill('https://music.example.com/tea.mp3');
      await cards.dialog.locator('input[type=file]').setInputFiles(IMAGE);
      await cards.dialog.getByRole('button', { name: '换一张' }).waitFor(SHORT);
      await cards.press('发送');
      await cards.dialog.waitFor({ state: 'hidden' });
      await new InboxPage(tour.page).mine('店里常放的那首').waitFor(SHORT);
      await tour.page.getByText('这一轮的回复已用完').waitFor(SHORT);
    },
  },
  {
    name: 'hour-card-bubbles-above',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.log.evaluate((log) => log.scrollTo({ top: 120 }));
      await inbox.mine('预订包间').waitFor(SHORT);
    },
  },
];
