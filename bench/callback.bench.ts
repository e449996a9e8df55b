/** Microseconds to verify, decrypt and parse one callback, against npm `wechat-crypto` with the same XML parser behind it. */
import WXBizMsgCrypt from 'wechat-crypto';
import { openCallback, sealCallback } from '#wechat/callback/callback';
import { buildXml, extractEncrypt, parseXml, xmlText } from '#wechat/callback/xml';
import { median, report } from './lib/report';

const TOKEN = 'benchtoken2026';
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const APPID = 'wx0123456789abcdef';
const BODIES = 5_000;
const ROUNDS = 9;

const callbacks = Array.from({ length: BODIES }, (_, index) =>
  sealCallback({
    token: TOKEN,
    encodingAESKey: KEY,
    appid: APPID,
    timestamp: 1_700_000_000 + index,
    toUserName: 'gh_0123456789ab',
    message: buildXml({
      ToUserName: 'gh_0123456789ab',
      FromUserName: `oUser${String(index).padStart(23, '0')}`,
      CreateTime: 1_700_000_000 + index,
      MsgType: 'text',
      Content: `第 ${index} 位顾客：你好，请问今天几点关门？`,
      MsgId: `2400000000${String(index).padStart(7, '0')}`,
    }),
  }),
);

const peer = new WXBizMsgCrypt(TOKEN, KEY, APPID);

function ours(): number {
  let bytes = 0;
  for (const { query, body } of callbacks) {
    const xml = openCallback({ query, body, mode: 'safe', token: TOKEN, encodingAESKey: KEY, appid: APPID });
    bytes += JSON.stringify(parseXml(xml)).length;
  }
  return bytes;
}

/** What a program does with `wechat-crypto`: parse the body, compare the signature, decrypt, compare the id, parse. */
function theirs(): number {
  let bytes = 0;
  for (const { query, body } of callbacks) {
    const outer = parseXml(body);
    const encrypt = xmlText(outer, 'Encrypt') ?? '';
    if (peer.getSignature(query.timestamp, query.nonce, encrypt) !== query.msg_signature)
      throw new Error('signature');
    const { message, id } = peer.decrypt(encrypt);
    if (id !== APPID) throw new Error('appid');
    bytes += JSON.stringify(parseXml(message)).length;
  }
  return bytes;
}

function decryptOnlyOurs(): number {
  let bytes = 0;
  for (const { query, body } of callbacks)
    bytes += openCallback({
      query,
      body,
      mode: 'safe',
      token: TOKEN,
      encodingAESKey: KEY,
      appid: APPID,
    }).length;
  return bytes;
}

/** Without the first parse: the peer is handed the ciphertext as our fast path finds it. */
function decryptOnlyTheirs(): number {
  let bytes = 0;
  for (const { query, body } of callbacks) {
    const { encrypt } = extractEncrypt(body);
    if (peer.getSignature(query.timestamp, query.nonce, encrypt) !== query.msg_signature)
      throw new Error('signature');
    bytes += peer.decrypt(encrypt).message.length;
  }
  return bytes;
}

function microseconds(work: () => number): number {
  const startedAt = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - startedAt) / 1000 / BODIES;
}

/** The two take turns, so that a machine that slows down slows both. */
function compare(a: () => number, b: () => number): { a: number; b: number } {
  if (a() !== b()) throw new Error('the two do not read the same');
  const rounds = Array.from({ length: ROUNDS }, () => ({ a: microseconds(a), b: microseconds(b) }));
  return { a: median(rounds.map((round) => round.a)), b: median(rounds.map((round) => round.b)) };
}

const whole = compare(ours, theirs);
const decrypt = compare(decryptOnlyOurs, decryptOnlyTheirs);
report('callback', `Node ${process.versions.node}`, [
  {
    name: 'verify + decrypt + parse',
    unit: 'µs',
    ours: whole.a,
    against: { name: 'wechat-crypto', value: whole.b },
  },
  {
    name: 'verify + decrypt',
    unit: 'µs',
    ours: decrypt.a,
    against: { name: 'wechat-crypto', value: decrypt.b },
  },
]);
