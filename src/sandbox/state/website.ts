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
  if (account.website !== null) return account.website.menu;
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
export function websiteAutoReply(account: Account): JsonObject {
  if (account.website !== null) return account.website.autoReply;
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

interface SiteReply {
  readonly type: string;
  readonly content: string;
}
interface SiteRules {
  readonly add_friend_autoreply_info?: SiteReply;
  readonly message_default_autoreply_info?: SiteReply;
  readonly keyword_autoreply_info?: {
    readonly list: readonly {
      readonly keyword_list_info: readonly { readonly match_mode: string; readonly content: string }[];
      readonly reply_list_info: readonly SiteReply[];
    }[];
  };
}

/** The text that the website answers by itself while no server is connected; null when it has none. */
export function websiteReplyTo(
  account: Account,
  trigger: { readonly follow: true } | { readonly text: string | null },
): string | null {
  // Safe: made here, or checked by the control route's schema.
  const rules = websiteAutoReply(account) as SiteRules;
  const text = (reply: SiteReply | undefined): string | null =>
    reply?.type === 'text' ? reply.content : null;
  if ('follow' in trigger) return text(rules.add_friend_autoreply_info);
  const rule = rules.keyword_autoreply_info?.list.find(({ keyword_list_info: keywords }) =>
    keywords.some(({ match_mode: match, content }) =>
      match === 'equal' ? trigger.text === content : trigger.text?.includes(content),
    ),
  );
  return text(rule?.reply_list_info[0] ?? rules.message_default_autoreply_info);
}
