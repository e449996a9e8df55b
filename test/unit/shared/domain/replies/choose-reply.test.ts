import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '#shared/domain/message';
import type { ReplyContext } from '#shared/domain/replies/choose-reply';
import { chooseReply } from '#shared/domain/replies/choose-reply';
import { compileRules } from '#shared/domain/replies/compile-rules';
import { KEYWORD_TEXT_MAX } from '#shared/domain/replies/triggers';
import type { ReplyContent, ReplyRule } from '#shared/relay/reply-rules';
import {
  context,
  event,
  fallback,
  HOUR,
  inbound,
  keyword,
  MONDAY_NOON,
  picture,
  rule,
  ruleSet,
  text,
} from './samples';

function answerOf(
  rules: readonly ReplyRule[],
  message: InboundMessage,
  at: ReplyContext = context(),
): string | null {
  return chooseReply(compileRules(ruleSet(rules)), message, at)?.rule.id ?? null;
}

describe('a rule on following', () => {
  const always = rule({ id: 'welcome', trigger: { on: 'follow' } });
  const posters = rule({ id: 'poster', trigger: { on: 'follow', scenes: ['p1', 'p2'] } });

  it('answers everyone who follows, with a code or without', () => {
    expect(answerOf([always], event('subscribe'))).toBe('welcome');
    expect(answerOf([always], event('subscribe', 'qrscene_p9'))).toBe('welcome');
  });

  it('answers only those of its scenes when it names some', () => {
    expect(answerOf([posters], event('subscribe', 'qrscene_p2'))).toBe('poster');
    expect(answerOf([posters], event('subscribe', 'qrscene_p9'))).toBeNull();
    expect(answerOf([posters], event('subscribe'))).toBeNull();
  });

  it('answers a follower who scans a code only for a named scene', () => {
    expect(answerOf([always, posters], event('SCAN', 'p1'))).toBe('poster');
    expect(answerOf([always, posters], event('SCAN', 'p9'))).toBeNull();
  });

  it('does not answer who leaves, nor any message', () => {
    expect(answerOf([always, posters], event('unsubscribe'))).toBeNull();
    expect(answerOf([always, posters], text('p1'))).toBeNull();
  });
});

describe('a rule on keywords', () => {
  it('compares the whole text with `equals`, without blanks around it', () => {
    const rules = [keyword('hours', 'equals', ' 营业时间 ')];
    expect(answerOf(rules, text('\u3000营业时间\n'))).toBe('hours');
    expect(answerOf(rules, text('营业时间?'))).toBeNull();
  });

  it('finds a word anywhere with `contains`', () => {
    const rules = [keyword('refund', 'contains', '退款')];
    expect(answerOf(rules, text('我要退款！'))).toBe('refund');
    expect(answerOf(rules, text('退 款'))).toBeNull();
  });

  it.each(['equals', 'contains', 'regex'] as const)('ignores case: %s', (match) => {
    expect(answerOf([keyword('k', match, 'WiFi')], text('wIfI'))).toBe('k');
    expect(answerOf([keyword('k', match, 'öl')], text('ÖL'))).toBe('k');
    expect(answerOf([keyword('k', match, 'ｗｉｆｉ')], text('ＷＩＦＩ'))).toBe('k');
  });

  it.each(['equals', 'contains'] as const)('takes full-width signs for their ASCII forms: %s', (match) => {
    expect(answerOf([keyword('k', match, 'VIP1?')], text('ｖｉｐ１？'))).toBe('k');
    expect(answerOf([keyword('k', match, 'ＶＩＰ１？')], text('vip1?'))).toBe('k');
    expect(answerOf([keyword('k', match, 'a b')], text('A\u3000B'))).toBe('k');
  });

  it.each([
    ['STRASSE', 'straße'],
    ['strasse', 'STRAẞE'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'ΟΔΟΣ'],
    ['café', 'CAFE\u0301'],
  ])('knows letters by all their forms: %s in %s', (word, said) => {
    expect(answerOf([keyword('k', 'contains', word)], text(`« ${said} »`))).toBe('k');
  });

  it('does not take other signs that look alike for the same', () => {
    expect(answerOf([keyword('k', 'contains', '1')], text('①'))).toBeNull();
  });

  it('searches regular expressions anywhere in the text as it was typed', () => {
    expect(answerOf([keyword('k', 'regex', '订单\\s*\\d{4,}')], text('查订单 20260302 谢谢'))).toBe('k');
    expect(answerOf([keyword('k', 'regex', '^\\d+$')], text('20260302'))).toBe('k');
    expect(answerOf([keyword('k', 'regex', '^\\d+$')], text('2026 0302'))).toBeNull();
    expect(answerOf([keyword('k', 'regex', '\\p{Han}')], text('abc'))).toBeNull();
  });

  it('needs only one of its keywords, of whatever kind', () => {
    const any = rule({
      id: 'any',
      trigger: {
        on: 'keyword',
        keywords: [
          { match: 'equals', text: 'a' },
          { match: 'contains', text: 'bb' },
          { match: 'regex', text: '^c+$' },
          { match: 'regex', text: 'd.d' },
        ],
      },
    });
    for (const said of ['A', 'xbbx', 'ccc', 'xd-dx']) expect(answerOf([any], text(said))).toBe('any');
    for (const said of ['aa', 'b', 'cx', 'dd']) expect(answerOf([any], text(said))).toBeNull();
  });

  it('keeps the patterns of different rules apart', () => {
    const rules = [
      keyword('one', 'regex', '^1'),
      keyword('two', 'regex', '^2'),
      keyword('three', 'regex', '^3'),
    ];
    expect(['1', '2', '3', '4'].map((said) => answerOf(rules, text(said)))).toEqual([
      'one',
      'two',
      'three',
      null,
    ]);
  });

  it('looks at text messages only', () => {
    const rules = [keyword('k', 'regex', '.*'), keyword('c', 'contains', 'K')];
    expect(answerOf(rules, event('CLICK', 'K'))).toBeNull();
    expect(answerOf(rules, picture())).toBeNull();
    expect(answerOf(rules, text(''))).toBe('k');
  });

  it('searches the beginning of a very long text, and never half a character', () => {
    const rules = [keyword('c', 'contains', 'needle'), keyword('r', 'regex', '\\x{FFFD}|\\p{Cs}')];
    const padding = 'x'.repeat(KEYWORD_TEXT_MAX - 6);
    expect(answerOf(rules, text(`${padding}needle`))).toBe('c');
    expect(answerOf(rules, text(`${padding} needle`))).toBeNull();
    expect(answerOf(rules, text(`${'x'.repeat(KEYWORD_TEXT_MAX - 1)}😀`))).toBeNull();
  });
});

describe('rules on menu taps and kinds of message', () => {
  const menu = rule({ id: 'menu', trigger: { on: 'menu', keys: ['TODAY', 'NEW'] } });

  it('answers a tap on a button with one of its keys, letter by letter', () => {
    expect(answerOf([menu], event('CLICK', 'NEW'))).toBe('menu');
    expect(answerOf([menu], event('CLICK', 'new'))).toBeNull();
    expect(answerOf([menu], event('VIEW', 'TODAY'))).toBeNull();
    expect(answerOf([menu], event('scancode_waitmsg', 'TODAY'))).toBeNull();
    expect(answerOf([menu], text('TODAY'))).toBeNull();
  });

  it.each([
    ['text', { Content: 'hi' }],
    ['image', { MediaId: 'M' }],
    ['voice', { MediaId: 'M' }],
    ['video', { MediaId: 'M' }],
    ['location', { Location_X: '23', Location_Y: '113' }],
    ['link', { Url: 'https://example.com' }],
    ['miniprogram', { AppId: 'wx1' }],
  ] as const)('knows messages of type %s, and answers no other', (type, nodes) => {
    const MsgType = type === 'miniprogram' ? 'miniprogrampage' : type;
    const only = rule({ id: 'type', trigger: { on: 'type', types: [type] } });
    expect(answerOf([only], inbound({ MsgType, ...nodes }))).toBe('type');
    const other = type === 'text' ? picture() : text('hi');
    expect(answerOf([only], other)).toBeNull();
    expect(answerOf([only], event('CLICK', type))).toBeNull();
  });

  it('counts a short video as a video', () => {
    const only = rule({ id: 'type', trigger: { on: 'type', types: ['video'] } });
    expect(answerOf([only], inbound({ MsgType: 'shortvideo', MediaId: 'M' }))).toBe('type');
  });
});

describe('the default rule', () => {
  it('answers any message, also of an unknown type, but no event', () => {
    expect(answerOf([fallback()], text('?'))).toBe('default');
    expect(answerOf([fallback()], inbound({ MsgType: 'file' }))).toBe('default');
    for (const name of ['subscribe', 'SCAN', 'CLICK', 'VIEW', 'LOCATION', 'kf_create_session', 'new_one'])
      expect(answerOf([fallback()], event(name, 'k'))).toBeNull();
  });

  it('comes after all others, however high its priority', () => {
    const rules = [
      fallback('default', { priority: 1_000 }),
      keyword('k', 'contains', 'a', { priority: -1_000 }),
    ];
    expect(answerOf(rules, text('a'))).toBe('k');
    expect(answerOf(rules, text('b'))).toBe('default');
  });
});

describe('which of several rules answers', () => {
  it('is the one of the highest priority', () => {
    const rules = [
      keyword('low', 'contains', 'a', { priority: -1 }),
      keyword('high', 'contains', 'a', { priority: 2 }),
      keyword('middle', 'contains', 'a', { priority: 1 }),
    ];
    expect(answerOf(rules, text('a'))).toBe('high');
  });

  it('is the first in the list among equals, also among default rules', () => {
    expect(answerOf([keyword('first', 'contains', 'a'), keyword('second', 'equals', 'a')], text('a'))).toBe(
      'first',
    );
    expect(answerOf([fallback('first'), fallback('second')], text('a'))).toBe('first');
    expect(answerOf([fallback('first'), fallback('second', { priority: 1 })], text('a'))).toBe('second');
  });

  it('is never one that is switched off', () => {
    expect(answerOf([keyword('off', 'contains', 'a', { enabled: false }), fallback()], text('a'))).toBe(
      'default',
    );
  });

  it('is nobody without rules', () => {
    expect(answerOf([], text('a'))).toBeNull();
  });

  it('stops at a rule that answers nothing', () => {
    const compiled = compileRules(
      ruleSet([keyword('silent', 'contains', 'a', { reply: { kind: 'none' } }), fallback()]),
    );
    expect(chooseReply(compiled, text('a'), context())).toMatchObject({
      rule: { id: 'silent' },
      reply: { kind: 'none' },
    });
  });
});

describe('a rule that answers once in some hours', () => {
  const rules = [keyword('once', 'contains', 'a', { oncePerHours: 2, priority: 5 }), fallback()];
  const since = (seconds: number): ReplyContext => context(MONDAY_NOON, () => MONDAY_NOON - seconds);

  it('answers when it never did, and again when the hours are over', () => {
    expect(answerOf(rules, text('a'))).toBe('once');
    expect(answerOf(rules, text('a'), since(2 * HOUR))).toBe('once');
  });

  it('leaves the message to lower rules before', () => {
    expect(answerOf(rules, text('a'), since(2 * HOUR - 1))).toBe('default');
    expect(answerOf(rules, text('a'), since(0))).toBe('default');
  });

  it('is not silenced for long by a mark that a wrong clock left in the future', () => {
    expect(answerOf(rules, text('a'), since(-30))).toBe('default');
    expect(answerOf(rules, text('a'), since(-1_000 * HOUR))).toBe('once');
  });

  it('asks for the mark of its own id, and only when it would answer otherwise', () => {
    const asked: string[] = [];
    const spy = context(MONDAY_NOON, (id) => (asked.push(id), null));
    answerOf([...rules, keyword('other', 'equals', 'b', { oncePerHours: 1, priority: 9 })], text('a'), spy);
    answerOf(rules, event('subscribe'), spy);
    expect(asked).toEqual(['once']);
  });
});

describe('a rule with hours', () => {
  it('leaves the message to lower rules outside of them', () => {
    const hours = { weekdays: [1], from: '09:00', to: '18:00' };
    const rules = [keyword('open', 'contains', 'a', { hours }), fallback('closed')];
    expect(answerOf(rules, text('a'), context(MONDAY_NOON))).toBe('open');
    expect(answerOf(rules, text('a'), context(MONDAY_NOON + 6 * HOUR))).toBe('closed');
    expect(answerOf(rules, text('a'), context(MONDAY_NOON + 24 * HOUR))).toBe('closed');
  });
});

describe('the reply', () => {
  const article = (n: number) => ({
    title: `t${n}`,
    description: '',
    picUrl: '',
    url: `https://example.com/${n}`,
  });
  const news: ReplyContent = { kind: 'news', articles: [1, 2, 3, 4, 5, 6, 7, 8].map(article) };
  const compiled = compileRules(
    ruleSet([
      fallback('message', { reply: news }),
      rule({ id: 'follow', trigger: { on: 'follow', scenes: ['s'] }, reply: news }),
      rule({ id: 'menu', trigger: { on: 'menu', keys: ['K'] }, reply: news }),
    ]),
  );
  const articlesFor = (message: InboundMessage): number => {
    const reply = chooseReply(compiled, message, context())?.reply;
    return reply?.kind === 'news' ? reply.articles.length : 0;
  };

  it('has only the first article when it answers a message', () => {
    for (const message of [text('a'), picture(), inbound({ MsgType: 'link' }), inbound({ MsgType: 'file' })])
      expect(articlesFor(message)).toBe(1);
    expect(chooseReply(compiled, text('a'), context())?.reply).toEqual({
      kind: 'news',
      articles: [article(1)],
    });
  });

  it('has all eight after a follow, a scan or a menu tap', () => {
    expect(articlesFor(event('subscribe', 'qrscene_s'))).toBe(8);
    expect(articlesFor(event('SCAN', 's'))).toBe(8);
    expect(articlesFor(event('CLICK', 'K'))).toBe(8);
  });

  it('of another kind is what the rule says', () => {
    const reply: ReplyContent = { kind: 'transfer', kfAccount: 'kf001@demo_oa' };
    const transfer = compileRules(ruleSet([fallback('d', { reply })]));
    expect(chooseReply(transfer, text('a'), context())?.reply).toEqual(reply);
  });
});
