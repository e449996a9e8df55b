import { replyContent, replyRule, type ReplyContent, type ReplyRule } from '../../relay/reply-rules';
import type { ConvertedMenu } from './convert-menu';
import type { SiteReplies, SiteReply, TakeoverNote } from './website';

export interface ConvertedReplies {
  readonly rules: readonly ReplyRule[];
  readonly notes: readonly TakeoverNote[];
}

/** A rule holds at most so many keywords; longer lists are split. */
const KEYWORDS_PER_RULE = 50;

/** Names of the rules that have none on the website, and of nothing else. */
export interface RuleNames {
  readonly follow: string;
  readonly other: string;
}

/**
 * The website's automatic replies as rules, with ids that begin with `site-` and stay the same for the same snapshot, so
 * that importing twice changes nothing. Replies that were switched off stay so.
 */
export function convertReplies(
  replies: SiteReplies,
  texts: ConvertedMenu['texts'],
  names: RuleNames,
): ConvertedReplies {
  const rules: ReplyRule[] = [];
  const notes: TakeoverNote[] = [];

  function add(
    idOf: string,
    name: string,
    isOpen: boolean,
    trigger: ReplyRule['trigger'],
    reply: ReplyContent,
  ): void {
    const rule = {
      id: `site-${idOf}`,
      name: name.slice(0, 60),
      enabled: isOpen,
      priority: 0,
      trigger,
      reply,
    };
    const checked = replyRule.safeParse(rule);
    if (checked.success) rules.push(checked.data);
    else notes.push({ name, reason: 'too-long' });
  }
  function single(
    idOf: string,
    name: string,
    isOpen: boolean,
    trigger: ReplyRule['trigger'],
    from: SiteReply | undefined,
  ): void {
    if (from === undefined || from.content === '') return;
    const reply = choose(name, [from], notes);
    if (reply === null) return;
    if (!isOpen) notes.push({ name, reason: 'was-off' });
    add(idOf, name, isOpen, trigger, reply);
  }

  const { is_add_friend_reply_open: follow, is_autoreply_open: auto } = replies;
  single('follow', names.follow, follow === 1, { on: 'follow' }, replies.add_friend_autoreply_info);
  (replies.keyword_autoreply_info?.list ?? []).forEach((rule, index) => {
    const reply = choose(rule.rule_name, rule.reply_list_info, notes);
    const keywords = rule.keyword_list_info
      .filter(({ content }) => content !== '')
      .map(({ match_mode: match, content }) => ({
        match: match === 'equal' ? ('equals' as const) : ('contains' as const),
        text: content,
      }));
    if (reply === null) return;
    if (keywords.length === 0) {
      notes.push({ name: rule.rule_name, reason: 'empty' });
      return;
    }
    if (auto !== 1) notes.push({ name: rule.rule_name, reason: 'was-off' });
    for (let from = 0; from < keywords.length; from += KEYWORDS_PER_RULE) {
      const part = from === 0 ? '' : `-${String(from / KEYWORDS_PER_RULE + 1)}`;
      const some = keywords.slice(from, from + KEYWORDS_PER_RULE);
      const trigger = { on: 'keyword' as const, keywords: some };
      add(`keyword-${String(index + 1)}${part}`, rule.rule_name, auto === 1, trigger, reply);
    }
  });
  const other = replies.message_default_autoreply_info;
  single('default', names.other, auto === 1, { on: 'default' }, other);
  texts.forEach(({ key, name, text }, index) => {
    add(`menu-${String(index + 1)}`, name, true, { on: 'menu', keys: [key] }, { kind: 'text', text });
  });
  return { rules, notes };
}

/** The first that a passive reply can carry; null, and a note why, when none can. */
function choose(name: string, all: readonly SiteReply[], notes: TakeoverNote[]): ReplyContent | null {
  let reason: TakeoverNote['reason'] = 'empty';
  for (const one of all) {
    const content = contentOf(one);
    if (typeof content === 'string') {
      reason = content;
      continue;
    }
    const articles = one.news_info?.list.length ?? 0;
    if (all.length > 1 || articles > 1) notes.push({ name, reason: 'first-only' });
    return content;
  }
  notes.push({ name, reason });
  return null;
}

function contentOf({
  type,
  content,
  news_info: news,
}: SiteReply): ReplyContent | 'media' | 'type' | 'too-long' {
  let reply: unknown;
  if (type === 'text') reply = { kind: 'text', text: content };
  else if (type === 'news') {
    const articles = (news?.list ?? []).map(({ title, digest, cover_url: picUrl, content_url: url }) => ({
      ...{ title, picUrl, url },
      description: digest.slice(0, 1_024),
    }));
    reply = { kind: 'news', articles: articles.slice(0, 1) };
  } else return ['img', 'voice', 'video'].includes(type) ? 'media' : 'type';
  const checked = replyContent.safeParse(reply);
  if (checked.success) return checked.data;
  return type === 'text' ? 'too-long' : 'type';
}
