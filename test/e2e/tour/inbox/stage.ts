/** Who writes to the shop, on a WeChat of its own whose clock the tour sets, and what the steps do again and again. */
import { randomUUID } from 'node:crypto';
import { InboxPage } from '../../pages/inbox';
import { call, connectAccount, imported } from '../../support/account';
import { temporaryFolder, until } from '../../support/runtime';
import { startWorld, type SandboxAccount, type World } from '../../support/world';
import { picture } from '../picture';
import { CHINESE_DARK, CHINESE_LIGHT, ENGLISH_DARK, ENGLISH_LIGHT, wear, type Tour } from '../tour';

const HOUR = 3600;
export const SHORT = { timeout: 15_000 };
export const SEND = '/cgi-bin/message/custom/send';
/** Most steps show both languages and both themes in two pictures. */
export const BOTH = [ENGLISH_DARK];
/** What a word of the interface can hide behind in one of the looks only is drawn in each. */
export const EVERY = [ENGLISH_LIGHT, ENGLISH_DARK, CHINESE_DARK];

export const PERSON = {
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
  drafts: '明天来拿，能先留一盒吗',
  gone: '有实物图吗',
  quota: '今天几点打烊',
  permission: '你们地址发我一下',
} as const;
type Who = keyof typeof PERSON;

interface Stage {
  /** The folder of the installation. */
  readonly userData: string;
  readonly world: World;
  readonly shop: SandboxAccount;
  readonly openids: Readonly<Record<Who, string>>;
}

let stage: Stage | null = null;
export function staged(): Stage {
  if (stage === null) throw new Error('the stage was not set');
  return stage;
}

export const says = (who: Who, content: string): Promise<unknown> => act(who, { type: 'text', content });
export async function act(who: Who, what: object): Promise<void> {
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
export async function setStage(tour: Tour): Promise<void> {
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
  stage = { userData: data.path, world, shop, openids };

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
export async function hear({ app }: Tour): Promise<void> {
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

export async function open({ page }: Tour, who: Who): Promise<InboxPage> {
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
  drafts: /明天来拿|给您留一盒/,
  gone: /有实物图吗|项待发送/,
  quota: /今天几点打烊|晚上十点打烊/,
  permission: /你们地址发我一下|城南路 12 号/,
};

/** Closes whatever lies over the screen. */
export async function putAway({ page }: Tour): Promise<void> {
  await until('nothing lies over the screen', async () => {
    const over = page.locator('[role=dialog]:visible, [role=menu]:visible');
    if ((await over.count()) === 0) return true;
    await page.keyboard.press('Escape');
    return false;
  });
}

export const IMAGE = { name: '中秋礼盒.png', mimeType: 'image/png', buffer: picture() };
