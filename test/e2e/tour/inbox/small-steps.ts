/** The same in the smallest window. */
import { CardsPage } from '../../pages/cards';
import { InboxPage } from '../../pages/inbox';
import { RelaySettings } from '../../pages/relay-settings';
import { SearchPage } from '../../pages/search';
import { Shell } from '../../pages/shell';
import { resize } from '../../support/app';
import { CHINESE_DARK, ENGLISH_DARK, ENGLISH_LIGHT, type Step } from '../tour';
import { open, PERSON, putAway, SHORT, staged } from './stage';

export const SMALL_STEPS: readonly Step[] = [
  {
    name: 'hour-small-settings',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await staged().world.relay.restart();
      await resize(tour.app.electron, 960, 640);
      const relay = new RelaySettings(tour.page);
      await relay.section.getByText('可以连接').waitFor({ timeout: 40_000 });
      await relay.section.evaluate((part) => part.scrollIntoView());
    },
  },
  {
    name: 'hour-small-inbox',
    also: [ENGLISH_LIGHT, CHINESE_DARK],
    async run(tour) {
      await new Shell(tour.page).open('inbox');
      await new InboxPage(tour.page).filter('进行中');
      const inbox = await open(tour, 'closing');
      await inbox.composer.waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-drafts',
    also: [ENGLISH_DARK],
    async run(tour) {
      const inbox = await open(tour, 'drafts');
      await inbox.tray.getByText('将要发送 4 条').waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-file-gone',
    also: [ENGLISH_DARK],
    async run(tour) {
      const inbox = await open(tour, 'gone');
      await inbox.tray.getByText('这个文件已经不在这台电脑上了').waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-picture-gone',
    also: [ENGLISH_DARK],
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.insert(/^链接卡片/);
      await cards.dialog.getByRole('status').filter({ hasText: '图片' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-failure-daily-quota',
    also: [ENGLISH_DARK],
    async run(tour) {
      await putAway(tour);
      await open(tour, 'quota');
    },
  },
  {
    name: 'hour-small-failure-permission',
    also: [ENGLISH_DARK],
    async run(tour) {
      await open(tour, 'permission');
    },
  },
  {
    name: 'hour-small-set-aside-snoozed',
    also: [ENGLISH_DARK],
    async run(tour) {
      await new InboxPage(tour.page).filter('稍后处理');
      await open(tour, 'english');
      await tour.page
        .getByRole('status')
        .getByText(/^稍后处理：/)
        .waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-set-aside-done',
    also: [ENGLISH_DARK],
    async run(tour) {
      await new InboxPage(tour.page).filter('已完成');
      await open(tour, 'invoice');
      await tour.page.getByRole('status').getByText('已标记完成').waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-closed',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.filter('已关闭');
      await open(tour, 'lateEnglish');
      await inbox.closed.waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-card',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await new InboxPage(tour.page).filter('进行中');
      await open(tour, 'closing');
      const cards = new CardsPage(tour.page);
      await cards.insert(/^菜单消息/);
      await cards.field('开头').fill('请问您想了解什么？');
      await cards.fillOptions(['今日茶单', '预订包间', '中秋礼盒']);
    },
  },
  {
    name: 'hour-small-quick-replies',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await putAway(tour);
      const cards = new CardsPage(tour.page);
      await cards.plus.click();
      await cards.entry(/^快捷回复/).click();
      await cards.manager.getByRole('option', { name: /^问候/ }).click();
    },
  },
  {
    name: 'hour-small-search',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await putAway(tour);
      const search = new SearchPage(tour.page);
      await search.openEverywhere();
      await search.ask('礼盒');
      await search.hit(PERSON.gifts).waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-search-quick-replies',
    also: [ENGLISH_DARK],
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('营业');
      await search.hit('{营业时间}').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-small-report',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await putAway(tour);
      await new Shell(tour.page).open('reports');
      await tour.page.getByRole('listitem').getByText(PERSON.late).waitFor(SHORT);
    },
  },
];
