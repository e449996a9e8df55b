/** Whether a quick reply can be kept, and whether what it says could be sent. */
import { checkCard, type CardProblem } from '../cards/check-card';
import { MAX_TEXT_BYTES, utf8Length } from '../media-limits';
import { foldText } from '../replies/fold-text';
import {
  MAX_NAME,
  MAX_SHORTCUT,
  VARIANTS,
  type QuickReply,
  type QuickReplyBody,
  type Variant,
} from './quick-reply';

export type ReplyProblem =
  | { readonly field: 'name'; readonly problem: 'missing' | 'too-long' }
  | { readonly field: 'shortcut'; readonly problem: 'too-long' | 'with-space' | 'taken' }
  /** Neither language says anything. */
  | { readonly field: 'body'; readonly problem: 'missing' }
  | {
      readonly field: Variant;
      readonly problem: 'missing' | 'too-long' | 'bad-card';
      readonly card?: CardProblem;
    };

/** Everything that is wrong with a reply among the others of the library; empty when it can be kept. */
export function checkQuickReply(
  reply: QuickReply,
  others: readonly Pick<QuickReply, 'id' | 'appid' | 'shortcut'>[] = [],
): readonly ReplyProblem[] {
  const problems: ReplyProblem[] = [];
  const name = reply.name.trim();
  if (name === '') problems.push({ field: 'name', problem: 'missing' });
  else if ([...name].length > MAX_NAME) problems.push({ field: 'name', problem: 'too-long' });
  const shortcut = reply.shortcut.trim();
  if (/\s/u.test(shortcut)) problems.push({ field: 'shortcut', problem: 'with-space' });
  else if ([...shortcut].length > MAX_SHORTCUT) problems.push({ field: 'shortcut', problem: 'too-long' });
  else if (others.some((other) => clashes(reply, other)))
    problems.push({ field: 'shortcut', problem: 'taken' });
  if (reply.zh === null && reply.en === null) problems.push({ field: 'body', problem: 'missing' });
  for (const variant of VARIANTS) {
    const body = reply[variant];
    if (body !== null) problems.push(...checkBody(variant, body));
  }
  return problems;
}

/** Whether two replies answer to the same shortcut in one account. */
function clashes(
  reply: Pick<QuickReply, 'id' | 'appid' | 'shortcut'>,
  other: Pick<QuickReply, 'id' | 'appid' | 'shortcut'>,
): boolean {
  if (reply.id === other.id || reply.shortcut.trim() === '') return false;
  if (foldText(reply.shortcut.trim()) !== foldText(other.shortcut.trim())) return false;
  return reply.appid === null || other.appid === null || reply.appid === other.appid;
}

function checkBody(field: Variant, body: QuickReplyBody): readonly ReplyProblem[] {
  switch (body.kind) {
    case 'text':
      if (body.text.trim() === '') return [{ field, problem: 'missing' }];
      return utf8Length(body.text) > MAX_TEXT_BYTES ? [{ field, problem: 'too-long' }] : [];
    case 'image':
      return body.pictureId === '' ? [{ field, problem: 'missing' }] : [];
    default: {
      const [card] = checkCard(body);
      return card === undefined ? [] : [{ field, problem: 'bad-card', card }];
    }
  }
}
