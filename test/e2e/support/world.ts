import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from './runtime';

const BUILT = join(import.meta.dirname, '../../../out/main');

/** One server of the product as its own Node process, as `npm run sandbox` and `npm run relay` start it. */
interface ServerProcess {
  readonly origin: string;
  readonly firstLine: Readonly<Record<string, unknown>>;
  readonly process: ChildProcess;
}

async function startServer(name: 'sandbox' | 'relay', args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(BUILT, `${name}.js`), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += String(chunk)));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{') || !line.includes('"origin"')) continue;
    const firstLine = JSON.parse(line) as Record<string, unknown>;
    child.stdout.resume();
    return { origin: String(firstLine['origin']), firstLine, process: child };
  }
  throw new Error(`${name} ended before it was ready: ${complaints}`);
}

async function stopServer({ process: child }: ServerProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

export interface SandboxAccount {
  readonly appid: string;
  readonly secret: string;
}

export interface Delivery {
  readonly status: number;
  readonly ms: number;
  readonly reply: string;
}

/** WeChat as the sandbox plays it, driven through its control API. */
export interface SandboxControl {
  readonly origin: string;
  readonly accounts: readonly (SandboxAccount & { readonly type: string; readonly verified: boolean })[];
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  createAccount(options: object): Promise<SandboxAccount & { readonly originalId: string }>;
  /** The server settings of the account's console: verified by the echostr request, then enabled. */
  enableServer(
    appid: string,
    settings: { url: string; token: string; encodingAESKey: string },
  ): Promise<void>;
  openids(appid: string, limit?: number): Promise<string[]>;
  act(appid: string, openid: string, act: object): Promise<readonly Delivery[]>;
  /** What the follower's phone shows, oldest first. */
  phone(appid: string, openid: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  fault(fault: object): Promise<void>;
  calls(appid: string): Promise<readonly { readonly path: string; readonly errcode: number }[]>;
  advance(seconds: number): Promise<void>;
}

/** In the order in which the relay's command reads it. */
export interface Platform {
  readonly componentAppid: string;
  readonly secret: string;
  readonly token: string;
  readonly encodingAESKey: string;
}

export interface RelayControl {
  readonly origin: string;
  readonly port: number;
  /** A pairing code for the relay's first workspace, or for the one of that name. */
  invite(workspace?: string): Promise<string>;
  /** Gives the relay a third-party platform; one that runs takes it within two seconds. */
  setPlatform(platform: Platform): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>;
}

/** Sandbox and relay for one test file. */
export interface World {
  readonly sandbox: SandboxControl;
  readonly relay: RelayControl;
  stop(): Promise<void>;
}

export async function startWorld(
  sandboxArgs: readonly string[] = [],
  moreRelayArgs: readonly string[] = [],
): Promise<World> {
  const data = temporaryFolder('relay');
  const sandbox = await startServer('sandbox', ['--port', '0', '--seed', '7', ...sandboxArgs]);
  const relayArgs = (port: number) => [
    ...['--port', String(port), '--data', data.path, '--wechat-origin', sandbox.origin],
    ...moreRelayArgs,
  ];
  let relay = await startServer('relay', relayArgs(0));
  const port = Number(new URL(relay.origin).port);
  return {
    sandbox: sandboxAt(sandbox.origin, sandbox.firstLine['accounts'] as SandboxControl['accounts']),
    relay: {
      origin: relay.origin,
      port,
      invite: (workspace) => inviteTo(data.path, workspace),
      async setPlatform(platform) {
        const child = spawn(
          process.execPath,
          [join(BUILT, 'relay.js'), 'component', 'set', '--data', data.path],
          { stdio: ['pipe', 'ignore', 'inherit'] },
        );
        child.stdin.end(Object.values(platform).join('\n'));
        const [code] = (await once(child, 'exit')) as [number];
        if (code !== 0) throw new Error('the relay did not take the platform');
      },
      kill: () => stopServer(relay, 'SIGKILL'),
      async restart() {
        relay = await startServer('relay', relayArgs(port));
      },
    },
    async stop() {
      await Promise.all([stopServer(sandbox, 'SIGTERM'), stopServer(relay, 'SIGTERM')]);
      data.remove();
    },
  };
}

async function inviteTo(data: string, workspace?: string): Promise<string> {
  const args = ['invite', '--data', data, ...(workspace ? ['--workspace', workspace] : [])];
  const child = spawn(process.execPath, [join(BUILT, 'relay.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  await once(child, 'close');
  const code = output.trim().split(/\s+/).at(-1);
  if (!code) throw new Error('the relay printed no pairing code');
  return code;
}

/** Drives the sandbox that listens at `origin`; `accounts` are those that it announced. */
export function sandboxAt(origin: string, accounts: SandboxControl['accounts']): SandboxControl {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(new URL(path, origin), {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`sandbox ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text || 'null') as T;
  }
  const follower = (appid: string, openid: string) => `/__sandbox/accounts/${appid}/followers/${openid}`;
  return {
    origin,
    accounts,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    createAccount: (options) => ask('POST', '/__sandbox/accounts', options),
    async enableServer(appid, settings) {
      await ask('POST', `/__sandbox/accounts/${appid}/server`, { ...settings, mode: 'safe' });
    },
    async openids(appid, limit = 20) {
      const page = await ask<{ followers: { openid: string }[] }>(
        'GET',
        `/__sandbox/accounts/${appid}/followers?offset=0&limit=${limit}`,
      );
      return page.followers.map(({ openid }) => openid);
    },
    async act(appid, openid, act) {
      return (await ask<{ deliveries: Delivery[] }>('POST', `${follower(appid, openid)}/act`, act))
        .deliveries;
    },
    phone: (appid, openid) => ask('GET', `${follower(appid, openid)}/phone`),
    async fault(fault) {
      await ask('POST', '/__sandbox/faults', fault);
    },
    calls: (appid) => ask('GET', `/__sandbox/calls?appid=${appid}`),
    async advance(seconds) {
      await ask('POST', '/__sandbox/clock', { advance: seconds });
    },
  };
}
