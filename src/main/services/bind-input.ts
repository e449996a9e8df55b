import { AppError } from '#shared/app-error';
import { appid as appidSchema } from '#shared/ipc/models';
import type { Input } from '#shared/ipc/contract';
import type { Account } from '#shared/ipc/models';
import { checkedOrigin } from './wechat-clients';

/** What the owner typed, checked and in one form. */
export interface CheckedBindInput {
  readonly name: string;
  readonly appid: string;
  readonly secret: string;
  readonly region: 'mainland' | 'overseas';
  /** What the owner says, null for nothing. */
  readonly kind: Account['kind'] | null;
  /** Origin of the relay, without a path. */
  readonly relayUrl: string;
  readonly pairingCode: string;
  readonly apiOrigin: string | null;
  /** 43 letters and digits (callbacks §3); null: a new one is to be made. */
  readonly encodingAESKey: string | null;
  /** The Token that goes with that key; null: a new one is to be made. */
  readonly callbackToken: string | null;
}

/**
 * White space around pasted values is dropped; nothing else is guessed.
 * @throws AppError `account/bad-appid`, `account/bad-secret-form`, `account/bad-aes-form`, `account/bad-token-form`, `relay/bad-address`, `config/invalid-url`
 */
export function checkBindInput(input: Input<'accounts.bind'>): CheckedBindInput {
  const appid = input.appid.trim();
  if (!appidSchema.safeParse(appid).success) throw new AppError({ code: 'account/bad-appid' });
  const secret = input.secret.trim();
  if (!/^[0-9a-f]{32}$/i.test(secret)) throw new AppError({ code: 'account/bad-secret-form' });
  const key = input.encodingAESKey?.trim() ?? '';
  if (key !== '' && !/^[A-Za-z0-9]{43}$/.test(key)) throw new AppError({ code: 'account/bad-aes-form' });
  const token = input.callbackToken?.trim() ?? '';
  if (token !== '' && !/^[A-Za-z0-9]{3,32}$/.test(token))
    throw new AppError({ code: 'account/bad-token-form' });
  const apiOrigin = input.apiOrigin?.trim() ?? '';
  return {
    name: input.name.trim(),
    appid,
    secret,
    region: input.region,
    kind: input.kind ?? null,
    relayUrl: relayOrigin(input.relayUrl.trim()),
    pairingCode: input.pairingCode.trim(),
    apiOrigin: apiOrigin === '' ? null : checkedOrigin(apiOrigin),
    encodingAESKey: key === '' ? null : key,
    callbackToken: token === '' ? null : token,
  };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A relay carries a device token with every call, so it is reached by https, or on this machine. @throws AppError relay/bad-address */
export function relayOrigin(text: string): string {
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  } catch (cause) {
    throw new AppError({ code: 'relay/bad-address' }, { cause });
  }
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!safe || url.username !== '' || url.password !== '') throw new AppError({ code: 'relay/bad-address' });
  return url.origin;
}
