import { AppError } from '#shared/app-error';
import { decryptEnvelope } from '#wechat/callback/envelope';
import { extractEncrypt } from '#wechat/callback/xml';
import type { StoredItem } from '../store/port';
import type { Platform } from './platform';

/** How an item goes to a device. */
export interface Presented {
  readonly encrypted: boolean;
  readonly body: string;
}

/**
 * What a device gets of a stored item. Pushes of authorized accounts, and the replies to them, are sealed with the
 * platform's keys, which no desktop has: they are opened here, in memory, also with keys of the past, and leave over TLS.
 * Everything else goes as it is; an item that no key opens any more stays encrypted rather than stop the feed.
 */
export async function present(item: StoredItem, platform: Platform): Promise<Presented> {
  const body = item.body.toString('utf8');
  if (item.kind === 'notice') return { encrypted: false, body };
  for (const { componentAppid, encodingAESKey } of await platform.keyring()) {
    const message = openWith(body, componentAppid, encodingAESKey);
    if (message !== null) return { encrypted: false, body: message };
  }
  return { encrypted: true, body };
}

/** Null when it was sealed with another key or for another AppID, as the pushes of sealed and assisted accounts are. */
function openWith(body: string, appid: string, encodingAESKey: string): string | null {
  try {
    return decryptEnvelope({ appid, encodingAESKey, encrypt: extractEncrypt(body).encrypt });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
