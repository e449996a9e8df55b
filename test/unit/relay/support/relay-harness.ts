import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '#shared/log';
import type { devicesResponse, feedResponse } from '#shared/relay/protocol';
import { buildRelay } from '#relay/app';
import type { RelayLimits } from '#relay/deps';
import { createRelayLog } from '#relay/log';
import { invite } from '#relay/operations/invite';
import { originOf } from '#relay/origin';
import type { RelayStore } from '#relay/store/port';
import type { RelayTunnelOptions } from '#relay/tunnel/relay-tunnel';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { encryptEnvelope } from '#wechat/callback/envelope';
import { sign } from '#wechat/callback/signature';

export const TOKEN = 'relaytoken2026';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
export const APPID = 'wx0123456789abcdef';

export type FeedResponse = typeof feedResponse._output;

/** A clock that stands until it is moved. */
class TestClock {
  private time = 1_800_000_000;

  now(): number {
    return this.time;
  }

  advance(seconds: number): void {
    this.time += seconds;
  }
}

export function temporaryFolder(): { readonly path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'relay-'));
  return {
    path,
    dispose: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export interface HarnessOptions {
  readonly limits?: Partial<RelayLimits>;
  readonly masterKey?: Buffer;
  readonly publicUrl?: string;
  readonly tunnel?: RelayTunnelOptions;
  readonly wechatOrigin?: string;
  /** Opens the store; SQLite in the harness's folder when left out. */
  readonly open?: (folder: string) => Promise<RelayStore>;
}

/** The real server on a free port of the loopback address, over a real SQLite file, with a clock the test moves. */
export class RelayHarness {
  readonly clock = new TestClock();
  readonly logLines: string[] = [];
  readonly log: Logger = createRelayLog('debug', { write: (line) => void this.logLines.push(line) });

  private constructor(
    readonly folder: string,
    private readonly dispose: () => void,
    private readonly options: HarnessOptions,
  ) {}

  app!: FastifyInstance;
  store!: RelayStore;
  origin = '';

  static async start(options: HarnessOptions = {}): Promise<RelayHarness> {
    const { path, dispose } = temporaryFolder();
    const harness = new RelayHarness(path, dispose, options);
    await harness.open();
    return harness;
  }

  /** Closes server and store and opens them again over the same files. */
  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.store.close();
  }

  async stop(): Promise<void> {
    await this.close();
    this.dispose();
  }

  code(workspace: string | null = null): Promise<string> {
    return invite(this.store, this.clock, workspace);
  }

  async pair(workspace: string | null = null): Promise<DeviceClient> {
    const response = await postJson(`${this.origin}/v1/pair`, {
      code: await this.code(workspace),
      name: '前台电脑',
    });
    const { deviceToken } = (await response.json()) as { deviceToken: string };
    return new DeviceClient(() => this.origin, deviceToken);
  }

  private async open(): Promise<void> {
    this.store = await (this.options.open ?? ((folder: string) => SqliteStore.open(folder)))(this.folder);
    this.app = buildRelay({
      store: this.store,
      clock: this.clock,
      log: this.log,
      masterKey: this.options.masterKey ?? Buffer.alloc(32, 7),
      ...(this.options.limits === undefined ? {} : { limits: this.options.limits }),
      ...(this.options.publicUrl === undefined ? {} : { publicUrl: this.options.publicUrl }),
      ...(this.options.tunnel === undefined ? {} : { tunnel: this.options.tunnel }),
      ...(this.options.wechatOrigin === undefined ? {} : { wechatOrigin: this.options.wechatOrigin }),
    });
    await this.app.listen({ port: 0, host: '127.0.0.1' });
    this.origin = originOf(this.app.server.address());
  }
}

/** What the desktop does, with nothing but fetch. */
export class DeviceClient {
  constructor(
    private readonly origin: () => string,
    readonly token: string,
  ) {}

  request(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.origin()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async bind(appid = APPID, token = TOKEN): Promise<{ key: string; callbackUrl: string }> {
    const response = await this.request('PUT', `/v1/accounts/${appid}`, { token, mode: 'sealed' });
    if (response.status !== 200) throw new Error(`binding was answered ${String(response.status)}`);
    return (await response.json()) as { key: string; callbackUrl: string };
  }

  async feed(
    after = 0,
    { wait = 0, limit = 500, acked = 0, signal = undefined as AbortSignal | undefined } = {},
  ): Promise<FeedResponse> {
    const query = `after=${String(after)}&acked=${String(acked)}&wait=${String(wait)}&limit=${String(limit)}`;
    const response = await this.request('GET', `/v1/feed?${query}`, undefined, signal);
    if (response.status !== 200) throw new Error(`the feed was answered ${String(response.status)}`);
    return (await response.json()) as FeedResponse;
  }

  /** As a desktop does: by the poll after what it has stored. */
  async ack(seq: number): Promise<void> {
    await this.feed(seq, { acked: seq });
  }

  /** What the relay thinks this device has not fetched. */
  async unread(): Promise<number> {
    const response = await this.request('GET', '/v1/devices');
    const { devices } = (await response.json()) as typeof devicesResponse._output;
    return devices.find(({ current }) => current)?.unread ?? NaN;
  }
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

let nonces = 0;

export interface Push {
  readonly query: Record<string, string>;
  readonly body: string;
}

/** One push as WeChat makes it in safe mode. `text` is what the customer wrote. */
export function sealedPush(text: string, now: number, { token = TOKEN, appid = APPID } = {}): Push {
  nonces += 1;
  const timestamp = String(Math.floor(now));
  const nonce = String(1_000_000 + nonces);
  const xml =
    `<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oUser1]]></FromUserName>` +
    `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
    `<Content><![CDATA[${text}]]></Content><MsgId>${String(24_000_000_000_000_000n + BigInt(nonces))}</MsgId></xml>`;
  const encrypt = encryptEnvelope({ encodingAESKey: AES_KEY, appid, message: xml });
  return {
    query: {
      signature: sign(token, timestamp, nonce),
      timestamp,
      nonce,
      openid: 'oUser1',
      encrypt_type: 'aes',
      msg_signature: sign(token, timestamp, nonce, encrypt),
    },
    body: envelope(encrypt),
  };
}

function envelope(encrypt: string): string {
  return `<xml>\n    <ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n    <Encrypt><![CDATA[${encrypt}]]></Encrypt>\n</xml>\n`;
}

/** Signs any `Encrypt` text and wraps it into the given body. */
export function signedBody(now: number, encrypt: string, body: string, token = TOKEN): Push {
  nonces += 1;
  const timestamp = String(Math.floor(now));
  const nonce = String(1_000_000 + nonces);
  return {
    query: {
      signature: sign(token, timestamp, nonce),
      timestamp,
      nonce,
      encrypt_type: 'aes',
      msg_signature: sign(token, timestamp, nonce, encrypt),
    },
    body,
  };
}

export async function deliver(
  callbackUrl: string,
  push: { readonly query: Record<string, string>; readonly body: string | Uint8Array<ArrayBuffer> },
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${callbackUrl}?${new URLSearchParams(push.query).toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: push.body,
  });
  return { status: response.status, text: await response.text() };
}

/** Polls until the condition holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
