/** What customers send, of every kind. */
import { InboxPage } from '../../pages/inbox';
import { until } from '../../support/runtime';
import { picture } from '../picture';
import { type Step } from '../tour';
import { act, BOTH, EVERY, putAway, says, SHORT } from './stage';

export const MESSAGE_STEPS: readonly Step[] = [
  {
    name: 'hour-kinds',
    also: BOTH,
    async run(tour) {
      await says('kinds', '看看这些/::)');
      await act('kinds', { type: 'image', base64: picture().toString('base64') });
      await act('kinds', { type: 'image' });
      await act('kinds', { type: 'voice', seconds: 9, recognition: '老板，今天下午还有位子吗' });
      await act('kinds', { type: 'video' });
      await act('kinds', {
        ...{ type: 'location', latitude: 30.2741, longitude: 120.1551, label: '杭州市拱墅区武林广场' },
      });
      await act('kinds', {
        ...{ type: 'link', title: '十家值得去的茶馆', description: '城南茶馆上榜，二楼靠窗的位子最好' },
        url: 'https://example.com/tea',
      });
      await act('kinds', { type: 'click', key: 'TODAY' });
      await act('kinds', { type: 'message', msgType: 'hologram', nodes: { Depth: '42' } });
      const inbox = new InboxPage(tour.page);
      await inbox.filter('进行中');
      await inbox.open('其他消息');
      await inbox.theirs('武林广场').waitFor(SHORT);
      await until('the waveform', async () => (await tour.page.locator('[data-wave] svg rect').count()) > 20);
    },
  },
  {
    name: 'hour-voice-and-place',
    also: EVERY,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.theirs('武林广场').evaluate((bubble) => bubble.scrollIntoView({ block: 'end' }));
      await tour.page.locator('[data-wave]').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-kinds-above',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.log.evaluate((log) => log.scrollTo({ top: 0 }));
      await inbox.theirs('看看这些').waitFor(SHORT);
    },
  },
  {
    name: 'hour-viewer',
    also: BOTH,
    async run({ page }) {
      await page.getByRole('button', { name: '查看大图' }).first().click();
      const viewer = page.getByRole('dialog', { name: '查看图片' });
      await viewer.getByText('1 / 2').waitFor(SHORT);
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await viewer.getByText(/^1[2-9]\d%$/).waitFor(SHORT);
    },
  },
  {
    name: 'hour-message-menu',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await new InboxPage(tour.page).theirs('看看这些').getByText('看看这些').click({ button: 'right' });
      await tour.page.getByRole('menuitem', { name: '引用到输入框' }).waitFor(SHORT);
    },
  },
];
