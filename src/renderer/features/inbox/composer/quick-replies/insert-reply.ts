/** The way of a quick reply into a conversation. */
import { fillBody } from '#shared/domain/quick-replies/fill-body';
import type { KeptQuickReply, QuickReplyBody, Variant } from '#shared/domain/quick-replies/quick-reply';
import { fillText, type Filled, type VariableValues } from '#shared/domain/quick-replies/variables';
import { call } from '../../../../api';
import type { Person } from '../../../../app/navigation';
import { openFilled } from '../insert/editor-store';

/**
 * Hands what a reply says to a conversation and counts the use: a text to `insert` at once, anything else to its editor as
 * soon as main has handed its picture over. @throws AppError
 */
export async function insertReply(
  { id }: Pick<KeptQuickReply, 'id'>,
  said: { readonly variant: Variant; readonly body: QuickReplyBody },
  values: VariableValues,
  who: Person,
  insert: (filled: Filled) => void,
): Promise<void> {
  const { body } = fillBody(said.body, values, said.variant);
  if (said.body.kind === 'text') insert(fillText(said.body.text, values, said.variant));
  const handed = await call('quickReplies.use', { id, appid: who.appid, body });
  if (handed.body.kind !== 'text') openFilled(who, { body: handed.body, picture: handed.picture });
}
