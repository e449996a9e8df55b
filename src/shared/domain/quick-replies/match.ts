/** Which quick replies a few typed letters mean, best first. */
import { foldText } from '../replies/fold-text';
import { pinyinInitials } from './pinyin';
import { VARIANTS, wordsOf, type KeptQuickReply } from './quick-reply';

/** Half of a use counts as much again after so long, seconds. */
const HALF_LIFE = 30 * 86_400;

/** Replies that may be used in an account. */
export function repliesFor<T extends Pick<KeptQuickReply, 'appid'>>(
  replies: readonly T[],
  appid: string,
): readonly T[] {
  return replies.filter((reply) => reply.appid === null || reply.appid === appid);
}

/** How much a reply is used: every use counts, long ago less. */
export function useWeight(reply: Pick<KeptQuickReply, 'uses' | 'lastUsedAt'>, now: number): number {
  if (reply.lastUsedAt === null) return 0;
  return reply.uses * 0.5 ** (Math.max(0, now - reply.lastUsedAt) / HALF_LIFE);
}

/** How well a reply answers to a query, 0: not at all. */
function score(reply: KeptQuickReply, query: string): number {
  const shortcut = foldText(reply.shortcut);
  const name = foldText(reply.name);
  if (shortcut === query) return 100;
  if (shortcut !== '' && shortcut.startsWith(query)) return 80;
  if (name.startsWith(query)) return 70;
  if (name.includes(query)) return 60;
  if (foldText(pinyinInitials(reply.name)).includes(query)) return 50;
  if (shortcut.includes(query)) return 40;
  const words = VARIANTS.flatMap((variant) => reply[variant] ?? []).map((body) => foldText(wordsOf(body)));
  return words.some((text) => text.includes(query)) ? 20 : 0;
}

/**
 * Replies that answer to a query by shortcut, name (also by pinyin initials) or text, best first; among equals the one
 * used more, then in their own order. An empty query means all. `now` in unix seconds.
 */
export function matchReplies<T extends KeptQuickReply>(
  replies: readonly T[],
  query: string,
  now: number,
): readonly T[] {
  const wanted = foldText(query.trim());
  const ranked = replies.flatMap((reply, place) => {
    const points = wanted === '' ? 1 : score(reply, wanted);
    return points === 0 ? [] : [{ reply, points, weight: useWeight(reply, now), place }];
  });
  return ranked
    .sort((a, b) => b.points - a.points || b.weight - a.weight || a.place - b.place)
    .map(({ reply }) => reply);
}
