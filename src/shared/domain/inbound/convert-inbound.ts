/**
 * From a decrypted callback to the message model: one converter per message type and event, found in one registry.
 * What is not known is kept raw, so nothing that a customer sent is ever lost.
 */
import { AppError } from '../../app-error';
import type { EventContent, InboundContent, InboundMessage } from '../message';
import { AUTHORIZATION_EVENTS } from './authorization-events';
import { CARD_EVENTS } from './card-events';
import { dedupeKeyOf } from './dedupe-key';
import type { EventConverter } from './event-converter';
import { FOLLOW_EVENTS } from './follow-events';
import { JOB_EVENTS } from './job-events';
import { KF_EVENTS } from './kf-events';
import { MENU_EVENTS } from './menu-events';
import { MESSAGE_CONVERTERS } from './message-converters';
import { SUBSCRIPTION_EVENTS } from './subscription-events';
import { VERIFICATION_EVENTS } from './verification-events';
import type { NodeReader, XmlNode } from './xml-node';
import { readNode } from './xml-node';

const messages = new Map(Object.entries(MESSAGE_CONVERTERS));

/** Official pages list event names in one case; callbacks are accepted in any. */
const events = new Map<string, EventConverter>(
  Object.entries({
    ...FOLLOW_EVENTS,
    ...MENU_EVENTS,
    ...JOB_EVENTS,
    ...SUBSCRIPTION_EVENTS,
    ...AUTHORIZATION_EVENTS,
    ...KF_EVENTS,
    ...CARD_EVENTS,
    ...VERIFICATION_EVENTS,
  }).map(([name, converter]) => [name.toLowerCase(), converter]),
);

/**
 * Converts one callback. `root` is the content of `<xml>` or a tree whose only tag is `xml`; `raw` is the XML text.
 * Throws AppError `message/malformed` when ToUserName, FromUserName, CreateTime or MsgType is missing, never otherwise.
 */
export function convertInbound(root: XmlNode, raw: string): InboundMessage {
  const node = readNode(unwrap(root));
  const toUserName = required(node, 'ToUserName');
  const fromUserName = required(node, 'FromUserName');
  const createTime = Number(required(node, 'CreateTime'));
  if (!Number.isSafeInteger(createTime) || createTime < 0) throw malformed('CreateTime');
  const msgType = required(node, 'MsgType');
  const kind = msgType.toLowerCase();
  const content: InboundContent =
    kind === 'event'
      ? { kind: 'event', event: convertEvent(node) }
      : (messages.get(kind)?.(node) ?? { kind: 'unsupported', msgType, raw });
  return {
    toUserName,
    fromUserName,
    createTime,
    msgId: kind === 'event' ? null : node.optional('MsgId'),
    dedupeKey: dedupeKeyOf(node),
    content,
    raw,
  };
}

function convertEvent(node: NodeReader): EventContent {
  const event = node.text('Event').trim();
  const converter = events.get(event.toLowerCase());
  return converter?.(node) ?? { name: 'other', event, key: node.optional('EventKey') };
}

function unwrap(root: XmlNode): XmlNode {
  const inner = typeof root === 'string' ? undefined : root['xml'];
  return inner === undefined || isList(inner) || Object.keys(root).length !== 1 ? root : inner;
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}

function required(node: NodeReader, tag: string): string {
  const text = node.optional(tag);
  if (text === null) throw malformed(tag);
  return text;
}

function malformed(tag: string): AppError {
  return new AppError({ code: 'message/malformed', params: { node: tag } });
}
