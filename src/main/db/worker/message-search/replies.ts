/** Quick replies that a search means. */
import { VARIANTS, wordsOf, type Variant } from '#shared/domain/quick-replies/quick-reply';
import { matcherOf } from '#shared/domain/search/matching';
import type { SearchTerm } from '#shared/domain/search/query';
import { snippetOf } from '#shared/domain/search/snippet';
import type { FoundQuickReply } from '#shared/ipc/search-models';
import type { Reader } from '../handle';
import { allReplies } from '../quick-reply-rows';

/** By name, shortcut or words in either language; those whose name was meant come first. */
export function findQuickReplies(
  db: Reader,
  appids: readonly string[],
  terms: readonly SearchTerm[],
  limit: number,
): FoundQuickReply[] {
  const matcher = matcherOf(terms);
  return allReplies(db)
    .filter(({ appid }) => appid === null || appids.includes(appid))
    .flatMap((reply): FoundQuickReply[] => {
      const words = (variant: Variant) => (reply[variant] === null ? null : wordsOf(reply[variant]));
      const [zh, en] = VARIANTS.map(words);
      // One text, so that a word of the name and a word of the body may stand for the same reply.
      const whole = [reply.name, reply.shortcut, zh ?? '', en ?? ''].join('\n');
      if (!matcher.matches(whole)) return [];
      const snippet = (text: string | null | undefined) => (text == null ? null : snippetOf(text, matcher));
      return [{ reply, name: snippetOf(reply.name, matcher), zh: snippet(zh), en: snippet(en) }];
    })
    .sort((one, other) => Number(other.name.ranges.length > 0) - Number(one.name.ranges.length > 0))
    .slice(0, limit);
}
