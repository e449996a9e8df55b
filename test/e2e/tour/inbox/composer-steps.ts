/** Files, emoji, links, what is merged, and a window that has closed. */
import { encodeAmr } from '#sandbox/media/amr';
import { encodeMp4 } from '#sandbox/media/mp4';
import { InboxPage } from '../../pages/inbox';
import { until } from '../../support/runtime';
import { type Step } from '../tour';
import { BOTH, EVERY, IMAGE, open, SHORT } from './stage';

export const COMPOSER_STEPS: readonly Step[] = [
  {
    name: 'hour-files-queued',
    also: BOTH,
    async run(tour) {
      const inbox = await open(tour, 'gifts');
      const large = {
        ...IMAGE,
        name: '礼盒全家福（原图）.png',
        buffer: Buffer.concat([IMAGE.buffer, Buffer.alloc(10 * 1024 * 1024)]),
      };
      await inbox.drop(
        IMAGE,
        { name: '老板的话.amr', mimeType: '', buffer: encodeAmr('老板的话', 4) },
        { name: '开箱.mp4', mimeType: 'video/mp4', buffer: encodeMp4('开箱', 2) },
        large,
      );
      await until('all are read', async () => (await inbox.tray.getByText('可以发送').count()) === 3);
      await inbox.composer.fill('这是今年的三款，您看喜欢哪个？');
    },
  },
  {
    name: 'hour-files-sent',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await tour.page.getByRole('button', { name: /^移除“礼盒全家福/ }).click();
      await inbox.send.click();
      await inbox.mine('这是今年的三款').getByText('已发送').waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'hour-emoji',
    also: BOTH,
    async run(tour) {
      const inbox = await open(tour, 'cake');
      await inbox.composer.fill('可以的，最多八个字');
      await tour.page.getByRole('button', { name: '表情' }).click();
      await tour.page.getByRole('button', { name: '微笑', exact: true }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-link-builder',
    also: BOTH,
    async run(tour) {
      await tour.page.keyboard.press('Escape');
      await tour.page.getByRole('button', { name: '插入链接' }).click();
      const dialog = tour.page.getByRole('dialog');
      await dialog.getByLabel('显示的文字').fill('蛋糕款式');
      await dialog.getByLabel('网址').fill('shop.example.com/cakes');
    },
  },
  {
    name: 'hour-link-inserted',
    also: BOTH,
    async run(tour) {
      await tour.page.getByRole('dialog').getByRole('button', { name: '插入' }).click();
      await tour.page.getByRole('list', { name: '文字里的链接' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-merge-offer',
    also: BOTH,
    async run(tour) {
      const inbox = await open(tour, 'soon');
      for (const words of ['还有的', '两百一两', '今天可以发货', '您要几两？', '顺丰包邮']) {
        await inbox.composer.fill(words);
        await inbox.composer.press('ControlOrMeta+Enter');
      }
      await inbox.composer.fill('我给您留着');
      await tour.page.getByText(/合成 1 条/).waitFor(SHORT);
    },
  },
  {
    name: 'hour-closed-by-time',
    also: EVERY,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.composer.press('ControlOrMeta+m');
      await inbox.filter('已关闭');
      await open(tour, 'late');
      await inbox.closed.waitFor(SHORT);
      const more = inbox.closed.getByRole('button', { name: /再看/ });
      if ((await more.count()) > 0) await more.click();
    },
  },
];
