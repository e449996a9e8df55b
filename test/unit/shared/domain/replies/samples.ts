import { convertInbound } from '#shared/domain/inbound/convert-inbound';
import type { XmlNode } from '#shared/domain/inbound/xml-node';
import type { InboundMessage } from '#shared/domain/message';
import type { ReplyContext } from '#shared/domain/replies/choose-reply';
import type { ReplyRule, ReplyRuleSet } from '#shared/relay/reply-rules';
import { replyRuleSet } from '#shared/relay/reply-rules';

/** 2026-03-02, a Monday, 12:00 in Shanghai. */
export const MONDAY_NOON = Date.UTC(2026, 2, 2, 4) / 1000;
export const HOUR = 3_600;

/** A message or event as the converters make it from WeChat's nodes. */
export function inbound(nodes: Readonly<Record<string, XmlNode>>): InboundMessage {
  const head = { ToUserName: 'gh_0123456789ab', FromUserName: 'oUser1', CreateTime: String(MONDAY_NOON) };
  return convertInbound({ ...head, ...nodes }, '<xml/>');
}

export const text = (content: string): InboundMessage =>
  inbound({ MsgType: 'text', Content: content, MsgId: '1' });
export const event = (name: string, key = ''): InboundMessage =>
  inbound({ MsgType: 'event', Event: name, EventKey: key });
export const picture = (): InboundMessage => inbound({ MsgType: 'image', MediaId: 'M1', PicUrl: '' });

type RuleInput = Pick<ReplyRule, 'id' | 'trigger'> & Partial<ReplyRule>;

/** A rule that is on and answers with its id. */
export function rule(input: RuleInput): ReplyRule {
  return {
    name: input.id,
    enabled: true,
    priority: 0,
    reply: { kind: 'text', text: input.id },
    ...input,
  };
}

/** Parsed, so that every sample is one that the relay takes. */
export function ruleSet(rules: readonly ReplyRule[], timeZone = 'Asia/Shanghai'): ReplyRuleSet {
  return replyRuleSet.parse({ version: 1, timeZone, rules });
}

export function keyword(
  id: string,
  match: 'equals' | 'contains' | 'regex',
  word: string,
  more: Partial<ReplyRule> = {},
): ReplyRule {
  return rule({ id, trigger: { on: 'keyword', keywords: [{ match, text: word }] }, ...more });
}

export const fallback = (id = 'default', more: Partial<ReplyRule> = {}): ReplyRule =>
  rule({ id, trigger: { on: 'default' }, ...more });

export function context(
  now = MONDAY_NOON,
  answeredAt: ReplyContext['answeredAt'] = () => null,
): ReplyContext {
  return { now, answeredAt };
}
