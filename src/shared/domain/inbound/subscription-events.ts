/** Subscription notices: accepted, refused, delivered. `List` repeats once per template. */
import type { EventContent } from '../message';
import type { EventConverters } from './event-converter';
import type { NodeReader } from './xml-node';

function choices(
  name: 'subscribe_msg_popup_event' | 'subscribe_msg_change_event',
  wrapper: NodeReader,
): EventContent {
  return {
    name,
    items: wrapper.children('List').map((item) => ({
      templateId: item.text('TemplateId'),
      status: item.text('SubscribeStatusString'),
      scene: item.optional('PopupScene'),
    })),
  };
}

export const SUBSCRIPTION_EVENTS: EventConverters = {
  subscribe_msg_popup_event: (node) =>
    choices('subscribe_msg_popup_event', node.child('SubscribeMsgPopupEvent')),
  subscribe_msg_change_event: (node) =>
    choices('subscribe_msg_change_event', node.child('SubscribeMsgChangeEvent')),
  subscribe_msg_sent_event: (node) => ({
    name: 'subscribe_msg_sent_event',
    items: node
      .child('SubscribeMsgSentEvent')
      .children('List')
      .map((item) => ({
        templateId: item.text('TemplateId'),
        msgId: item.text('MsgID'),
        errorCode: item.number('ErrorCode'),
        errorStatus: item.text('ErrorStatus'),
      })),
  }),
};
