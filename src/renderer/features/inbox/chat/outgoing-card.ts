/** A card on its way: what its bubble shows until main answers. */
import type { Card } from '#shared/domain/cards/card';
import { trimmedCard } from '#shared/domain/cards/check-card';
import { outboundOf } from '#shared/domain/cards/outbound-card';
import type { OutboundContent } from '#shared/domain/message';
import type { StagedPicture } from '#shared/ipc/card-models';
import type { Message } from '#shared/ipc/models';

export interface OutgoingCard {
  readonly kind: 'card';
  readonly card: Card;
  /** What the card's picture is on this computer. */
  readonly picture: StagedPicture | null;
}

export function cardContentOf({ card }: OutgoingCard): OutboundContent {
  return outboundOf(trimmedCard(card));
}

export function cardMediaOf({ picture }: OutgoingCard): Message['media'] {
  return picture === null
    ? { state: 'none', url: null, mime: null, bytes: null }
    : { state: 'ready', url: picture.url, mime: picture.mime, bytes: picture.bytes };
}
