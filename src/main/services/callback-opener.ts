import { AppError } from '#shared/app-error';
import { convertInbound } from '#shared/domain/inbound/convert-inbound';
import type { InboundMessage } from '#shared/domain/message';
import type { FeedItem } from '#shared/relay/protocol';
import { openCallback, type CallbackKeys } from '#wechat/callback/callback';
import { parseXml } from '#wechat/callback/xml';
import type { SecretStore } from '../secrets/port';

/** Opens callbacks of many accounts; keys are read from the keychain once. */
export interface CallbackOpener {
  /**
   * @throws AppError `callback/*`, `message/malformed`, `account/secret-missing` when this item cannot be read;
   * `keychain/*` when no item can
   */
  open(item: FeedItem): Promise<InboundMessage>;
}

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
    async open({ appid, query, body }) {
      const xml = openCallback({ query, body, mode: 'safe', ...(await keysOf(appid)) });
      return convertInbound(parseXml(xml), xml);
    },
  };
}
