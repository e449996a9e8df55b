import { openInlineDatabase } from '#main/db/inline';
import type { InboundItem } from '#main/db/port/inbox';
import { convertInbound } from '#shared/domain/inbound/convert-inbound';

const APPID = 'wx00000000000be7c4';
const LINK = 'bench';
const FOLLOWERS_PER_BATCH = 5_000;
const MESSAGES_PER_BATCH = 2_000;
const WORDS = [
  '你好',
  '请问',
  '几点关门',
  '订一个蛋糕',
  '谢谢',
  '明天可以送吗',
  'hello',
  'is it open',
  'thank you',
  '多少钱',
];

const openidOf = (index: number): string => `oBench${String(index).padStart(22, '0')}`;

/** Fills a database as an import and years of callbacks would: every row goes through the app's own repositories. */
export async function seedDatabase(options: {
  readonly path: string;
  readonly key: string;
  readonly followers: number;
  readonly messages: number;
}): Promise<void> {
  const { path, key, followers, messages } = options;
  const db = openInlineDatabase({ path, key });
  const now = Math.floor(Date.now() / 1000);
  await db.accounts.saveLink({ id: LINK, url: 'http://127.0.0.1:9' });
  await db.accounts.save({
    appid: APPID,
    originalId: 'gh_bench0000000',
    name: '测速花店',
    colour: 0,
    kind: 'service',
    verified: true,
    verificationExpiresAt: null,
    region: 'mainland',
    door: 'manual',
    status: 'unbound',
    boundAt: now,
    relayMode: 'sealed',
    callbackUrl: null,
    apiOrigin: null,
    linkId: LINK,
  });

  await db.imports.begin(APPID, now);
  for (let from = 0; from < followers; from += FOLLOWERS_PER_BATCH) {
    const count = Math.min(FOLLOWERS_PER_BATCH, followers - from);
    const openids = Array.from({ length: count }, (_, offset) => openidOf(from + offset));
    const done = from + count >= followers;
    await db.imports.savePage(
      APPID,
      { total: followers, openids, nextOpenid: done ? '' : (openids.at(-1) ?? ''), done },
      now,
    );
  }
  for (let from = 0; from < followers; from += FOLLOWERS_PER_BATCH) {
    const count = Math.min(FOLLOWERS_PER_BATCH, followers - from);
    const openids = Array.from({ length: count }, (_, offset) => openidOf(from + offset));
    const details = openids.map((openid, offset) => ({
      openid,
      subscribed: true,
      subscribedAt: now - (from + offset) * 30,
      unionid: null,
      remark: (from + offset) % 5 === 0 ? `老客 ${from + offset}` : '',
      tagIds: [],
      scene: 'ADD_SCENE_QR_CODE',
      qrScene: `shop_${(from + offset) % 40}`,
      blocked: false,
    }));
    await db.imports.saveBatch(APPID, openids, details, now);
  }
  await db.imports.finish(APPID, 'done', null, now);

  const writers = Math.max(1, Math.min(followers, Math.floor(messages / 10)));
  for (let from = 0; from < messages; from += MESSAGES_PER_BATCH) {
    const count = Math.min(MESSAGES_PER_BATCH, messages - from);
    const inbound: InboundItem[] = Array.from({ length: count }, (_, offset) => {
      const index = from + offset;
      const at = now - (messages - index);
      const word = (step: number): string => WORDS[(index * 7 + step * 3) % WORDS.length] ?? '';
      const node = {
        ToUserName: 'gh_bench0000000',
        FromUserName: openidOf(index % writers),
        CreateTime: String(at),
        MsgType: 'text',
        Content: `${word(0)}，${word(1)} ${index}`,
        MsgId: String(24_000_000_000_000_000n + BigInt(index)),
      };
      return { seq: index + 1, appid: APPID, receivedAt: at, message: convertInbound(node, '') };
    });
    await db.inbox.commit({ linkId: LINK, inbound, quarantined: [], cursor: from + count });
  }
  await db.close();
}
