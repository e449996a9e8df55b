import { isUtf8 } from 'node:buffer';
import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import { decryptWithKeys } from '#wechat/callback/envelope';
import { parseXml, type XmlNode } from '#wechat/callback/xml';
import { checkPush } from '../callback/check';
import { readCallbackQuery } from '../callback/query';
import type { PlatformKeys } from './platform';

/** A request that WeChat made. */
export interface RawPush {
  /** GET or POST. */
  readonly method: string;
  /** As it came, without `?`. */
  readonly query: string;
  readonly body: Buffer;
}

/**
 * The content of a push that is sealed with the platform's keys, checked as every push in safe mode: signature, age, and the
 * component's AppID inside. `encodingAESKey` is the key that opened it, which also seals the answer.
 * @throws AppError of `callback/`
 */
export function openPlatformPush(
  { query: rawQuery, body }: RawPush,
  keys: PlatformKeys,
  { now, timestampWindow }: { readonly now: UnixSeconds; readonly timestampWindow: number },
): { readonly message: XmlNode; readonly encodingAESKey: string } {
  const { componentAppid: appid, token, encodingAESKey, previousEncodingAESKey } = keys;
  const query = readCallbackQuery(rawQuery);
  if (!isUtf8(body)) throw new AppError({ code: 'callback/bad-xml' });
  const { encrypt } = checkPush(token, query, body);
  if (Math.abs(now - query.timestamp) > timestampWindow) throw new AppError({ code: 'callback/stale' });
  const opened = decryptWithKeys({ encodingAESKey, previousEncodingAESKey, appid, encrypt });
  const used = opened.key === 'current' ? encodingAESKey : (previousEncodingAESKey ?? encodingAESKey);
  return { message: parseXml(opened.message), encodingAESKey: used };
}
