import { isAscii, isUtf8 } from 'node:buffer';
import { AppError } from '#shared/app-error';
import { buildXml, extractEncrypt, XML_LIMITS } from '#wechat/callback/xml';

/** What arrives encrypted, without anything that stood beside it. */
export interface Envelope {
  /** The ciphertext, as the signature covers it. */
  readonly encrypt: string;
  /** What to keep: WeChat's own bytes, or in compatible mode (兼容模式) the envelope alone. */
  readonly body: Buffer;
}

/**
 * The envelope in a callback's body.
 * @throws AppError `callback/bad-xml` when it is no UTF-8, and those of `extractEncrypt`
 */
export function readEnvelope(body: Buffer): Envelope {
  const encrypt = scanEnvelope(body);
  return encrypt === null ? parseEnvelope(body) : { encrypt, body };
}

function parseEnvelope(body: Buffer): Envelope {
  if (!isUtf8(body)) throw new AppError({ code: 'callback/bad-xml' });
  const text = body.toString('utf8');
  const { toUserName, encrypt } = extractEncrypt(text);
  if (BARE.test(text)) return { encrypt, body };
  const name = toUserName !== null && NAME.test(toUserName) ? toUserName : '';
  return { encrypt, body: Buffer.from(buildXml({ ToUserName: name, Encrypt: encrypt })) };
}

const BEFORE_NAME = '<ToUserName><![CDATA[';
const AFTER_NAME = ']]></ToUserName>';
const BEFORE_CIPHERTEXT = '<Encrypt><![CDATA[';
const AFTER_CIPHERTEXT = ']]></Encrypt>';
const NAME = /^[\w-]{0,64}$/;

/**
 * The ciphertext of a body that is, but for white space between the tags, to the letter what WeChat sends in safe mode
 * (安全模式): ASCII, two leaves in CDATA. Null for any other, which the parser then accepts or refuses. Whether it is base64
 * is left to whoever opens it: before that the signature says whose words it is.
 */
export function scanEnvelope(body: Buffer): string | null {
  if (body.length > XML_LIMITS.maxBytes || !isAscii(body)) return null;
  const text = body.toString('latin1');
  let at = skipBlanks(text, 0);
  if (!text.startsWith('<xml>', at)) return null;
  at = skipBlanks(text, at + 5);
  if (!text.startsWith(BEFORE_NAME, at)) return null;
  at += BEFORE_NAME.length;
  const nameEnd = text.indexOf(']', at);
  if (nameEnd === -1 || !text.startsWith(AFTER_NAME, nameEnd) || !NAME.test(text.slice(at, nameEnd)))
    return null;
  at = skipBlanks(text, nameEnd + AFTER_NAME.length);
  if (!text.startsWith(BEFORE_CIPHERTEXT, at)) return null;
  at += BEFORE_CIPHERTEXT.length;
  const end = text.indexOf(']', at);
  if (end === -1 || !text.startsWith(AFTER_CIPHERTEXT, end)) return null;
  const encrypt = text.slice(at, end);
  at = skipBlanks(text, end + AFTER_CIPHERTEXT.length);
  if (!text.startsWith('</xml>', at) || skipBlanks(text, at + 6) !== text.length) return null;
  // XML would make a line feed of it.
  return encrypt === '' || encrypt.includes('\r') ? null : encrypt;
}

/** Where the next character stands that is no space, tab or line end. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9;)
    code = text.charCodeAt((at += 1));
  return at;
}

/**
 * A body of nothing but the account and the ciphertext. In compatible mode the message stands beside them in the clear; the
 * disk must not hold it, and no signature covers it.
 */
const BARE =
  /^\s*<xml>\s*(?:<(ToUserName|Encrypt)>(?:<!\[CDATA\[[\w+/=-]*\]\]>|[\w+/=-]*)<\/\1>\s*){1,2}<\/xml>\s*$/;
