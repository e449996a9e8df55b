/** What the variables of a quick reply mean in one conversation. */
import type { Variant } from '#shared/domain/quick-replies/quick-reply';
import {
  clockValues,
  shopValues,
  type ShopWords,
  type VariableValues,
} from '#shared/domain/quick-replies/variables';
import type { Account, Conversation } from '#shared/ipc/models';
import type { QuickReplyLibrary } from '#shared/ipc/quick-reply-models';

/** The account's own words, and those for every account where it has none. */
export function wordsFor(book: QuickReplyLibrary['shopWords'], appid: string | null): ShopWords {
  const own = appid === null ? {} : (book[appid] ?? {});
  const said = Object.entries(own).filter(([, { zh, en }]) => zh.trim() !== '' || en.trim() !== '');
  return { ...(book[''] ?? {}), ...Object.fromEntries(said) };
}

/**
 * @param now server time, unix seconds
 * The placeholder that stands for a person without a name is no way to address them, so it is not taken.
 */
export function valuesFor(
  conversation: Pick<Conversation, 'alias' | 'remark'> | null,
  account: Pick<Account, 'appid' | 'name'> | null,
  book: QuickReplyLibrary['shopWords'],
  variant: Variant,
  now: number,
): VariableValues {
  const alias = (conversation?.alias ?? '').trim() || (conversation?.remark ?? '').trim();
  return {
    ...clockValues(now * 1000, variant),
    ...(account ? { shop: account.name } : {}),
    ...shopValues(wordsFor(book, account?.appid ?? null), variant),
    ...(alias === '' ? {} : { alias }),
  };
}
