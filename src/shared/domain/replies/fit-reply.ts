import type { ReplyContent } from '../../relay/reply-rules';
import type { InboundMessage } from '../message';

/**
 * A reply as WeChat takes it in answer to this message: of news (图文) only the first article answers what a customer sent;
 * a follow, a scan or a menu tap may be answered with all of them (up to eight). Passive replies (被动回复).
 */
export function fitReply(reply: ReplyContent, { content }: InboundMessage): ReplyContent {
  if (reply.kind !== 'news' || content.kind === 'event') return reply;
  return { ...reply, articles: reply.articles.slice(0, 1) };
}
