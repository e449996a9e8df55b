import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { silentLogger } from '#shared/log';
import { createCallbackEndpoint, type CallbackCall } from '#relay/callback/endpoint';
import { openStored, type ComponentAccount } from '#relay/callback/opened-push';
import { RelayMetrics } from '#relay/metrics';
import { originOf } from '#relay/origin';
import { AutoReplies } from '#relay/replies/auto-replies';
import { RuleStore } from '#relay/replies/rule-store';
import { SealedBox } from '#relay/secrets/sealed-box';
import { MemoryStore } from '#relay/store/memory/memory-store';
import { sign } from '#wechat/callback/signature';
import { buildXml } from '#wechat/callback/xml';
import { fallback, ruleSet } from '../shared/domain/replies/samples';
import { OTHER_KEY, pushOf, readReply, textMessage } from './replies/shop';
import { deliver } from './support/relay-harness';

const NOW = 1_800_000_000;
const PLATFORM = { token: 'platformtoken', encodingAESKey: OTHER_KEY, appid: 'wxcomponent0000001' };

const authorizer = (appid: string, originalId?: string): ComponentAccount => ({
  appid,
  workspaceId: `workspace-of-${appid}`,
  key: appid,
  token: PLATFORM.token,
  mode: 'component',
  encodingAESKey: PLATFORM.encodingAESKey,
  previousEncodingAESKey: null,
  envelopeAppid: PLATFORM.appid,
  ...(originalId === undefined ? {} : { originalId }),
});
const ACCOUNTS = [
  authorizer('wxauthorizer000001', 'gh_0123456789ab'),
  authorizer('wxauthorizer000002', 'gh_ba9876543210'),
  authorizer('wxauthorizer000003'),
];

let server: Server;
let store: MemoryStore;
let rules: RuleStore;
let calls: CallbackCall[];
let metrics: RelayMetrics;
let origin: string;

beforeEach(async () => {
  store = new MemoryStore();
  rules = new RuleStore(store, new SealedBox(Buffer.alloc(32, 7)));
  calls = [];
  metrics = new RelayMetrics(() => 0);
  const shared = { clock: { now: () => NOW }, log: silentLogger, metrics };
  server = createServer(
    createCallbackEndpoint({
      ...shared,
      messages: store.log,
      replies: new AutoReplies({ ...shared, store, rules }),
      limits: { timestampWindow: 600, callbackBytes: 256 * 1024, callbackMs: 10_000 },
      accounts: { known: () => null, findByKey: () => Promise.resolve(null) },
      component: {
        findByAppid: (appid) => Promise.resolve(ACCOUNTS.find((account) => account.appid === appid) ?? null),
        takeUnowned: () => Promise.reject(new AppError({ code: 'relay/unknown-callback' })),
      },
      handlers: new Map([
        [
          '/wx/component/ticket',
          (call) => {
            calls.push(call);
            return call.body.includes('refuse')
              ? Promise.reject(new AppError({ code: 'callback/bad-signature' }))
              : Promise.resolve('success');
          },
        ],
      ]),
      isClosing: () => !server.listening,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = originOf(server.address());
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const urlOf = (n: number): string => `${origin}/wx/component/${ACCOUNTS[n]?.appid ?? ''}/callback`;
const feedOf = async (n: number) =>
  (await store.log.readFeed(ACCOUNTS[n]?.workspaceId ?? '', 0, { limit: 100, maxBytes: 1e9 })).items;
const push = (xml = textMessage()) => pushOf(xml, NOW, PLATFORM);

describe('a push of an authorized account', () => {
  it('[S2.2] is found by the appid of its address, answered under the keys of the platform, and kept as ciphertext', async () => {
    const [account] = ACCOUNTS;
    if (account === undefined) throw new Error('no account');
    await rules.save(account, ruleSet([fallback('hello')]));
    const xml = textMessage({ text: '你好' });
    const message = push(xml);
    const answer = await deliver(urlOf(0), message);
    expect(readReply(answer.text, PLATFORM)('Content')).toBe('hello');
    const [stored, reply] = await feedOf(0);
    expect(stored?.body.toString()).toBe(message.body);
    expect(openStored(account, stored?.body ?? Buffer.alloc(0))).toBe(xml);
    expect(openStored(account, reply?.body ?? Buffer.alloc(0))).toContain('hello');
    expect(await feedOf(1)).toEqual([]);
  });

  it('is refused at the address of another account of the platform, whose keys it shares', async () => {
    expect((await deliver(urlOf(1), push())).status).toBe(403);
    expect(await feedOf(1)).toEqual([]);
    // An account whose original id the platform has not learned yet takes what comes.
    expect((await deliver(urlOf(2), push())).status).toBe(200);
  });

  it('is refused with the AppID of the account, or anybody else’s, in place of the platform’s', async () => {
    for (const appid of ['wxauthorizer000001', 'wxother'])
      expect((await deliver(urlOf(0), pushOf(textMessage(), NOW, { ...PLATFORM, appid }))).status).toBe(403);
    expect(await feedOf(0)).toEqual([]);
  });

  it('is answered 404 when nobody has authorized that account here', async () => {
    for (const path of [
      'wxunknown/callback',
      'callback',
      '/callback',
      'wxauthorizer000001',
      '..%2f/callback',
    ])
      expect((await deliver(`${origin}/wx/component/${path}`, push())).status).toBe(404);
  });
});

it('the address of an account is verified with the Token of the platform', async () => {
  const query = { timestamp: String(NOW), nonce: '1', echostr: '42' };
  const get = async (signature: string): Promise<Response> =>
    fetch(`${urlOf(0)}?${new URLSearchParams({ ...query, signature }).toString()}`);
  expect(await (await get(sign(PLATFORM.token, query.timestamp, query.nonce))).text()).toBe('42');
  expect((await get(sign('other', query.timestamp, query.nonce))).status).toBe(403);
});

describe('an address with a handler of its own', () => {
  it('gets the method, the query as it came and the whole body, within the same limits', async () => {
    const url = `${origin}/wx/component/ticket`;
    const body = buildXml({ AppId: 'wx1', Encrypt: 'x'.repeat(100_000) });
    expect(await deliver(url, { query: { a: '1 2' }, body })).toEqual({ status: 200, text: 'success' });
    expect(calls).toEqual([{ method: 'POST', query: 'a=1+2', body: Buffer.from(body) }]);
    expect((await deliver(url, { query: {}, body: 'x'.repeat(256 * 1024 + 1) })).status).toBe(413);
    expect(calls).toHaveLength(1);
  });

  it('answers what it refuses as the accounts’ addresses do', async () => {
    const answer = await deliver(`${origin}/wx/component/ticket`, { query: {}, body: 'refuse' });
    expect(answer).toEqual({ status: 403, text: 'The signature does not match the Token of this account.' });
    expect(metrics.render()).toContain('oadesk_relay_callbacks_total{outcome="callback/bad-signature"} 1');
    expect(metrics.render()).toContain('oadesk_relay_requests_total{status="4xx"} 1');
  });
});
