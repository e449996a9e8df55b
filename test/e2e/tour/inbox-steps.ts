/** An hour of work in the inbox, in a fresh installation with a WeChat of its own whose clock the tour sets. */
import { randomUUID } from 'node:crypto';
import { encodeAmr } from '#sandbox/media/amr';
import { encodeMp4 } from '#sandbox/media/mp4';
import { CardsPage } from '../pages/cards';
import { ConversationListPage } from '../pages/conversation-list';
import { InboxPage } from '../pages/inbox';
import { PeoplePane } from '../pages/people';
import { RelaySettings } from '../pages/relay-settings';
import { SearchPage } from '../pages/search';
import { Shell } from '../pages/shell';
import { call, connectAccount, imported } from '../support/account';
import { resize } from '../support/app';
import { temporaryFolder, until } from '../support/runtime';
import { startWorld, type SandboxAccount, type World } from '../support/world';
import { picture } from './picture';
import { CHINESE_DARK, CHINESE_LIGHT, ENGLISH_DARK, ENGLISH_LIGHT, wear, type Step, type Tour } from './tour';

const HOUR = 3600;
const SHORT = { timeout: 15_000 };
const SEND = '/cgi-bin/message/custom/send';
/** Most steps show both languages and both themes in two pictures. */
const BOTH = [ENGLISH_DARK];
/** What a word of the interface can hide behind in one of the looks only is drawn in each. */
const EVERY = [ENGLISH_LIGHT, ENGLISH_DARK, CHINESE_DARK];

const PERSON = {
  late: '周六还有包间吗，六个人',
  lateEnglish: 'Do you ship to Suzhou?',
  closing: '下周能送公司下午茶吗，二十份',
  soon: '还有明前龙井吗',
  lastReply: '我想给妈妈订一盒茶',
  cake: '生日蛋糕可以刻字吗',
  english: 'Are you open on Sunday evening?',
  kinds: '给您发几样东西',
  gifts: '中秋礼盒有图片吗',
  menu: '你们店里都有什么',
  failing: '那就这么定了，周五三点',
  pinned: '老规矩，两斤铁观音',
  invoice: '发票可以补开吗',
} as const;
type Who = keyof typeof PERSON;

interface Stage {
  readonly world: World;
  readonly shop: SandboxAccount;
  readonly openids: Readonly<Record<Who, string>>;
}

let stage: Stage | null = null;
function staged(): Stage {
  if (stage === null) throw new Error('the stage was not set');
  return stage;
}

const says = (who: Who, content: string): Promise<unknown> => act(who, { type: 'text', content });
async function act(who: Who, what: object): Promise<void> {
  const { world, shop, openids } = staged();
  await world.sandbox.act(shop.appid, openids[who], what);
}

async function replies(tour: Tour, who: Who, ...texts: readonly string[]): Promise<void> {
  const { shop, openids } = staged();
  for (const text of texts)
    await call(tour.app, 'conversations.send', {
      ...{ appid: shop.appid, openid: openids[who] },
      ...{ clientId: randomUUID(), content: { kind: 'text', text } },
    });
}

/** Three days of the shop: who waited in vain, who is about to, and who writes now. */
async function setStage(tour: Tour): Promise<void> {
  const data = temporaryFolder('tour-inbox');
  const now = Math.floor(Date.now() / 1000);
  const world = await startWorld([
    ...['--manual-clock', '--start-at', String(now - 52 * HOUR), '--followers', '60'],
  ]);
  tour.atEnd(async () => {
    await world.stop();
    data.remove();
  });
  await tour.restart({ userData: data.path });
  await wear(tour, CHINESE_LIGHT);
  const shop = world.sandbox.accounts.find(({ type, verified }) => type === 'service' && verified);
  if (!shop) throw new Error('the sandbox has no verified service account');
  const { followers } = await world.sandbox.get<{
    followers: { openid: string; remark: string; following: boolean }[];
  }>(`/__sandbox/accounts/${shop.appid}/followers?limit=60`);
  const free = followers.filter((one) => one.following && one.remark === '');
  const names = Object.keys(PERSON) as Who[];
  const openids = Object.fromEntries(names.map((who, index) => [who, free[index]?.openid ?? ''])) as Record<
    Who,
    string
  >;
  stage = { world, shop, openids };

  await connectAccount(tour.app, world, shop, { name: '城南茶馆' });
  await imported(tour.app, shop.appid);
  await says('late', PERSON.late);
  await says('lateEnglish', PERSON.lateEnglish);
  await world.sandbox.advance(5 * HOUR + 300);
  await says('closing', PERSON.closing);
  await world.sandbox.advance(2 * HOUR);
  await says('soon', PERSON.soon);
  await world.sandbox.advance(26 * HOUR);
  await says('pinned', PERSON.pinned);
  await says('invoice', PERSON.invoice);
  await says('lastReply', PERSON.lastReply);
  await hear(tour);
  await received(tour, 'lastReply');
  await replies(tour, 'lastReply', '可以的', '您看龙井还是白茶？', '都有礼盒装', '今天下单明天到');
  await world.sandbox.advance(19 * HOUR - 300);
  for (const who of ['menu', 'failing', 'gifts', 'english', 'cake'] as const) await says(who, PERSON[who]);
  await hear(tour);
  await received(tour, 'cake');
  await replies(tour, 'pinned', '给您留好了，下午来拿就行。');
  const named = { closing: '陈姐（梧桐公司）', pinned: '老赵', lastReply: '小林' } as const;
  for (const [who, alias] of Object.entries(named))
    await call(tour.app, 'followers.update', {
      ...{ appid: shop.appid, openid: openids[who as Who], alias },
    });
}

/** Any answer of WeChat tells the app what time it is there. */
async function hear({ app }: Tour): Promise<void> {
  const { world, shop, openids } = staged();
  const { now } = await world.sandbox.get<{ now: number }>('/__sandbox/clock');
  const behind = Math.floor(Date.now() / 1000) - now;
  if (behind < 600) await world.sandbox.advance(Math.max(0, behind));
  await call(app, 'people.setRemark', { appid: shop.appid, openid: openids.kinds, remark: '' });
}

/** Waits until what this person wrote is stored. */
async function received({ app }: Tour, who: Who): Promise<void> {
  const { shop, openids } = staged();
  const query = { appid: shop.appid, filter: 'all', order: 'newest', offset: 0, limit: 100 } as const;
  await until(`${who} is in the inbox`, async () => {
    const { rows } = await call(app, 'conversations.page', query);
    return rows.some(({ openid }) => openid === openids[who]);
  });
}

async function open({ page }: Tour, who: Who): Promise<InboxPage> {
  const inbox = new InboxPage(page);
  await inbox.open(LAST[who] ?? PERSON[who]);
  return inbox;
}

/** What the row shows of those whose last line is not their first. */
const LAST: Partial<Record<Who, string | RegExp>> = {
  lastReply: '今天下单明天到',
  pinned: '给您留好了',
  // With a draft, the row shows that.
  cake: /生日蛋糕可以刻字吗|可以的，最多八个字/,
};

/** Closes whatever lies over the screen. */
async function putAway({ page }: Tour): Promise<void> {
  await until('nothing lies over the screen', async () => {
    const over = page.locator('[role=dialog]:visible, [role=menu]:visible');
    if ((await over.count()) === 0) return true;
    await page.keyboard.press('Escape');
    return false;
  });
}

const IMAGE = { name: '中秋礼盒.png', mimeType: 'image/png', buffer: picture() };

export const INBOX_STEPS: readonly Step[] = [
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
  {
    name: 'hour-failures',
    also: EVERY,
    async run(tour) {
      const { world, shop } = staged();
      await new InboxPage(tour.page).filter('进行中');
      const inbox = await open(tour, 'failing');
      for (const [text, errcode] of [
        ['地址发您了', -1],
        ['好的，周五三点见', 45047],
      ] as const) {
        await world.sandbox.fault({ path: SEND, appid: shop.appid, errcode });
        await inbox.reply(text);
        await inbox
          .mine(text)
          .getByText(/发送失败|结果未知/)
          .first()
          .waitFor({ timeout: 30_000 });
      }
    },
  },
  {
    name: 'hour-failure-explained',
    also: BOTH,
    async run(tour) {
      const inbox = new InboxPage(tour.page);
      await inbox.mine('好的，周五三点见').getByRole('button', { name: '原因和办法' }).click();
      await inbox.log.getByText('错误码 45047').scrollIntoViewIfNeeded();
    },
  },
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
  {
    name: 'hour-search',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      const search = new SearchPage(tour.page);
      await search.openEverywhere();
      await search.ask('礼盒');
      await search.hit(PERSON.gifts).waitFor(SHORT);
    },
  },
  {
    name: 'hour-search-filters',
    also: BOTH,
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('');
      await search.addFilter('图片');
      await search.hit('[图片]').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-search-jump',
    also: BOTH,
    async run(tour) {
      const search = new SearchPage(tour.page);
      await search.ask('靠窗');
      await search.hit('十家值得去的茶馆').click();
      await tour.page.locator('[data-target]').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-people',
    also: EVERY,
    async run(tour) {
      await new SearchPage(tour.page).bar.getByRole('searchbox').press('Escape');
      await open(tour, 'cake');
      const pane = new PeoplePane(tour.page);
      await pane.setRemark('王姐');
      const tags = await call(tour.app, 'tags.list', { appid: staged().shop.appid });
      const name = tags.find(({ id }) => id >= 100)?.name ?? '';
      await tour.page.keyboard.press('t');
      await pane.addTag(name);
    },
  },
  {
    name: 'hour-blacklist-asks',
    also: BOTH,
    async run(tour) {
      const pane = new PeoplePane(tour.page);
      const block = pane.button(/^加入黑名单$/);
      await block.scrollIntoViewIfNeeded();
      await block.click();
      await tour.page.getByRole('tooltip').getByRole('button', { name: '加入黑名单' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-blacklisted',
    also: BOTH,
    async run(tour) {
      await tour.page.getByRole('tooltip').getByRole('button', { name: '加入黑名单' }).click();
      await new InboxPage(tour.page).closed.getByText('移出黑名单').first().waitFor(SHORT);
    },
  },
  {
    name: 'hour-missed-report',
    also: EVERY,
    async run(tour) {
      await new Shell(tour.page).open('reports');
      await tour.page.getByRole('listitem').getByText(PERSON.late).waitFor(SHORT);
    },
  },
  {
    name: 'hour-palette',
    also: BOTH,
    async run(tour) {
      await new Shell(tour.page).open('inbox');
      await tour.page.keyboard.press('Control+k');
      const { palette } = new ConversationListPage(tour.page);
      await palette.getByRole('combobox').fill('稍后');
      await palette.getByRole('option', { selected: true }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-keys',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      await tour.page.keyboard.press('?');
      await tour.page.getByRole('dialog', { name: '键盘快捷键' }).waitFor(SHORT);
    },
  },
  {
    name: 'hour-settings-notifications',
    also: EVERY,
    async run(tour) {
      await putAway(tour);
      const { settings } = await call(tour.app, 'app.bootstrap', {});
      await call(tour.app, 'settings.update', { quietHours: { ...settings.quietHours, on: true } });
      await new Shell(tour.page).open('settings');
      await tour.page.getByRole('region', { name: '通知' }).evaluate((part) => part.scrollIntoView());
    },
  },
  {
    name: 'hour-settings-reminders',
    also: BOTH,
    async run({ page }) {
      await page.getByRole('region', { name: '提醒' }).evaluate((part) => part.scrollIntoView());
    },
  },
  {
    name: 'hour-computers',
    also: EVERY,
    async run(tour) {
      const relay = new RelaySettings(tour.page);
      const [paired] = await call(tour.app, 'relay.list', {});
      const { code } = await call(tour.app, 'relay.invite', { linkId: paired?.linkId ?? '' });
      await fetch(`${staged().world.relay.origin}/v1/pair`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, name: '收银台的笔记本' }),
      });
      await relay.device('收银台的笔记本').waitFor({ timeout: 30_000 });
      await relay.section.evaluate((part) => part.scrollIntoView({ block: 'center' }));
    },
  },
  {
    name: 'hour-computers-invite',
    also: EVERY,
    async run(tour) {
      await hear(tour);
      await new RelaySettings(tour.page).invite();
    },
  },
  {
    name: 'hour-computers-remove',
    async run(tour) {
      await putAway(tour);
      const relay = new RelaySettings(tour.page);
      await relay.device('收银台的笔记本').getByRole('button').click();
      await relay.confirmation.waitFor(SHORT);
    },
  },
  {
    // Opened anew: a question that is on screen keeps its language.
    name: 'hour-computers-remove-english-dark',
    async run(tour) {
      await putAway(tour);
      await wear(tour, ENGLISH_DARK);
      const relay = new RelaySettings(tour.page);
      await relay.device('收银台的笔记本').getByRole('button').click();
      await relay.confirmation.waitFor(SHORT);
    },
  },
  {
    name: 'hour-computers-join',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await wear(tour, CHINESE_LIGHT);
      const relay = new RelaySettings(tour.page);
      await relay.join(staged().world.relay.origin, 'AAAA-AAAA-AAAA');
      await relay.dialog.getByRole('alert').waitFor(SHORT);
    },
  },
  {
    name: 'hour-computers-relay-away',
    also: BOTH,
    async run(tour) {
      await putAway(tour);
      await staged().world.relay.kill();
      const relay = new RelaySettings(tour.page);
      await relay.section.getByText('现在连不上', { exact: true }).waitFor({ timeout: 40_000 });
      await relay.section.evaluate((part) => part.scrollIntoView({ block: 'center' }));
    },
  },
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
    name: 'hour-small-report',
    also: [ENGLISH_LIGHT],
    async run(tour) {
      await putAway(tour);
      await new Shell(tour.page).open('reports');
      await tour.page.getByRole('listitem').getByText(PERSON.late).waitFor(SHORT);
    },
  },
];
