import { AppError } from '#shared/app-error';
import type { SandboxReady } from '#shared/server-ready';
import { relayReady, sandboxReady } from '#shared/server-ready';
import { requestJson } from '#wechat/http';
import type { ChildRunner, RunningChild } from './demo-children';
import { firstLine } from './demo-children';

/** The demo is the same for everybody: same account, same followers. */
const SEED = 7;
const FOLLOWERS = 1200;
const READY_TIMEOUT_MS = 30_000;
const CONTROL_TIMEOUT_MS = 20_000;

export type SandboxAccount = SandboxReady['accounts'][number];

export interface SandboxServer {
  readonly child: RunningChild;
  readonly origin: string;
  readonly account: SandboxAccount;
}
export interface RelayServer {
  readonly child: RunningChild;
  readonly origin: string;
}

/**
 * `port` 0: any free one. `session` says which start of this demo's sandbox it is, from 0; after the first one nobody
 * writes again what was written then.
 * @throws AppError demo/start-failed
 */
export async function startSandbox(
  runner: ChildRunner,
  port: number,
  session: number,
): Promise<SandboxServer> {
  const child = runner.start('sandbox', [
    ...['--port', String(port), '--seed', String(SEED), '--followers', String(FOLLOWERS)],
    ...['--live', '--session', String(session)],
  ]);
  const { origin, accounts } = await ready(child, sandboxReady);
  // The account that can do everything shows everything.
  const account = accounts.find((one) => one.type === 'service' && one.verified) ?? accounts[0];
  if (!account) throw new AppError({ code: 'demo/start-failed', params: { reason: 'no-account' } });
  return { child, origin, account };
}

/** `port` 0: any free one. Its tunnel also leads to the sandbox at `wechatOrigin`. @throws AppError demo/start-failed */
export async function startRelay(
  runner: ChildRunner,
  port: number,
  data: string,
  wechatOrigin: string,
): Promise<RelayServer> {
  const child = runner.start('relay', [
    ...['--port', String(port), '--data', data, '--wechat-origin', wechatOrigin],
  ]);
  const { origin } = await ready(child, relayReady);
  return { child, origin };
}

/** A single-use pairing code of the relay whose data folder is `data`; it may be running. @throws AppError demo/start-failed */
export async function invite(runner: ChildRunner, data: string): Promise<string> {
  const child = runner.start('relay', ['invite', '--data', data]);
  try {
    // The code is the last word; it is stored before it is printed. A utility process would not end by itself.
    return await firstLine(
      child,
      (line) => /(?:^|\s)([A-Z0-9-]{4,64})$/i.exec(line.trim())?.[1] ?? null,
      READY_TIMEOUT_MS,
    );
  } finally {
    await child.stop();
  }
}

export interface ServerSettings {
  readonly url: string;
  readonly token: string;
  readonly encodingAESKey: string;
}

/**
 * Does at the sandbox what a person does at mp.weixin.qq.com: enters the server configuration in safe mode and enables
 * it. The sandbox verifies the address first, as the real console does.
 * @throws AppError demo/start-failed
 */
export async function enableServer(origin: string, appid: string, settings: ServerSettings): Promise<void> {
  const { status } = await requestJson({
    method: 'POST',
    url: new URL(`/__sandbox/accounts/${appid}/server`, origin),
    json: { ...settings, mode: 'safe' },
    timeoutMs: CONTROL_TIMEOUT_MS,
  });
  if (status >= 300) {
    throw new AppError({ code: 'demo/start-failed', params: { reason: `server-${status}` } });
  }
}

/** What the app knows of a follower and a restarted sandbox has forgotten. */
export interface KnownFollower {
  readonly openid: string;
  readonly following: boolean;
  readonly subscribedAt: number | null;
  readonly remaining: number;
  /** Unix seconds; 0: no window was ever opened. */
  readonly expiresAt: number;
}

/**
 * Tells the sandbox who follows and which windows are open: the real WeChat would not have forgotten.
 * @throws AppError demo/start-failed
 */
export async function restoreFollowers(
  origin: string,
  appid: string,
  followers: readonly KnownFollower[],
): Promise<void> {
  const { status } = await requestJson({
    method: 'POST',
    url: new URL(`/__sandbox/accounts/${appid}/followers/restore`, origin),
    json: { followers },
    timeoutMs: CONTROL_TIMEOUT_MS,
  });
  if (status >= 300) {
    throw new AppError({ code: 'demo/start-failed', params: { reason: `restore-${status}` } });
  }
}

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** What a server says when it listens; a child that does not get that far is ended. */
async function ready<T>(child: RunningChild, schema: Schema<T>): Promise<T> {
  try {
    return await firstLine(
      child,
      (line) => {
        if (!line.startsWith('{')) return null;
        try {
          const parsed = schema.safeParse(JSON.parse(line));
          return parsed.success ? parsed.data : null;
        } catch {
          return null;
        }
      },
      READY_TIMEOUT_MS,
    );
  } catch (error) {
    await child.stop();
    throw error;
  }
}
