/** A card as a message of the customer-service API. */
import type { OutboundContent } from '../message';
import type { Card } from './card';

/** What the card is to WeChat; the id of its picture is given at the moment of sending. */
export function outboundOf(card: Card): OutboundContent {
  switch (card.kind) {
    case 'music': {
      const { pictureId: _local, ...words } = card;
      return { ...words, thumbMediaId: '' };
    }
    case 'news': {
      const { pictureId: _local, ...words } = card;
      return words;
    }
    case 'miniprogram': {
      const { pictureId: _local, ...words } = card;
      return { ...words, thumbMediaId: '' };
    }
    case 'article':
      return card;
    case 'menu': {
      const items = card.items.map(({ id, content }) => ({ id, content: content.trim() }));
      return { ...card, items };
    }
  }
}
