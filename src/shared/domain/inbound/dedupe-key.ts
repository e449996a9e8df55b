/**
 * One key per push: WeChat repeats a push until it is answered, with the same ids and times.
 * Unique within one account.
 */
import type { NodeReader } from './xml-node';

/** What tells two events of one person, kind and second apart when there is no EventKey. */
function discriminator(node: NodeReader): string {
  const key = node.text('EventKey').trim();
  if (key !== '') return key;
  const parts = [
    node.optional('CardId'),
    node.optional('UserCardCode'),
    node.optional('OrderId'),
    ...['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent'].flatMap((wrapper) =>
      node
        .child(wrapper)
        .children('List')
        .map((item) => item.optional('MsgID') ?? item.optional('TemplateId')),
    ),
  ];
  return parts.filter((part) => part !== null).join(',');
}

export function dedupeKeyOf(node: NodeReader): string {
  const msgType = node.text('MsgType').trim().toLowerCase();
  const sender = node.text('FromUserName').trim();
  const createTime = node.text('CreateTime').trim();
  if (msgType !== 'event') {
    const msgId = node.optional('MsgId');
    return msgId === null ? `message|${sender}|${createTime}|${msgType}` : `message|${msgId}`;
  }
  const event = node.text('Event').trim().toLowerCase();
  const jobId = node.optional('MsgID') ?? node.child('PublishEventInfo').optional('publish_id');
  if (event.endsWith('jobfinish') && jobId !== null) return `job|${event}|${jobId}`;
  return `event|${sender}|${createTime}|${event}|${discriminator(node)}`;
}
