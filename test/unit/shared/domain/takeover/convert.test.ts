import { expect, it } from 'vitest';
import { convertMenu } from '#shared/domain/takeover/convert-menu';
import { convertReplies } from '#shared/domain/takeover/convert-replies';
import { temporaryMedia, type SiteMenu, type SiteReplies } from '#shared/domain/takeover/website';
import { replyRuleSet } from '#shared/relay/reply-rules';

const NAMES = { follow: 'follow', other: 'other' };
const article = (title: string) => ({
  ...{ title, digest: 'digest', cover_url: 'http://p.example/1.jpg' },
  content_url: `http://mp.example/${title}`,
});
const menu = (...button: NonNullable<SiteMenu['selfmenu_info']>['button']): SiteMenu => ({
  is_menu_open: 1,
  selfmenu_info: { button },
});
const replies = (patch: Partial<SiteReplies> = {}): SiteReplies => ({
  ...{ is_add_friend_reply_open: 1, is_autoreply_open: 1 },
  ...patch,
});
const keyword = (words: string[], mode: string, ...sent: { type: string; content: string }[]) =>
  replies({
    keyword_autoreply_info: {
      list: [
        {
          ...{ rule_name: '价格', reply_mode: mode },
          keyword_list_info: words.map((content) => ({ match_mode: 'contain', content })),
          reply_list_info: sent,
        },
      ],
    },
  });

it('turns texts of the menu into clicks with a rule that answers them, and articles into links', () => {
  const converted = convertMenu(
    menu(
      { type: 'text', name: '你好', value: '欢迎' },
      { type: 'news', name: '图文', value: 'M', news_info: { list: [article('a'), article('b')] } },
      { name: '组', sub_button: { list: [{ type: 'click', name: 'k', key: 'KEY' }] } },
    ),
  );
  expect(converted.buttons).toEqual([
    { type: 'click', name: '你好', key: 'site-text-1' },
    { type: 'view', name: '图文', url: 'http://mp.example/a' },
    { name: '组', sub_button: [{ type: 'click', name: 'k', key: 'KEY' }] },
  ]);
  expect(converted.notes).toEqual([{ name: '图文', reason: 'first-only' }]);
  expect(convertReplies(replies(), converted.texts, NAMES).rules).toMatchObject([
    { trigger: { on: 'menu', keys: ['site-text-1'] }, reply: { kind: 'text', text: '欢迎' } },
  ]);
});

it('names every button that has no counterpart, and a group of which nothing is left', () => {
  const { buttons, notes } = convertMenu(
    menu(
      { name: '组', sub_button: { list: [{ type: 'img', name: '海报', value: 'TMP' }] } },
      { type: 'x', name: 'y' },
    ),
  );
  expect(buttons).toEqual([]);
  expect(notes).toEqual([
    { name: '海报', reason: 'media' },
    { name: '组', reason: 'empty' },
    { name: 'y', reason: 'type' },
  ]);
});

it.each(['reply_all', 'random_one'])('takes the first usable of several replies (%s) and says so', (mode) => {
  const { rules, notes } = convertReplies(
    keyword(['价格'], mode, { type: 'img', content: 'TMP' }, { type: 'text', content: '十元' }),
    [],
    NAMES,
  );
  expect(rules).toMatchObject([{ reply: { kind: 'text', text: '十元' }, enabled: true }]);
  expect(notes).toEqual([{ name: '价格', reason: 'first-only' }]);
});

it('splits more keywords than a rule may have, and the set stays valid', () => {
  const words = Array.from({ length: 120 }, (_, index) => `w${String(index)}`);
  const { rules } = convertReplies(keyword(words, 'reply_all', { type: 'text', content: 'x' }), [], NAMES);
  expect(rules).toHaveLength(3);
  expect(replyRuleSet.safeParse({ version: 1, timeZone: 'Asia/Shanghai', rules }).success).toBe(true);
});

it('leaves out a text that is too long for a passive reply, and carries what was off over switched off', () => {
  const { rules, notes } = convertReplies(
    replies({
      is_autoreply_open: 0,
      add_friend_autoreply_info: { type: 'text', content: '长'.repeat(700) },
      message_default_autoreply_info: { type: 'text', content: '收到' },
    }),
    [],
    NAMES,
  );
  expect(rules).toMatchObject([{ id: 'site-default', enabled: false }]);
  expect(notes).toEqual([
    { name: 'follow', reason: 'too-long' },
    { name: 'other', reason: 'was-off' },
  ]);
});

it('finds every temporary media id once, and no links', () => {
  const found = temporaryMedia(
    menu({ type: 'img', name: 'a', value: 'A' }, { type: 'video', name: 'v', value: 'http://v.example/' }),
    keyword(['k'], 'reply_all', { type: 'voice', content: 'B' }, { type: 'img', content: 'A' }),
  );
  expect(found).toEqual([
    { id: 'A', type: 'img' },
    { id: 'B', type: 'voice' },
  ]);
});
