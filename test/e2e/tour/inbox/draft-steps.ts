/** What was prepared and not sent, after the app was started again. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeMp4 } from '#sandbox/media/mp4';
import { CardsPage } from '../../pages/cards';
import { InboxPage } from '../../pages/inbox';
import { call } from '../../support/account';
import { until } from '../../support/runtime';
import type { Step, Tour } from '../tour';
import { BOTH, EVERY, hear, IMAGE, open, PERSON, putAway, says, SHORT, staged } from './stage';

export const DRAFT_STEPS: readonly Step[] = [
  {
    name: 'hour-drafts-kept',
    also: EVERY,
    async run(tour) {
      await hear(tour);
      await new InboxPage(tour.page).filter('进行中');
      await prepare(tour);
      await prepareWithFiles(tour);
      // The card's picture is kept a moment after its words.
      const lost = await until('both files are kept', async () => {
        const files = await filesOf(tour, 'gone');
        return files.length === 2 && files;
      });
      const { userData } = staged();
      await tour.restart({ userData }, () => {
        for (const id of lost) rmSync(join(userData, 'media', id));
      });
      const inbox = await open(tour, 'drafts');
      await inbox.tray.getByText('将要发送 4 条').waitFor(SHORT);
    },
  },
  {
    name: 'hour-draft-cards',
    also: BOTH,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.plus.click();
      await cards.entry(/^菜单消息\s*没写完/).waitFor(SHORT);
    },
  },
  {
    name: 'hour-draft-file-gone',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      const inbox = await open(tour, 'gone');
      await inbox.tray.getByText('这个文件已经不在这台电脑上了').waitFor(SHORT);
    },
  },
  {
    name: 'hour-draft-picture-gone',
    also: EVERY,
    async run(tour) {
      const cards = new CardsPage(tour.page);
      await cards.insert(/^链接卡片/);
      await cards.dialog.getByRole('status').filter({ hasText: '图片' }).waitFor(SHORT);
    },
  },
];

async function prepare(tour: Tour): Promise<void> {
  await says('drafts', PERSON.drafts);
  const inbox = await open(tour, 'drafts');
  await inbox.drop(IMAGE, { name: '开箱.mp4', mimeType: 'video/mp4', buffer: encodeMp4('开箱', 2) });
  await until('both are read', async () => (await inbox.tray.getByText('可以发送').count()) === 2);
  await inbox.composer.fill('给您留一盒，写了您的名字');
  await inbox.composer.press('Control+Enter');
  await inbox.composer.fill('几点来拿？');
  const cards = new CardsPage(tour.page);
  await cards.insert(/^菜单消息/);
  await cards.field('开头').fill('您想要哪一种？');
  await cards.press('取消');
  await kept(tour, 'drafts', { tray: 3, cards: 1 });
}

async function prepareWithFiles(tour: Tour): Promise<void> {
  await says('gone', PERSON.gone);
  const inbox = await open(tour, 'gone');
  await inbox.drop(IMAGE);
  await inbox.tray.getByText('可以发送').waitFor(SHORT);
  const cards = new CardsPage(tour.page);
  await cards.insert(/^链接卡片/);
  await cards.field('标题').fill('中秋礼盒');
  await cards.field('链接').fill('https://tea.example.com/gifts');
  await cards.dialog.locator('input[type=file]').setInputFiles(IMAGE);
  await cards.dialog.getByRole('button', { name: '换一张' }).waitFor(SHORT);
  await cards.press('取消');
  await kept(tour, 'gone', { tray: 1, cards: 1 });
}

const preparedFor = ({ app }: Tour, who: 'drafts' | 'gone') =>
  call(app, 'conversations.prepared', { appid: staged().shop.appid, openid: staged().openids[who] });

async function kept(tour: Tour, who: 'drafts' | 'gone', wanted: { tray: number; cards: number }) {
  await until('everything is kept', async () => {
    const { tray, cards } = await preparedFor(tour, who);
    return tray.length === wanted.tray && cards.length === wanted.cards;
  });
}

/** The names of the files that what was prepared needs. */
async function filesOf(tour: Tour, who: 'gone'): Promise<string[]> {
  const { tray, cards } = await preparedFor(tour, who);
  return [
    ...tray.flatMap((item) => (item.kind === 'file' ? [item.stagedId] : [])),
    ...cards.flatMap(({ picture }) => picture?.pictureId ?? []),
  ];
}
