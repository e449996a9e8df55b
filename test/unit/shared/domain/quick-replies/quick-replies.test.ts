import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuickReply } from '#shared/domain/quick-replies/check-quick-reply';
import { parseCsv } from '#shared/domain/quick-replies/csv';
import { fillBody } from '#shared/domain/quick-replies/fill-body';
import { languageOf, languageOfConversation } from '#shared/domain/quick-replies/language';
import { readLibrary, writeLibrary, type LibraryReply } from '#shared/domain/quick-replies/library-file';
import { readTable } from '#shared/domain/quick-replies/library-table';
import { matchReplies, repliesFor } from '#shared/domain/quick-replies/match';
import { pinyinInitials } from '#shared/domain/quick-replies/pinyin';
import { planImport } from '#shared/domain/quick-replies/plan-import';
import { bodyOf, type KeptQuickReply } from '#shared/domain/quick-replies/quick-reply';
import { replaceSlash, slashQuery } from '#shared/domain/quick-replies/slash';
import { starterReplies } from '#shared/domain/quick-replies/starter';
import { clockValues, fillText, shopValues, variablesIn } from '#shared/domain/quick-replies/variables';

const NOW = 1_800_000_000;
const reply = (patch: Partial<KeptQuickReply>): KeptQuickReply => ({
  id: patch.name ?? 'r',
  appid: null,
  folderId: null,
  name: '营业时间',
  shortcut: '',
  zh: { kind: 'text', text: '十点开门' },
  en: null,
  uses: 0,
  lastUsedAt: null,
  ...patch,
});

describe('the slash', () => {
  it.each([
    ['/', 1, ''],
    ['/营业', 3, '营业'],
    ['好的 /yy', 6, 'yy'],
    ['好的\n/yy', 6, 'yy'],
    ['／yy', 3, 'yy'],
    ['、yy', 3, 'yy'],
  ])('calls in %j at %i', (text, caret, query) => {
    expect(slashQuery(text, caret)?.query).toBe(query);
  });

  it.each([
    ['1/2', 3],
    ['https://a.example', 17],
    ['/yy 后面', 6],
    ['好、的', 3],
    ['', 0],
  ])('does not call in %j', (text, caret) => {
    expect(slashQuery(text, caret)).toBeNull();
  });

  it('is replaced alone, with the words around it kept and the first blank selected', () => {
    const text = '好的 /hi 谢谢';
    const call = slashQuery(text, 6);
    const filled = fillText('{称呼}您好', {}, 'zh');
    expect(call && replaceSlash(text, call, filled)).toEqual({
      text: '好的 〔称呼〕您好 谢谢',
      selection: { start: 3, end: 7 },
    });
  });
});

describe('variables', () => {
  it('are filled by either name, and by the braces of a Chinese input method', () => {
    const values = { alias: '王姐', shop: '云栖茶舍', 'my name': '小林' };
    const text = '{称呼} {alias} ｛店名｝ {My Name} {myname} { shop }';
    expect(fillText(text, values, 'zh').text).toBe('王姐 王姐 云栖茶舍 小林 小林 云栖茶舍');
  });

  it('leave a blank that nobody overlooks where nothing is known, and other braces as they are', () => {
    const filled = fillText('{alias}, {hours} {订单号} {}', { hours: '  ' }, 'en');
    expect(filled.text).toBe('〔alias〕, 〔hours〕 {订单号} {}');
    expect(filled.unknown).toEqual(['alias', 'hours']);
    expect(filled.firstBlank).toEqual({ start: 0, end: 7 });
    expect(variablesIn('{date} {日期} {时间}')).toEqual(['date', 'time']);
  });

  it('never fill twice: a value that looks like a variable stays as it is', () => {
    expect(fillText('{alias}', { alias: '{shop}', shop: 'X' }, 'zh').text).toBe('{shop}');
  });

  it('take the other language where one is empty, and the clock of the shop', () => {
    expect(shopValues({ phone: { zh: '0571-1234', en: '' } }, 'en')).toEqual({ phone: '0571-1234' });
    const at = Date.UTC(2027, 0, 15, 8, 5);
    expect(clockValues(at, 'zh', 'Asia/Shanghai')).toEqual({
      date: '1月15日',
      time: '16:05',
      weekday: '星期五',
    });
    expect(clockValues(at, 'en', 'Asia/Shanghai')).toEqual({
      date: '15 January',
      time: '16:05',
      weekday: 'Friday',
    });
  });

  it('are filled in every text of a card, and never in its links', () => {
    const { body, unknown } = fillBody(
      {
        kind: 'news',
        title: '{店名}',
        description: '{称呼}',
        url: 'https://a.example/{店名}',
        picUrl: '',
        pictureId: '',
      },
      { shop: '茶舍' },
      'zh',
    );
    expect(body).toMatchObject({ title: '茶舍', description: '〔称呼〕', url: 'https://a.example/{店名}' });
    expect(unknown).toEqual(['alias']);
  });
});

describe('the language', () => {
  it('is that of the script, and of the newest text that has one', () => {
    expect([languageOf('有 oat milk 吗'), languageOf('Hello'), languageOf('123 👍')]).toEqual([
      'zh',
      'en',
      null,
    ]);
    expect(languageOf('[微笑] https://a.example/hello')).toBeNull();
    expect(languageOfConversation(['OK?', '在吗'], 'zh')).toBe('en');
    expect(languageOfConversation(['👍', '在吗'], 'en')).toBe('zh');
    expect(languageOfConversation([], 'en')).toBe('en');
  });

  it('falls back to the other variant', () => {
    expect(bodyOf(reply({}), 'en')?.variant).toBe('zh');
  });
});

describe('finding', () => {
  const all = [
    reply({ name: '营业时间', shortcut: 'hours' }),
    reply({ name: '地址', zh: { kind: 'text', text: '营业厅在学院路' } }),
    reply({ name: '周末营业' }),
    reply({ name: '只有英文', en: { kind: 'text', text: 'Opening Hours' }, zh: null }),
  ];
  const names = (query: string): string[] => matchReplies(all, query, NOW).map(({ name }) => name);

  it('goes by shortcut, name, then text, in Chinese and without regard to case', () => {
    expect(names('HOURS')).toEqual(['营业时间', '只有英文']);
    expect(names('营业')).toEqual(['营业时间', '周末营业', '地址']);
    expect(names('没有')).toEqual([]);
  });

  it('knows the initials of pinyin', () => {
    expect(names('yysj')).toEqual(['营业时间']);
    expect(pinyinInitials('营业时间 VIP 2号')).toBe('yysjvip2h');
  });

  it('puts what is used more first, and what was used long ago behind', () => {
    const used = [
      reply({ name: '甲', uses: 3, lastUsedAt: NOW - 86_400 }),
      reply({ name: '乙', uses: 40, lastUsedAt: NOW - 400 * 86_400 }),
      reply({ name: '丙' }),
      reply({ name: '丁', uses: 5, lastUsedAt: NOW }),
    ];
    expect(matchReplies(used, '', NOW).map(({ name }) => name)).toEqual(['丁', '甲', '乙', '丙']);
  });

  it('offers replies of every account and of this one only', () => {
    const some = [
      reply({ name: 'all' }),
      reply({ name: 'a', appid: 'wxa' }),
      reply({ name: 'b', appid: 'wxb' }),
    ];
    expect(repliesFor(some, 'wxa').map(({ name }) => name)).toEqual(['all', 'a']);
  });
});

describe('keeping', () => {
  it('refuses what lacks a name or words, and a shortcut that is taken where it counts', () => {
    const other = reply({ id: 'other', shortcut: 'HI', appid: 'wxa' });
    const problem = (patch: Partial<KeptQuickReply>) =>
      checkQuickReply(reply(patch), [other]).map(({ field, problem: what }) => `${field} ${what}`);
    expect(problem({ name: ' ' })).toEqual(['name missing']);
    expect(problem({ zh: null })).toEqual(['body missing']);
    expect(problem({ shortcut: 'a b' })).toEqual(['shortcut with-space']);
    expect(problem({ shortcut: 'hi' })).toEqual(['shortcut taken']);
    expect(problem({ shortcut: 'hi', appid: 'wxb' })).toEqual([]);
    expect(problem({ zh: { kind: 'text', text: '茶'.repeat(683) } })).toEqual(['zh too-long']);
  });

  it('has examples that can all be kept, with variables that all exist', () => {
    for (const language of ['zh', 'en'] as const) {
      const set = starterReplies(language).map((one, index) => ({
        ...one,
        id: String(index),
        folderId: null,
      }));
      for (const one of set) expect([one.name, checkQuickReply(one, set)]).toEqual([one.name, []]);
      const texts = set.flatMap(({ zh, en }) => [zh, en]).map((body) => JSON.stringify(body));
      for (const text of texts)
        expect(fillText(text.replace(/^\{|\}$/g, ''), {}, 'zh').text).not.toMatch(/\{[^"{}]+\}(?=[^"]*")/);
    }
  });
});

describe('files', () => {
  const library = { folders: ['到店'], replies: starterReplies('zh'), pictures: {} };

  it('come back as they were written', () => {
    const read = readLibrary(writeLibrary(library));
    expect(read.ok && read.entries.map((entry) => entry.reply)).toEqual(library.replies);
  });

  it('keep out a faulty entry by its row and let the others in', () => {
    const text = JSON.stringify({
      format: 'oa-desk-quick-replies',
      version: 1,
      replies: [{ name: '好', zh: { kind: 'text', text: '好' } }, { name: '坏', zh: { kind: 'dance' } }, 7],
    });
    const read = readLibrary(text);
    expect(read.ok && read.entries.map(({ row, name, reply: one }) => [row, name, one !== null])).toEqual([
      [1, '好', true],
      [2, '坏', false],
      [3, '', false],
    ]);
  });

  it('are refused when they are of something else, or of a later version', () => {
    for (const text of ['', 'nonsense', '[]', '{"format":"other"}'])
      expect(readLibrary(text)).toEqual({ ok: false, code: 'quick-replies/not-a-library' });
    const later = writeLibrary(library).replace('"version": 1', '"version": 2');
    expect(readLibrary(later)).toEqual({ ok: false, code: 'quick-replies/newer-file' });
  });

  it('may be tables with Chinese headings, quoted line breaks and any usual separator', () => {
    const read = readTable(
      '\uFEFF名称;快捷词;中文\r\n"问""候""";/hi;"您好，\n请问"\r\n\r\n;;只有内容的一行很长很长\r\n',
    );
    expect(
      read.ok && read.entries.map(({ row, reply: one }) => [row, one?.name, one?.shortcut, one?.zh]),
    ).toEqual([
      [2, '问"候"', 'hi', { kind: 'text', text: '您好，\n请问' }],
      [3, '只有内容的一行很长很长', '', { kind: 'text', text: '只有内容的一行很长很长' }],
    ]);
    expect(readTable('a,b\n1,2')).toEqual({ ok: false, code: 'quick-replies/no-header' });
  });

  it('read every cell that a spreadsheet writes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '茶', '"', ',', '\n', ';', ' ') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const kept = [['x', 'y'], ...rows.filter((row) => row.some((value) => value.trim() !== ''))];
        const text = [['x', 'y'], ...rows]
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        expect(parseCsv(text)).toEqual(kept);
      }),
    );
  });
});

describe('an import', () => {
  const none = { folders: [], appids: ['wxa'], samePicture: () => false };
  const entry = (row: number, patch: Partial<LibraryReply>) => {
    const one: LibraryReply = {
      appid: null,
      folder: null,
      name: `n${row}`,
      shortcut: '',
      zh: { kind: 'text', text: '好' },
      en: null,
      ...patch,
    };
    return { row, name: one.name, reply: one };
  };
  const actions = (plan: ReturnType<typeof planImport>) => plan.map(({ action }) => action);

  it('updates by shortcut, else by name, leaves what is the same, and adds the rest', () => {
    const here = [
      reply({ id: 'a', name: '旧名', shortcut: 'hi', zh: { kind: 'text', text: '旧' } }),
      reply({ id: 'b', name: '地址', zh: { kind: 'text', text: '好' } }),
    ];
    const plan = planImport(
      [entry(1, { shortcut: 'HI' }), entry(2, { name: '地址' }), entry(3, {})],
      {},
      { ...none, replies: here },
    );
    expect(plan.map(({ action, replaces }) => [action, replaces])).toEqual([
      ['update', 'a'],
      ['same', 'b'],
      ['add', null],
    ]);
  });

  it('counts the last of repeats, names problems, and widens replies of accounts that are not here', () => {
    const plan = planImport(
      [
        entry(1, { shortcut: 'x' }),
        entry(2, { shortcut: 'x', name: '后来' }),
        entry(3, { zh: { kind: 'image', pictureId: 'gone' } }),
        entry(4, { appid: 'wxother' }),
        { row: 5, name: '', reply: null },
      ],
      {},
      { ...none, replies: [] },
    );
    expect(actions(plan)).toEqual(['skip', 'add', 'refuse', 'add', 'refuse']);
    expect(plan[2]?.problems).toEqual([{ field: 'entry', problem: 'picture-missing' }]);
    expect(plan[3]?.notes).toEqual(['other-account']);
    expect(plan[3]?.reply?.appid).toBeNull();
  });

  it('done twice changes nothing the second time', () => {
    const entries = starterReplies('zh').map((one, index) => ({ row: index, name: one.name, reply: one }));
    const folders = [...new Set(entries.flatMap(({ reply: one }) => one.folder ?? []))].map((name) => ({
      id: name,
      name,
    }));
    const here = entries.map(({ reply: one }, index) =>
      reply({ ...one, id: String(index), folderId: one.folder }),
    );
    const plan = planImport(entries, {}, { ...none, folders, replies: here });
    expect(new Set(actions(plan))).toEqual(new Set(['same']));
  });
});
