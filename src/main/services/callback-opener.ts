import { AppError } from '#shared/app-error';
import { convertInbound } from '#shared/domain/inbound/convert-inbound';
import type { InboundMessage } from '#shared/domain/message';
import { readReply, type PassiveReply } from '#shared/domain/replies/read-reply';
import type { FeedItem } from '#shared/relay/protocol';
import { openCallback, openReply, type CallbackKeys } from '#wechat/callback/callback';
import { parseXml } from '#wechat/callback/xml';
import type { SecretStore } from '../secrets/port';

/**
 * Opens what relays hand over of many accounts; keys are read from the keychain once. What the relay has opened itself
 * (component mode) needs none. Both methods throw AppError `callback/*`, `message/malformed`, `account/secret-missing`
 * when this item cannot be read, and `keychain/*` when no item can.
 */
export interface CallbackOpener {
  /** An item of kind `message`. */
  message(item: FeedItem): Promise<InboundMessage>;
  /** An item of kind `auto-reply`, with its XML. */
  reply(item: FeedItem): Promise<{ readonly reply: PassiveReply; readonly raw: string }>;
}

/** Failures that another key may cure. */
const NOT_THIS_KEY: ReadonlySet<string> = new Set(['callback/bad-padding', 'callback/appid-mismatch']);

export function createCallbackOpener(secrets: SecretStore): CallbackOpener {
  const keys = new Map<string, Promise<CallbackKeys>>();

  async function read(appid: string): Promise<CallbackKeys> {
    const [token, encodingAESKey, previousEncodingAESKey] = await Promise.all([
      secrets.get({ kind: 'callback-token', appid }),
      secrets.get({ kind: 'encoding-aes-key', appid }),
      secrets.get({ kind: 'previous-aes-key', appid }),
    ]);
    if (token === null || encodingAESKey === null) throw new AppError({ code: 'account/secret-missing' });
    return { appid, token, encodingAESKey, previousEncodingAESKey };
  }

  function keysOf(appid: string): Promise<CallbackKeys> {
    const known = keys.get(appid) ?? read(appid);
    keys.set(appid, known);
    return known;
  }

  return {
    async message({ appid, query, body, encrypted }) {
      const xml = encrypted ? openCallback({ query, body, mode: 'safe', ...(await keysOf(appid)) }) : body;
      return convertInbound(parseXml(xml), xml);
    },
    async reply({ appid, body, encrypted }) {
      const raw = encrypted ? openSealedReply(body, await keysOf(appid)) : body;
      return { reply: readReply(parseXml(raw), raw), raw };
    },
  };
}

/** A reply is sealed with the key that opened its message: after a change that may be the key of before. */
function openSealedReply(body: string, { previousEncodingAESKey, ...keys }: CallbackKeys): string {
  try {
    return openReply({ body, ...keys });
  } catch (error) {
    const curable = error instanceof AppError && NOT_THIS_KEY.has(error.code);
    if (!curable || !previousEncodingAESKey) throw error;
    return openReply({ body, ...keys, encodingAESKey: previousEncodingAESKey });
  }
}
