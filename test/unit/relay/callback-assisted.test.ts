import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WXBizMsgCrypt from 'wechat-crypto';
import { sendCustomerServiceMessage } from '#wechat/api/customer-service';
import { encryptEnvelope } from '#wechat/callback/envelope';
import { buildXml, extractEncrypt, parseXml, xmlText } from '#wechat/callback/xml';
import { fallback, keyword, rule } from '../shared/domain/replies/samples';
import { startTestBench } from '../wechat/helpers/test-client';
import {
  bindAssisted,
  eventMessage,
  OTHER_KEY,
  pushOf,
  putRules,
  readReply,
  textMessage,
} from './replies/shop';
import {
  AES_KEY,
  APPID,
  deliver,
  RelayHarness,
  signedBody,
  TOKEN,
  type DeviceClient,
} from './support/relay-harness';

let relay: RelayHarness;
let device: DeviceClient;
let callbackUrl: string;

beforeEach(async () => {
  relay = await RelayHarness.start();
  device = await relay.pair();
  callbackUrl = await bindAssisted(device);
});
afterEach(() => relay.stop());

const push = (xml = textMessage()) => pushOf(xml, relay.clock.now());
const say = async (text: string, from?: string): Promise<string> =>
  (await deliver(callbackUrl, push(textMessage({ text, ...(from === undefined ? {} : { from }) })))).text;
const items = async () => (await device.feed()).items;
const kinds = async () => (await items()).map(({ kind }) => kind);

describe('a message to an assisted account', () => {
  it('[S2.2] is answered by its rules within 5 seconds, encrypted, from the account to the customer', async () => {
    await putRules(device, [
      keyword('hours', 'contains', '几点', { reply: { kind: 'text', text: '九点到六点' } }),
    ]);
    const began = performance.now();
    const answer = await deliver(callbackUrl, push(textMessage({ text: '今天几点关门？', from: 'oAsker' })));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('九点到六点');
    const reply = readReply(answer.text);
    expect(['ToUserName', 'FromUserName', 'MsgType', 'Content'].map(reply)).toEqual([
      'oAsker',
      'gh_0123456789ab',
      'text',
      '九点到六点',
    ]);
  });

  it('[S2.2] that nothing answers, or that a rule leaves to people, is answered success', async () => {
    expect(await say('没有规则')).toBe('success');
    await putRules(device, [
      keyword('quiet', 'equals', '投诉', { reply: { kind: 'none' } }),
      keyword('hours', 'equals', '几点'),
    ]);
    await relay.restart();
    callbackUrl = await bindAssisted(device);
    expect(await say('别的')).toBe('success');
    expect(await say('投诉')).toBe('success');
    expect(await kinds()).toEqual(['message', 'message', 'message']);
  });

  it('[S2.2] with a bad signature is refused, and nothing of it is stored or answered', async () => {
    await putRules(device, [fallback()]);
    const { query, body } = push();
    const answer = await deliver(callbackUrl, { query: { ...query, msg_signature: '0'.repeat(40) }, body });
    expect(answer.status).toBe(403);
    expect(await items()).toEqual([]);
  });

  it('[S2.2] and its answer reach the desktop as ciphertext, the answer after the message', async () => {
    await putRules(device, [fallback('hi', { reply: { kind: 'text', text: '稍等' } })]);
    const message = push();
    const { text } = await deliver(callbackUrl, message);
    expect(await items()).toEqual([
      expect.objectContaining({ kind: 'message', encrypted: true, query: message.query, body: message.body }),
      expect.objectContaining({ kind: 'auto-reply', appid: APPID, encrypted: true, query: {}, body: text }),
    ]);
  });

  it('[S2.3] is answered with an encrypted passive reply, while what is sent by the API is plain JSON', async () => {
    await putRules(device, [fallback('hi', { reply: { kind: 'text', text: '稍等' } })]);
    const { text } = await deliver(callbackUrl, push());
    expect(xmlText(parseXml(text), 'Encrypt')).not.toBeNull();
    expect(text).not.toContain('稍等');
    const bench = await startTestBench();
    bench.server.on('/cgi-bin/message/custom/send', { json: { errcode: 0, errmsg: 'ok' } });
    await sendCustomerServiceMessage(bench.client, 'oUser1', { kind: 'text', text: '稍等' });
    await bench.close();
    const [sent] = bench.server.to('/cgi-bin/message/custom/send');
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual({
      touser: 'oUser1',
      msgtype: 'text',
      text: { content: '稍等' },
    });
  });

  it('[S2.2] that another library encrypts is understood, and that library understands the answer', async () => {
    await putRules(device, [fallback('hi', { reply: { kind: 'text', text: '您好 👋' } })]);
    const peer = new WXBizMsgCrypt(TOKEN, AES_KEY, APPID);
    const encrypt = peer.encrypt(textMessage({ text: '在吗' }));
    const timestamp = String(relay.clock.now());
    const answer = await deliver(callbackUrl, {
      query: {
        timestamp,
        nonce: '77',
        encrypt_type: 'aes',
        msg_signature: peer.getSignature(timestamp, '77', encrypt),
      },
      body: buildXml({ ToUserName: 'gh_0123456789ab', Encrypt: encrypt }),
    });
    const sealed = parseXml(answer.text);
    const node = (tag: string): string => xmlText(sealed, tag) ?? '';
    expect(peer.getSignature(node('TimeStamp'), node('Nonce'), node('Encrypt'))).toBe(node('MsgSignature'));
    const opened = peer.decrypt(node('Encrypt'));
    expect(opened.id).toBe(APPID);
    expect(xmlText(parseXml(opened.message), 'Content')).toBe('您好 👋');
  });

  it('of any form of the catalogue is taken, also one that cannot be read', async () => {
    await putRules(device, [rule({ id: 'welcome', trigger: { on: 'follow' } }), fallback()]);
    const welcome = await deliver(callbackUrl, push(eventMessage('subscribe')));
    expect(readReply(welcome.text)('Content')).toBe('welcome');
    for (const odd of ['<xml><MsgType>text</MsgType></xml>', 'no XML', '']) {
      const message = push(odd);
      expect(await deliver(callbackUrl, message)).toEqual({ status: 200, text: 'success' });
      expect(await deliver(callbackUrl, message)).toEqual({ status: 200, text: 'success' });
    }
    expect(await kinds()).toEqual(['message', 'auto-reply', 'message', 'message', 'message']);
  });
});

describe('a redelivery', () => {
  it('with a new nonce and ciphertext is the same message and gets the same bytes', async () => {
    await putRules(device, [fallback()]);
    const xml = textMessage();
    const first = await deliver(callbackUrl, push(xml));
    await putRules(device, [fallback('changed')], { version: 2 });
    relay.clock.advance(5);
    await relay.restart();
    callbackUrl = callbackUrl.replace(/^http:\/\/[^/]+/, relay.origin);
    expect(await deliver(callbackUrl, push(xml))).toEqual(first);
    expect(await kinds()).toEqual(['message', 'auto-reply']);
  });

  it('storm gets one answer, one report and uses up one turn of the rule', async () => {
    await putRules(device, [fallback('once', { priority: 1, oncePerHours: 24 }), fallback('always')]);
    const xml = textMessage();
    const answers = await Promise.all(Array.from({ length: 40 }, () => deliver(callbackUrl, push(xml))));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(readReply(answers[0]?.text ?? '')('Content')).toBe('once');
    expect(await kinds()).toEqual(['message', 'auto-reply']);
    expect(readReply(await say('再来'))('Content')).toBe('always');
  });
});

describe('a rule', () => {
  it('once per N hours answers each person anew after that time, also over a restart', async () => {
    await putRules(device, [fallback('once', { oncePerHours: 2 })]);
    expect(readReply(await say('1'))('Content')).toBe('once');
    expect(await say('2')).toBe('success');
    expect(readReply(await say('1', 'oAnother'))('Content')).toBe('once');
    await relay.restart();
    callbackUrl = callbackUrl.replace(/^http:\/\/[^/]+/, relay.origin);
    relay.clock.advance(7_199);
    expect(await say('3')).toBe('success');
    relay.clock.advance(1);
    expect(readReply(await say('4'))('Content')).toBe('once');
  });

  it('answers in its hours, by the clock of the shop', async () => {
    // The clock of the harness begins on a Friday at 16:00 in Shanghai.
    const hours = { weekdays: [5], from: '16:00', to: '17:00' };
    await putRules(device, [fallback('open', { hours }), fallback('closed', { priority: -1 })]);
    expect(readReply(await say('1'))('Content')).toBe('open');
    relay.clock.advance(3_600);
    expect(readReply(await say('2'))('Content')).toBe('closed');
  });
});

describe('a change of key', () => {
  it('lets pushes under the old key in, and answers them under that key', async () => {
    await putRules(device, [fallback()]);
    await bindAssisted(device, { encodingAESKey: OTHER_KEY, previousEncodingAESKey: AES_KEY });
    const old = await deliver(callbackUrl, push());
    expect(readReply(old.text)('Content')).toBe('default');
    const now = relay.clock.now();
    const fresh = await deliver(callbackUrl, pushOf(textMessage(), now, { encodingAESKey: OTHER_KEY }));
    expect(readReply(fresh.text, { encodingAESKey: OTHER_KEY })('Content')).toBe('default');
    expect(await kinds()).toEqual(['message', 'auto-reply', 'message', 'auto-reply']);
  });

  it('keeps out what opens with neither', async () => {
    await bindAssisted(device, { encodingAESKey: OTHER_KEY });
    expect((await deliver(callbackUrl, push())).status).toBe(403);
    expect(await items()).toEqual([]);
  });

  it('from sealed to assisted keeps the address', async () => {
    const { callbackUrl: sealed } = await device.bind();
    expect(sealed).toBe(callbackUrl);
    expect((await deliver(callbackUrl, push())).text).toBe('success');
    expect(await bindAssisted(device)).toBe(callbackUrl);
  });
});

describe('an assisted account refuses and stores nothing of', () => {
  const refused = async (status: number, bad: Parameters<typeof deliver>[1]): Promise<void> => {
    await putRules(device, [fallback()]);
    expect((await deliver(callbackUrl, bad)).status).toBe(status);
    expect(await items()).toEqual([]);
  };

  it('an envelope with the AppID of another account, although its signature is right', () => {
    const now = relay.clock.now();
    return refused(403, pushOf(textMessage(), now, { appid: 'wxfffffffffffffffff' }));
  });

  it('an envelope whose AppID is longer or shorter than its own', async () => {
    for (const appid of [`${APPID}0`, APPID.slice(0, -1), ''])
      await refused(403, pushOf(textMessage(), relay.clock.now(), { appid }));
  });

  it('a plaintext push, and one whose encrypt_type was turned to raw', async () => {
    const { query, body } = push();
    const { signature = '', timestamp = '', nonce = '' } = query;
    await refused(403, { query: { signature, timestamp, nonce }, body: textMessage() });
    await refused(403, { query: { ...query, encrypt_type: 'raw' }, body });
  });

  it('stale and future pushes', async () => {
    for (const offset of [-601, 601]) await refused(403, pushOf(textMessage(), relay.clock.now() + offset));
  });

  it('a signed text that is no envelope', async () => {
    for (const encrypt of [
      'AAAA',
      'A'.repeat(64),
      encryptEnvelope({ encodingAESKey: AES_KEY, appid: '', message: '' }),
    ])
      await refused(
        403,
        signedBody(relay.clock.now(), encrypt, buildXml({ ToUserName: 'gh', Encrypt: encrypt })),
      );
  });
});

it('in compatible mode the encrypted part alone is read, answered and kept', async () => {
  await putRules(device, [keyword('forged', 'equals', '明文'), keyword('real', 'equals', '密文')]);
  const { query, body } = push(textMessage({ text: '密文' }));
  const compatible = body.replace('<Encrypt>', '<Content><![CDATA[明文]]></Content><Encrypt>');
  const { text } = await deliver(callbackUrl, { query, body: compatible });
  expect(readReply(text)('Content')).toBe('real');
  const [kept] = await items();
  expect(kept?.body).not.toContain('明文');
  expect(extractEncrypt(kept?.body ?? '').encrypt).toBe(extractEncrypt(body).encrypt);
});

it('a replay is no second message, and after the window no message at all', async () => {
  await putRules(device, [fallback('once', { oncePerHours: 1 })]);
  const message = push();
  const first = await deliver(callbackUrl, message);
  relay.clock.advance(600);
  expect(await deliver(callbackUrl, message)).toEqual(first);
  relay.clock.advance(1);
  expect((await deliver(callbackUrl, message)).status).toBe(403);
  expect(await kinds()).toEqual(['message', 'auto-reply']);
});

it('two accounts with the same rules and customers answer and count for themselves', async () => {
  const keys = { appid: 'wx00000000000other', token: 'anothertoken', encodingAESKey: OTHER_KEY };
  const otherUrl = await bindAssisted(device, keys);
  await putRules(device, [fallback('once', { oncePerHours: 1 })]);
  await putRules(
    device,
    [fallback('once', { oncePerHours: 1, reply: { kind: 'text', text: 'other' } })],
    keys,
  );
  const xml = textMessage();
  const mine = await deliver(callbackUrl, push(xml));
  const theirs = await deliver(otherUrl, pushOf(xml, relay.clock.now(), keys));
  expect(readReply(mine.text)('Content')).toBe('once');
  expect(readReply(theirs.text, keys)('Content')).toBe('other');
  // The right keys at the wrong address open nothing.
  expect((await deliver(otherUrl, push())).status).toBe(403);
});

it('[I4] neither the files nor the log hold a key, a word of a message or a rule, or who wrote', async () => {
  const words = '悄悄话 between us';
  const answer = '只有顾客看得到';
  await putRules(device, [fallback('secret', { oncePerHours: 1, reply: { kind: 'text', text: answer } })]);
  expect(readReply(await say(words, 'oSomebodyInParticular'))('Content')).toBe(answer);
  await deliver(callbackUrl, pushOf(textMessage({ text: words }), relay.clock.now(), { appid: 'wxother' }));
  const files = readdirSync(relay.folder).map((name) => readFileSync(join(relay.folder, name)));
  const log = Buffer.from(relay.logLines.join(''));
  for (const secret of [words, answer, TOKEN, AES_KEY, 'oSomebodyInParticular'])
    for (const place of [...files, log]) expect([secret, place.includes(secret)]).toEqual([secret, false]);
});

it('the metrics tell what became of replies', async () => {
  await putRules(device, [fallback('x', { oncePerHours: 1 })]);
  const xml = textMessage();
  await deliver(callbackUrl, push(xml));
  await deliver(callbackUrl, push(xml));
  await say('again');
  const metrics = await (await fetch(`${relay.origin}/metrics`)).text();
  for (const [outcome, count] of Object.entries({ answered: 1, repeated: 1, silent: 1 }))
    expect(metrics).toContain(`oadesk_relay_auto_replies_total{outcome="${outcome}"} ${String(count)}`);
  expect(metrics).toContain('oadesk_relay_callbacks_total{outcome="stored"} 2');
  expect(metrics).toContain('oadesk_relay_callbacks_total{outcome="duplicate"} 1');
});
