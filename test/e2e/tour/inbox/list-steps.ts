/** Queues, marks and what is set aside. */
import { ConversationListPage } from '../../pages/conversation-list';
import { InboxPage } from '../../pages/inbox';
import { Shell } from '../../pages/shell';
import { type Step } from '../tour';
import { BOTH, EVERY, open, PERSON, putAway, setStage, SHORT } from './stage';

export const LIST_STEPS: readonly Step[] = [
  {
    name: 'hour-queues',
    needed: true,
    also: EVERY,
    async run(tour) {
      await setStage(tour);
      const inbox = new InboxPage(tour.page);
      await new Shell(tour.page).connectionReading('已连接').waitFor({ timeout: 60_000 });
      await new Shell(tour.page).open('inbox');
      const list = new ConversationListPage(tour.page);
      await list.choose(inbox.row('老赵').first(), '置顶');
      await list.choose(inbox.row(PERSON.invoice).first(), '免打扰');
      await list.choose(inbox.row('小林').first(), '加星标');
      await open(tour, 'cake');
      await inbox.meter.waitFor(SHORT);
    },
  },
  {
    name: 'hour-more-queues',
    also: BOTH,
    async run({ page }) {
      await page.getByRole('radiogroup', { name: '筛选会话' }).getByRole('radio').last().click();
      await page.getByRole('menuitem', { name: '稍后处理' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-closing-soon',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await new InboxPage(tour.page).filter('快到期');
      await open(tour, 'closing');
      await tour.page.getByText('快到期了').waitFor(SHORT);
    },
  },
  {
    name: 'hour-last-reply',
    also: BOTH,
    async run(tour) {
      await open(tour, 'lastReply');
      await tour.page.getByText('最后 1 条回复').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-row-menu',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.filter('进行中');
      await inbox.row(PERSON.english).first().click({ button: 'right' });
      await new ConversationListPage(tour.page).menu.waitFor(SHORT);
    },
  },
  {
    name: 'hour-snooze',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      await open(tour, 'english');
      await tour.page.keyboard.press('s');
      await new ConversationListPage(tour.page).snoozing.waitFor(SHORT);
    },
  },
  {
    name: 'hour-snoozed',
    also: BOTH,
    async run(tour) {
      const list = new ConversationListPage(tour.page);
      await list.snoozing.getByRole('button', { name: '明天上午' }).click();
      const inbox = new InboxPage(tour.page);
      await inbox.filter('稍后处理');
      await list.mark(inbox.row(PERSON.english), /稍后处理/).waitFor(SHORT);
    },
  },
  {
    name: 'hour-set-aside-snoozed',
    also: EVERY,
    async run(tour) {
      await open(tour, 'english');
      await tour.page
        .getByRole('status')
        .getByText(/^稍后处理：.+ 回到列表/)
        .waitFor(SHORT);
    },
  },
  {
    name: 'hour-set-aside-done',
    also: EVERY,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.filter('进行中');
      await open(tour, 'invoice');
      await tour.page.keyboard.press('e');
      await inbox.filter('已完成');
      await inbox.row(PERSON.invoice).first().click();
      await tour.page.getByRole('status').getByText('已标记完成').waitFor(SHORT);
    },
  },
];
