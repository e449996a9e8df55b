/** Cards and coupons. The product keeps what identifies the card; the rest stays in the raw XML. */
import type { EventConverters } from './event-converter';

const CARD_EVENT_NAMES = [
  'card_pass_check',
  'card_not_pass_check',
  'user_get_card',
  'user_gifting_card',
  'user_del_card',
  'user_consume_card',
  'user_pay_from_pay_cell',
  'user_view_card',
  'user_enter_session_from_card',
  'update_member_card',
  'card_sku_remind',
  'card_pay_order',
  'submit_membercard_user_info',
  'giftcard_pay_done',
  'giftcard_send_to_friend',
  'giftcard_user_accept',
] as const;

export const CARD_EVENTS: EventConverters = Object.fromEntries(
  CARD_EVENT_NAMES.map((cardEvent) => [
    cardEvent,
    (node) => ({
      name: 'card',
      cardEvent,
      cardId: node.optional('CardId'),
      userCardCode: node.optional('UserCardCode'),
    }),
  ]),
);
