/**
 * The floor: bare node:http that makes the relay's checks (address, signature over the ciphertext, time) and stores nothing.
 * Its second address also decrypts and parses, as the relay does for an account in assisted mode.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { EnvelopeOpener } from '#wechat/callback/envelope';
import { verifySignature } from '#wechat/callback/signature';
import { extractEncrypt, parseXml, xmlText } from '#wechat/callback/xml';
import { ACCOUNT, FLOOR_PATHS, TIMESTAMP_WINDOW } from '../account';
import { listen } from './listen';

const { token } = ACCOUNT;
const opener = new EnvelopeOpener(ACCOUNT);

function check(url: string, body: Buffer): boolean {
  const path = url.slice(0, url.indexOf('?'));
  if (path !== FLOOR_PATHS.sealed && path !== FLOOR_PATHS.opened) return false;
  const timestamp = parameter(url, '&timestamp=');
  const nonce = parameter(url, '&nonce=');
  const signature = parameter(url, '&msg_signature=');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TIMESTAMP_WINDOW) return false;
  const { encrypt } = extractEncrypt(body.toString());
  if (!verifySignature(signature, token, timestamp, nonce, encrypt)) return false;
  if (path === FLOOR_PATHS.sealed) return true;
  return xmlText(parseXml(opener.open(encrypt)), 'MsgType') === 'text';
}

/** The cheapest reading that finds what WeChat sends: the floor owes nothing to a client that sends something else. */
function parameter(url: string, name: string): string {
  const at = url.indexOf(name);
  if (at === -1) return '';
  const start = at + name.length;
  const end = url.indexOf('&', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': text.length }).end(text);
}

listen((request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const first = chunks[0];
    const body = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    if (check(request.url ?? '', body)) answer(response, 200, 'success');
    else answer(response, 403, 'refused');
  });
});
