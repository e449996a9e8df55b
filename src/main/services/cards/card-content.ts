import { AppError } from '#shared/app-error';
import { pictureOf, type Card } from '#shared/domain/cards/card';
import { checkCard, trimmedCard, type CardProblemKind } from '#shared/domain/cards/check-card';
import { outboundOf } from '#shared/domain/cards/outbound-card';
import type { OutboundContent } from '#shared/domain/message';

const REFUSALS: Readonly<Record<CardProblemKind, string>> = {
  missing: 'card/incomplete',
  'too-long': 'card/too-long',
  'not-a-link': 'card/bad-link',
  'not-an-app-id': 'card/bad-mini-program',
  'leading-slash': 'card/bad-mini-program',
  'too-many': 'card/too-many-options',
  duplicate: 'card/same-options',
};

/**
 * What WeChat is to get of a card, and the local picture that goes with it.
 * @throws AppError `card/*` for what checkCard refuses
 */
export function cardContent(given: Card): { content: OutboundContent; mediaId: string | null } {
  const card = trimmedCard(given);
  const [problem] = checkCard(card);
  if (problem) {
    const { limit, length } = problem;
    throw new AppError({
      code: REFUSALS[problem.problem],
      params: { ...(limit && { limit: limit.max }), ...(length !== undefined && { length }) },
    });
  }
  return { content: outboundOf(card), mediaId: pictureOf(card) };
}
