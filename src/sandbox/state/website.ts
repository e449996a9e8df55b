import type { JsonObject } from '../json';
import type { Account } from './account';

/** What the account's owner set up on the website before any server was connected. */
const WELCOME = '欢迎关注！回复"菜单"看今日供应，回复"地址"看怎么找到我们。';
const DEFAULT_REPLY = '已收到，我们会尽快回复您。营业时间 9:00–20:00。';

interface KeywordRule {
  readonly name: string;
  readonly keyword: string;
  readonly match: 'contain' | 'equal';
  readonly reply: string;
}

const RULES: readonly KeywordRule[] = [
  {
    name: '今日供应',
    keyword: '菜单',
    match: 'contain',
    reply: '今日供应：桂花乌龙、明前龙井、抹茶卷、牛角包。',
  },
  {
    name: '地址',
    keyword: '地址',
    match: 'contain',
    reply: '文三路 88 号一楼，地铁 2 号线文三路站 B 口步行 3 分钟。',
  },
  { name: 'Hours', keyword: 'hours', match: 'equal', reply: 'Open every day from 9:00 to 20:00.' },
];

/** Rules were made on this day, whatever the clock says now: 2024-03-01. */
const RULES_MADE_AT = 1_709_251_200;

/** The menu made on the website, as get_current_selfmenu_info shows it; of a kind that menu/get never sees. */
export function websiteMenu(account: Account): readonly JsonObject[] {
  return [
    { type: 'text', name: '今日供应', value: RULES[0]?.reply ?? '' },
    {
      name: '到店',
      sub_button: {
        list: [
          { type: 'view', name: '怎么找到我们', url: 'https://www.example.com/find-us' },
          { type: 'text', name: '营业时间', value: DEFAULT_REPLY },
        ],
      },
    },
    { type: 'view', name: '官网', url: `https://www.example.com/?from=${account.originalId}` },
  ];
}

/** The members of get_current_autoreply_info that describe the website's rules. */
export function websiteAutoReply(): JsonObject {
  return {
    add_friend_autoreply_info: { type: 'text', content: WELCOME },
    message_default_autoreply_info: { type: 'text', content: DEFAULT_REPLY },
    keyword_autoreply_info: {
      list: RULES.map((rule) => ({
        rule_name: rule.name,
        create_time: RULES_MADE_AT,
        reply_mode: 'reply_all',
        keyword_list_info: [{ type: 'text', match_mode: rule.match, content: rule.keyword }],
        reply_list_info: [{ type: 'text', content: rule.reply }],
      })),
    },
  };
}

/** What the website answers by itself while no server is connected; null when it stays silent. */
export function websiteReplyTo(
  trigger: { readonly follow: true } | { readonly text: string | null },
): string | null {
  if ('follow' in trigger) return WELCOME;
  const { text } = trigger;
  const rule = RULES.find(({ match, keyword }) =>
    match === 'equal' ? text === keyword : text?.includes(keyword),
  );
  return rule?.reply ?? DEFAULT_REPLY;
}
