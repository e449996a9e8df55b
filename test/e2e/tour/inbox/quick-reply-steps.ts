/** Quick replies: by a slash, and the library. */
import { CardsPage } from '../../pages/cards';
import { InboxPage } from '../../pages/inbox';
import { call } from '../../support/account';
import { type Step } from '../tour';
import { BOTH, EVERY, open, SHORT } from './stage';

export const QUICK_REPLY_STEPS: readonly Step[] = [
  {
    name: 'hour-slash',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await new InboxPage(tour.page).filter('进行中');
      await call(tour.app, 'quickReplies.addStarter', { names: 'zh' });
      const inbox = await open(tour, 'cake');
      await inbox.composer.fill('');
      await inbox.composer.pressSequentially('/');
      await cards.matches.getByRole('option').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-quick-replies',
    also: EVERY,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.composer.press('Escape');
      await inbox.composer.fill('');
      const cards = new CardsPage(tour.page);
      await cards.plus.click();
      await cards.entry(/^快捷回复/).click();
      await cards.manager.getByRole('option', { name: /^问候/ }).click();
    },
  },
  {
    name: 'hour-shop-words',
    also: BOTH,
    async run(tour) {
      const { manager } = new CardsPage(tour.page);
      await manager.getByText('店铺信息', { exact: true }).click();
      await manager.getByRole('textbox', { name: '营业时间 · 中文' }).waitFor(SHORT);
    },
  },
];
