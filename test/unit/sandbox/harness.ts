import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSandbox, type Sandbox, type SandboxAccount, type SandboxOptions } from '#sandbox/app';
import { decryptEnvelope, encryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';
import { parseXml, xmlText, type XmlNode } from '#wechat/callback/xml';

export type Json = Record<string, unknown>;

export interface Running {
  readonly sandbox: Sandbox;
  readonly origin: string;
  readonly service: SandboxAccount;
  readonly unverified: SandboxAccount;
  readonly subscription: SandboxAccount;
  readonly overseas: SandboxAccount;
  close(): Promise<void>;
}

/** Midnight of a day in Beijing and some, so that a manual clock starts far from a change of day. */
export const START = 1_800_000_000;

export async function startSandbox(options: SandboxOptions = {}): Promise<Running> {
  const sandbox = buildSandbox({ followers: 30, seed: 42, manualClock: true, startAt: START, ...options });
  await sandbox.app.listen({ host: '127.0.0.1', port: 0 });
  const [service, unverified, subscription, overseas] = sandbox.accounts;
  if (!service || !unverified || !subscription || !overseas) throw new Error('four accounts expected');
  return {
    sandbox,
    origin: sandbox.origin(),
    service,
    unverified,
    subscription,
    overseas,
    close: () => sandbox.app.close(),
  };
}

export async function getJson(running: Running, path: string): Promise<Json> {
  return (await (await fetch(running.origin + path)).json()) as Json;
}

export async function postJson(running: Running, path: string, body: unknown): Promise<Json> {
  const response = await fetch(running.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Json;
}

export function tokenPath(account: SandboxAccount, secret = account.secret): string {
  return `/cgi-bin/token?grant_type=client_credential&appid=${account.appid}&secret=${secret}`;
}

export async function classicToken(running: Running, account: SandboxAccount): Promise<string> {
  return String((await getJson(running, tokenPath(account)))['access_token']);
}

/** Calls with an access_token in the query. */
export class Caller {
  constructor(
    readonly running: Running,
    readonly token: string,
  ) {}

  static async of(running: Running, account: SandboxAccount): Promise<Caller> {
    return new Caller(running, await classicToken(running, account));
  }

  get(path: string, query: Record<string, string> = {}): Promise<Json> {
    return getJson(this.running, `${path}?${new URLSearchParams({ access_token: this.token, ...query })}`);
  }

  post(path: string, body: unknown, query: Record<string, string> = {}): Promise<Json> {
    return postJson(
      this.running,
      `${path}?${new URLSearchParams({ access_token: this.token, ...query })}`,
      body,
    );
  }

  sendText(touser: string, content = '您好'): Promise<Json> {
    return this.post('/cgi-bin/message/custom/send', { touser, msgtype: 'text', text: { content } });
  }
}

export async function openids(running: Running, account: SandboxAccount, limit = 10): Promise<string[]> {
  const page = await getJson(running, `/__sandbox/accounts/${account.appid}/followers?limit=${limit}`);
  return (page['followers'] as { openid: string }[]).map(({ openid }) => openid);
}

export async function firstOpenid(running: Running, account: SandboxAccount): Promise<string> {
  const [openid] = await openids(running, account, 1);
  if (openid === undefined) throw new Error('the account has no follower');
  return openid;
}

export interface DeliveryView {
  readonly status: number;
  readonly ms: number;
  readonly reply: string | null;
  readonly outcome: string;
}

export async function act(
  running: Running,
  account: SandboxAccount,
  openid: string,
  input: Json,
): Promise<{ openid: string; deliveries: DeliveryView[] }> {
  const answer = await postJson(
    running,
    `/__sandbox/accounts/${account.appid}/followers/${openid}/act`,
    input,
  );
  if ('error' in answer) throw new Error(JSON.stringify(answer['error']));
  return answer as unknown as { openid: string; deliveries: DeliveryView[] };
}

export async function phone(running: Running, account: SandboxAccount, openid: string): Promise<Json[]> {
  const path = `/__sandbox/accounts/${account.appid}/followers/${openid}/phone`;
  return (await getJson(running, path)) as unknown as Json[];
}

export function windowOf(running: Running, account: SandboxAccount, openid: string): Promise<Json> {
  return getJson(running, `/__sandbox/accounts/${account.appid}/followers/${openid}/window`);
}

export function advance(running: Running, seconds: number): Promise<Json> {
  return postJson(running, '/__sandbox/clock', { advance: seconds });
}

export const TOKEN = 'relaytoken2026';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** One push as it arrived at the account's server. */
export interface Received {
  readonly query: URLSearchParams;
  readonly body: string;
  /** The content of the message, decrypted when it came encrypted. */
  readonly message: XmlNode;
  text(tag: string): string | null;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How pushes are answered from now on; null hangs for ever. */
  answer: (push: Received) => { status?: number; body: string } | null;
  /** How the GET of the console is answered. */
  verify: (query: URLSearchParams) => { status?: number; body: string };
  close(): Promise<void>;
}

/** An account's server on a real socket. */
export async function startReceiver(account: SandboxAccount): Promise<Receiver> {
  const receiver = {
    url: '',
    received: [] as Received[],
    answer: (): { status?: number; body: string } | null => ({ body: 'success' }),
    verify: (query: URLSearchParams): { status?: number; body: string } => ({
      body: query.get('echostr') ?? '',
    }),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    let answer: { status?: number; body: string } | null;
    if (request.method === 'GET') answer = receiver.verify(query);
    else {
      const push = toReceived(account, query, Buffer.concat(chunks).toString('utf8'));
      receiver.received.push(push);
      answer = (receiver as Receiver).answer(push);
    }
    if (answer === null) return;
    response.statusCode = answer.status ?? 200;
    response.end(answer.body);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx/demo?store=1`;
  return receiver;
}

function toReceived(account: SandboxAccount, query: URLSearchParams, body: string): Received {
  const outer = parseXml(body);
  const encrypt = xmlText(outer, 'Encrypt');
  const plain =
    encrypt === null ? body : decryptEnvelope({ encodingAESKey: AES_KEY, appid: account.appid, encrypt });
  const message = parseXml(plain);
  return { query, body, message, text: (tag) => xmlText(message, tag) };
}

export function connect(
  running: Running,
  account: SandboxAccount,
  receiver: Receiver,
  mode: 'safe' | 'compatible' | 'plain' = 'safe',
): Promise<Json> {
  return postJson(running, `/__sandbox/accounts/${account.appid}/server`, {
    url: receiver.url,
    token: TOKEN,
    encodingAESKey: AES_KEY,
    mode,
  });
}

/** A passive reply in plain XML. */
export function replyXml(push: Received, nodes: string): string {
  return `<xml><ToUserName><![CDATA[${push.text('FromUserName')}]]></ToUserName><FromUserName><![CDATA[${push.text('ToUserName')}]]></FromUserName><CreateTime>1700000001</CreateTime>${nodes}</xml>`;
}

/** A passive reply sealed as safe mode wants it. */
export function sealReply(appid: string, xml: string, key = AES_KEY): string {
  const encrypt = encryptEnvelope({ encodingAESKey: key, appid, message: xml });
  const signature = sign(TOKEN, '1700000001', '123456', encrypt);
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>1700000001</TimeStamp><Nonce><![CDATA[123456]]></Nonce></xml>`;
}

/** Waits for a condition on real things; fails after `ms`. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('the condition did not come true');
    await new Promise((done) => setTimeout(done, 20));
  }
}
