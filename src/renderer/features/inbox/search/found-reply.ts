/** Which variant of a quick reply that was found is meant. */
import { bodyOf, type Variant } from '#shared/domain/quick-replies/quick-reply';
import type { FoundQuickReply } from '#shared/ipc/search-models';

/** The one in which the words were found; the `preferred` one when that is both or neither. */
export function variantFound(found: FoundQuickReply, preferred: Variant): ReturnType<typeof bodyOf> {
  const other: Variant = preferred === 'zh' ? 'en' : 'zh';
  const foundIn = (variant: Variant) => (found[variant]?.ranges.length ?? 0) > 0;
  return bodyOf(found.reply, foundIn(other) && !foundIn(preferred) ? other : preferred);
}
