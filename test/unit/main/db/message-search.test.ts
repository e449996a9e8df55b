import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInlineDatabase } from '#main/db/inline';
import type { Database } from '#main/db/port/database';
import { MIGRATIONS } from '#main/db/worker/migrations/all';
import { openConnection } from '#main/db/worker/open';
import { marksBetween, dateMarks } from '#main/db/worker/message-search/marks';
import { parseQuery } from '#shared/domain/search/parse-query';
import { APPID, commit, inbound, KEY, newAccount, openidOf, temporaryFolder, text } from './fixture';

const OTHER = 'wxfedcba9876543210';
const NOW = new Date(2026, 3, 15, 12).getTime() / 1000;
const DAY = 86_400;
const [anna, bo, chen] = [openidOf(1), openidOf(2), openidOf(3)];

let path: string;
let remove: () => Promise<void>;
let db: Database;

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  path = `${folder.path}/desk.db`;
  db = openInlineDatabase({ path, key: KEY });
  await db.accounts.save(newAccount());
  await db.accounts.save(newAccount(OTHER, { name: '康宁诊所' }));
});
afterEach(async () => {
  await db.close();
  await remove();
});

const queryOf = (words: string) => parseQuery(words, NOW).query;
const search = (words: string, appid: string | null = null, before: number | null = null, limit = 20) =>
  db.search.everywhere({ appid, query: queryOf(words), limit, before });
/** Snippets, conversation after conversation. */
const found = async (words: string, appid: string | null = null) =>
  (await search(words, appid)).groups.map(({ hits }) => hits.map(({ snippet }) => snippet.text));

async function sent(openid: string, words: string, status: 'sent' | 'failed'): Promise<string> {
  const clientId = `c-${words}`;
  await db.outbox.insert({
    ...{ appid: APPID, openid, clientId, at: NOW, content: { kind: 'text', text: words } },
    ...{ status: 'sending', failure: null, retryOf: null, mediaId: null },
  });
  await db.outbox.settle(clientId, {
    status,
    failure: status === 'failed' ? { code: 'wechat/api', errcode: 45015 } : null,
    event: null,
  });
  return clientId;
}

describe('[I8] a search over everything', () => {
  it('finds Chinese by two characters, words by their beginning, newest conversation first', async () => {
    await commit(
      db,
      inbound(anna, NOW - 30, text('想订一个生日蛋糕')),
      inbound(bo, NOW - 20, text('Is the cake fresh?')),
      inbound(chen, NOW - 10, text('蛋糕几点可以取')),
      inbound(anna, NOW - 5, text('巧克力蛋糕')),
    );
    expect(await found('蛋糕')).toEqual([['巧克力蛋糕', '想订一个生日蛋糕'], ['蛋糕几点可以取']]);
    expect(await found('生日')).toEqual([['想订一个生日蛋糕']]);
    expect(await found('日蛋')).toEqual([['想订一个生日蛋糕']]);
    expect(await found('蛋生')).toEqual([]);
    expect(await found('cak')).toEqual([['Is the cake fresh?']]);
    const { total, groups } = await search('蛋糕');
    expect(total).toEqual({ count: 3, capped: false, exact: true });
    expect(groups[0]).toMatchObject({ count: 2, capped: false });
    expect(groups[0]?.hits[0]?.snippet).toEqual({ text: '巧克力蛋糕', ranges: [[3, 5]] });
  });

  it('checks what the index cannot know: phrases, the order of characters, words left out', async () => {
    await commit(db, inbound(anna, NOW, text('糕点和蛋糕点心')), inbound(bo, NOW, text('蛋糕，糕点')));
    expect(await found('蛋糕点')).toEqual([['糕点和蛋糕点心']]);
    expect(await found('蛋糕 -点心')).toEqual([['蛋糕，糕点']]);
    expect(await found('"蛋糕，糕"')).toEqual([['蛋糕，糕点']]);
  });

  it('filters by who wrote, when, what it holds, how it went and which account', async () => {
    await commit(
      db,
      inbound(anna, NOW - 3 * DAY, text('三天前问过蛋糕')),
      inbound(bo, NOW - DAY, text('昨天的蛋糕 https://cake.example')),
      inbound(bo, NOW - DAY, { kind: 'image', mediaId: 'm', picUrl: '' }),
      inbound(chen, NOW, text('诊所也有蛋糕'), OTHER),
    );
    await db.followers.update(APPID, anna, { alias: '安娜' });
    await sent(anna, '蛋糕已经备好', 'sent');
    await sent(bo, '蛋糕没能发出', 'failed');
    await db.conversations.setStarred(APPID, bo, true, NOW);

    expect(await found('蛋糕 from:安娜')).toEqual([['三天前问过蛋糕']]);
    expect(await found('蛋糕 from:me')).toEqual([['蛋糕没能发出'], ['蛋糕已经备好']]);
    expect(await found('蛋糕 from:me from:安娜')).toEqual([
      ['蛋糕没能发出'],
      ['蛋糕已经备好', '三天前问过蛋糕'],
    ]);
    expect(await found('蛋糕 before:昨天')).toEqual([['三天前问过蛋糕']]);
    expect(await found('from:安娜 after:前天')).toEqual([]);
    expect(await found('has:link')).toEqual([['昨天的蛋糕 https://cake.example']]);
    expect((await search('has:image')).groups[0]?.hits[0]?.message.body.content.kind).toBe('image');
    expect(await found('is:failed')).toEqual([['蛋糕没能发出']]);
    expect(await found('蛋糕 is:starred')).toEqual([['蛋糕没能发出', '昨天的蛋糕 https://cake.example']]);
    expect(await found('蛋糕 is:unanswered account:诊所')).toEqual([['诊所也有蛋糕']]);
    expect(await found('蛋糕', OTHER)).toEqual([['诊所也有蛋糕']]);
    expect(await found('from:没有这个人')).toEqual([]);
  });

  it('cuts a period to the second, wherever a day begins', async () => {
    await commit(db, inbound(anna, NOW - 1, text('蛋糕到了')), inbound(bo, NOW, text('蛋糕呢')));
    const within = async (period: { after?: number; before?: number }) => {
      const query = { ...queryOf('蛋糕'), ...period };
      const { groups } = await db.search.everywhere({ appid: null, query, limit: 20, before: null });
      return groups.flatMap(({ hits }) => hits.map(({ snippet }) => snippet.text));
    };
    expect(await within({ before: NOW })).toEqual(['蛋糕到了']);
    expect(await within({ after: NOW })).toEqual(['蛋糕呢']);
  });

  it('finds what one of many people wrote behind thousands that others wrote since', async () => {
    const regulars = Array.from({ length: 201 }, (_, n) => openidOf(100 + n));
    await commit(db, ...regulars.map((openid) => inbound(openid, NOW - DAY, text('谢谢老板'))));
    for (const openid of regulars) await db.followers.update(APPID, openid, { alias: `老客 ${openid}` });
    const since = Array.from({ length: 4_000 }, () => inbound(bo, NOW, text('谢谢')));
    for (let at = 0; at < since.length; at += 500) await commit(db, ...since.slice(at, at + 500));
    const { groups, next } = await search('from:老客 谢谢');
    expect(groups.map(({ hits }) => hits.map(({ snippet }) => snippet.text))).toEqual(
      Array.from({ length: 20 }, () => ['谢谢老板']),
    );
    expect(next).not.toBeNull();
  }, 30_000);

  it('finds people by alias, remark and note, and drafts', async () => {
    await commit(db, inbound(anna, NOW, text('在吗')), inbound(bo, NOW, text('你好')));
    await db.followers.update(APPID, anna, { alias: '订蛋糕的安娜', note: '过敏：花生' });
    await db.conversations.setDraft(APPID, bo, '蛋糕要提前一天订', NOW);
    const { people, drafts } = await search('蛋糕');
    expect(people.map(({ field, snippet }) => [field, snippet.text])).toEqual([['alias', '订蛋糕的安娜']]);
    expect(drafts.map(({ conversation, snippet }) => [conversation.openid, snippet.text])).toEqual([
      [bo, '蛋糕要提前一天订'],
    ]);
    expect((await search('花生')).people[0]).toMatchObject({
      field: 'note',
      snippet: { text: '过敏：花生' },
    });
    expect((await search('蛋糕 has:image')).people).toEqual([]);
  });

  it('finds quick replies by name, shortcut and words in both languages, of the accounts that are searched', async () => {
    const reply = (id: string, more: object) =>
      db.quickReplies.save({
        ...{ id, appid: null, folderId: null, name: id, shortcut: '', zh: null, en: null },
        ...more,
      });
    await reply('取货', {
      zh: { kind: 'text', text: '蛋糕请提前一天预订' },
      en: { kind: 'text', text: 'Order your cake a day ahead' },
    });
    await reply('蛋糕尺寸', {
      shortcut: 'size',
      zh: { kind: 'menu', head: '要几寸的？', items: [{ id: '1', content: '六寸' }], tail: '' },
    });
    await reply('诊所', { appid: OTHER, zh: { kind: 'text', text: '候诊区禁止带蛋糕' } });
    await reply('旧蛋糕', { zh: { kind: 'text', text: '已经不卖' } });
    await db.quickReplies.remove('旧蛋糕', NOW);
    const replies = async (words: string, appid: string | null = null) =>
      (await search(words, appid)).quickReplies.map(({ reply: { id } }) => id);

    // Whose name says it comes first.
    expect(await replies('蛋糕')).toEqual(['蛋糕尺寸', '取货', '诊所']);
    expect(await replies('蛋糕', APPID)).toEqual(['蛋糕尺寸', '取货']);
    expect((await replies('蛋糕 account:诊所')).toSorted()).toEqual(['取货', '蛋糕尺寸', '诊所'].toSorted());
    expect(await replies('siz')).toEqual(['蛋糕尺寸']);
    expect(await replies('六寸')).toEqual(['蛋糕尺寸']);
    expect(await replies('取货 ahead')).toEqual(['取货']);
    expect(await replies('蛋糕 -预订')).toEqual(['蛋糕尺寸', '诊所']);
    expect(await replies('蛋糕 has:image')).toEqual([]);
    const [found] = (await search('cake')).quickReplies;
    expect(found?.en).toEqual({ text: 'Order your cake a day ahead', ranges: [[11, 15]] });
    expect(found?.zh?.ranges).toEqual([]);
  });

  it('reads on page by page, every conversation once', async () => {
    const many = Array.from({ length: 25 }, (_, n) =>
      inbound(openidOf(n + 10), NOW + n, text(`蛋糕 ${String(n)}`)),
    );
    await commit(db, ...many);
    const first = await search('蛋糕', null, null, 10);
    const second = await search('蛋糕', null, first.next, 10);
    const third = await search('蛋糕', null, second.next, 10);
    expect(third.next).toBeNull();
    const openids = [first, second, third].flatMap(({ groups }) =>
      groups.map((one) => one.conversation.openid),
    );
    expect(openids).toEqual(many.map(({ message }) => message.fromUserName).reverse());
    expect(second.total).toBeNull();
  });

  it('knows every place in one conversation, and leads there', async () => {
    const items = Array.from({ length: 30 }, (_, n) =>
      inbound(anna, NOW + n, text(n % 10 === 0 ? '蛋糕' : '好')),
    );
    await commit(db, ...items);
    const { hits, capped } = await db.search.inConversation(APPID, anna, queryOf('蛋糕'), 10);
    expect([hits.length, capped]).toEqual([3, false]);
    const seq = hits[1]?.seq ?? 0;
    const around = await db.conversations.around(APPID, anna, seq, 6);
    expect(around.messages.map((message) => message.seq)).toEqual([-2, -1, 0, 1, 2, 3].map((n) => seq + n));
    expect([around.more, around.moreNewer]).toEqual([true, true]);
    const after = await db.conversations.messagesAfter(APPID, anna, seq, 100);
    expect(after).toMatchObject({ moreNewer: false });
    expect(after.messages[0]?.seq).toBe(seq + 1);
  });

  it('forgets what was taken back and what was erased', async () => {
    await commit(db, inbound(anna, NOW, text('蛋糕')));
    await db.outbox.insert({
      ...{
        appid: APPID,
        openid: anna,
        clientId: 'q',
        at: NOW,
        content: { kind: 'text', text: '等着的蛋糕' },
      },
      ...{ status: 'queued', failure: null, retryOf: null, mediaId: null },
    });
    expect((await search('蛋糕')).total?.count).toBe(2);
    await db.outbox.cancel(APPID, anna, 'q');
    expect((await search('蛋糕')).total?.count).toBe(1);
    await db.accounts.erase(APPID);
    expect((await search('蛋糕')).total?.count).toBe(0);
  });
});

describe('[I8] an archive of before the index', () => {
  it('is indexed in small steps, newest first, also over a restart, while new messages come in', async () => {
    await db.close();
    const old = `${path}.old`;
    const before = openConnection({ path: old, key: KEY, migrations: MIGRATIONS.slice(0, VERSION - 1) });
    before.write((writer) => {
      writer.run(
        `INSERT INTO accounts (id, appid, name, colour, kind, verified, region, door, status, bound_at)
         VALUES (1, ?, 'n', 0, 'service', 1, 'mainland', 'manual', 'bound', 0)`,
        APPID,
      );
      writer.run(
        "INSERT INTO followers (id, account_id, openid, code, following) VALUES (1, 1, ?, 'K7M2', 1)",
        anna,
      );
      for (let n = 0; n < 5; n += 1)
        writer.run(
          "INSERT INTO messages (account_id, follower_id, direction, at, content) VALUES (1, 1, 'in', ?, ?)",
          NOW,
          JSON.stringify(text(`蛋糕 ${String(n)}`)),
        );
    });
    before.close();

    db = openInlineDatabase({ path: old, key: KEY });
    expect(await db.search.indexing()).toEqual({ done: 0, total: 5 });
    await commit(db, inbound(anna, NOW, text('新的蛋糕')));
    expect((await search('蛋糕')).total?.count).toBe(1);
    expect(await db.search.indexOlder(2)).toEqual({ done: 2, total: 5 });
    expect((await search('蛋糕')).groups[0]?.hits.map(({ snippet }) => snippet.text)).toEqual([
      '新的蛋糕',
      '蛋糕 4',
      '蛋糕 3',
    ]);
    await db.close();

    db = openInlineDatabase({ path: old, key: KEY });
    expect(await db.search.indexOlder(2)).toEqual({ done: 4, total: 5 });
    expect(await db.search.indexOlder(2)).toBeNull();
    expect(await db.search.indexing()).toBeNull();
    expect((await search('蛋糕')).total?.count).toBe(6);
  });

  it('covers any stretch of time with few marks', () => {
    const at = (date: string) => Date.parse(`${date}T00:00:00Z`) / 1000;
    const marks = marksBetween(at('2023-12-30'), at('2026-02-02') + 5);
    expect(marks).toHaveLength(2 + 2 + 1 + 2);
    for (const date of ['2023-12-30', '2024-06-01', '2025-12-31', '2026-01-31', '2026-02-02'])
      expect(marks.filter((mark) => dateMarks(at(date)).includes(mark))).toHaveLength(1);
    expect(marks.some((mark) => dateMarks(at('2026-02-03')).includes(mark))).toBe(false);
  });
});

/** Of the index's own migration. */
const VERSION = MIGRATIONS.find(({ name }) => name === 'message-search')?.version ?? 0;
