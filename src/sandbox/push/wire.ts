import { encryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';
import { buildXml, type XmlInput } from '#wechat/callback/xml';
import type { Account } from '../state/account';
import type { Random } from '../random';
import { envelopeAppid, type CallbackTarget } from './target';

/** The nodes of a push after the four common ones. */
export type PushNodes = Readonly<Record<string, XmlInput | readonly XmlInput[]>>;

export interface Push {
  readonly openid: string;
  readonly msgType: string;
  readonly createTime: number;
  readonly nodes: PushNodes;
  /** Nodes that WeChat writes as bare digits at the end, such as a 64-bit MsgId. */
  readonly plainTail: Readonly<Record<string, string>>;
}

/** A stamp of freshness on the wire is always the machine's time, whatever the sandbox's clock says. */
export function wireTimestamp(): string {
  return String(Math.floor(Date.now() / 1000));
}

export function wireNonce(random: Random): string {
  return String(random.between(100_000_000, 2_147_483_647));
}

/** The plain XML of a push. */
export function pushXml(account: Account, push: Push): string {
  const xml = buildXml({ ...head(account, push), ...push.nodes });
  const tail = Object.entries(push.plainTail).map(([tag, digits]) => `<${tag}>${digits}</${tag}>`);
  return xml.replace(/<\/xml>$/, () => `${tail.join('')}</xml>`);
}

function head(account: Account, push: Push): PushNodes {
  return {
    ToUserName: account.originalId,
    FromUserName: push.openid,
    CreateTime: push.createTime,
    MsgType: push.msgType,
  };
}

export interface WireRequest {
  readonly url: URL;
  readonly body: string;
}

/** One delivery: query and body in the server's mode, with fresh timestamp, nonce and signatures (callbacks.md §2). */
export function wireRequest(
  account: Account,
  server: CallbackTarget,
  push: Push,
  random: Random,
): WireRequest {
  const timestamp = wireTimestamp();
  const nonce = wireNonce(random);
  const url = new URL(server.url);
  url.searchParams.set('signature', sign(server.token, timestamp, nonce));
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  url.searchParams.set('openid', push.openid);
  const plain = pushXml(account, push);
  if (server.mode === 'plain') return { url, body: plain };
  const encrypt = encryptEnvelope({
    encodingAESKey: server.encodingAESKey,
    appid: envelopeAppid(account, server),
    message: plain,
    random: random.bytes(16),
  });
  url.searchParams.set('encrypt_type', 'aes');
  url.searchParams.set('msg_signature', sign(server.token, timestamp, nonce, encrypt));
  const sealed = `<Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
  if (server.mode === 'compatible') return { url, body: plain.replace(/<\/xml>$/, () => sealed) };
  return { url, body: `<xml><ToUserName><![CDATA[${account.originalId}]]></ToUserName>${sealed}` };
}
