import type { ReplyRule, ReplyRuleSet } from '#shared/relay/reply-rules';
import { openReply, sealCallback } from '#wechat/callback/callback';
import { buildXml, parseXml, xmlText } from '#wechat/callback/xml';
import { AES_KEY, APPID, TOKEN, type DeviceClient, type Push } from '../support/relay-harness';

export const OTHER_KEY = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba';

let ids = 0;

interface Words {
  readonly text?: string;
  readonly from?: string;
  readonly createTime?: number;
  readonly msgId?: string;
}

/** The XML of a text message, each with an id of its own. */
export function textMessage(words: Words = {}): string {
  ids += 1;
  return buildXml({
    ToUserName: 'gh_0123456789ab',
    FromUserName: words.from ?? 'oUser1',
    CreateTime: words.createTime ?? 1_800_000_000,
    MsgType: 'text',
    Content: words.text ?? '你好',
    MsgId: words.msgId ?? String(24_000_000_000_000_000n + BigInt(ids)),
  });
}

export function eventMessage(event: string, key = '', from = 'oUser1'): string {
  return buildXml({
    ToUserName: 'gh_0123456789ab',
    FromUserName: from,
    CreateTime: 1_800_000_000,
    MsgType: 'event',
    Event: event,
    EventKey: key,
  });
}

export interface Keys {
  readonly token?: string;
  readonly encodingAESKey?: string;
  readonly appid?: string;
}

/** A push of this XML as WeChat seals it, with a fresh nonce every time. */
export function pushOf(xml: string, now: number, keys: Keys = {}): Push {
  const { query, body } = sealCallback({
    token: keys.token ?? TOKEN,
    encodingAESKey: keys.encodingAESKey ?? AES_KEY,
    appid: keys.appid ?? APPID,
    toUserName: 'gh_0123456789ab',
    message: xml,
    timestamp: now,
  });
  return { query, body };
}

/** What the customer sees of an encrypted passive reply: its nodes. */
export function readReply(body: string, keys: Keys = {}): (tag: string) => string | null {
  const xml = openReply({
    body,
    token: keys.token ?? TOKEN,
    encodingAESKey: keys.encodingAESKey ?? AES_KEY,
    appid: keys.appid ?? APPID,
  });
  const node = parseXml(xml);
  return (tag) => xmlText(node, tag);
}

/** Gives the relay an account with its AES key. */
export async function bindAssisted(
  device: DeviceClient,
  { appid = APPID, ...keys }: Keys & { readonly previousEncodingAESKey?: string } = {},
): Promise<string> {
  const body = { mode: 'assisted', token: TOKEN, encodingAESKey: AES_KEY, ...keys };
  const response = await device.request('PUT', `/v1/accounts/${appid}`, body);
  if (response.status !== 200) throw new Error(`binding was answered ${String(response.status)}`);
  return ((await response.json()) as { callbackUrl: string }).callbackUrl;
}

export async function putRules(
  device: DeviceClient,
  rules: readonly ReplyRule[],
  { version = 1, appid = APPID, timeZone = 'Asia/Shanghai' } = {},
): Promise<Response> {
  const set: ReplyRuleSet = { version, timeZone, rules: [...rules] };
  return device.request('PUT', `/v1/accounts/${appid}/rules`, set);
}
