import type { FastifyInstance } from 'fastify';
import type { AuthorizationView } from '#shared/relay/protocol';
import { buildRelay } from '#relay/app';
import { setPlatform } from '#relay/component/platform';
import type { RelayLimits } from '#relay/deps';
import { createRelayLog } from '#relay/log';
import { invite } from '#relay/operations/invite';
import { originOf } from '#relay/origin';
import { SealedBox } from '#relay/secrets/sealed-box';
import type { RelayStore } from '#relay/store/port';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { buildSandbox, type Sandbox } from '#sandbox/app';
import { DeviceClient, postJson, temporaryFolder, until } from '../../support/relay-harness';
import { FaultyStore } from './faulty-store';

export const PLATFORM = {
  componentAppid: 'wxc0mp0nent1234567',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'platformtoken2026',
  encodingAESKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
};

/** Long enough for clocks that tests move: pushes carry the machine's time. */
const WINDOW = 365 * 24 * 3_600;

export interface RelayNode {
  readonly app: FastifyInstance;
  readonly store: FaultyStore;
  readonly origin: string;
}

export interface AuthorizeOptions {
  readonly appid: string;
  readonly attempt?: string;
  readonly sets?: readonly number[];
  readonly as?: 'administrator' | 'operator';
  readonly redirect?: boolean;
  readonly event?: boolean;
  readonly order?: 'together' | 'redirect-first' | 'event-first';
}

interface Call {
  readonly path: string;
  readonly errcode: number;
}

/** A simulated WeChat and any number of relays over one SQLite store, all by the same clock, which tests move. */
export class ComponentWorld {
  readonly logLines: string[] = [];
  readonly nodes: RelayNode[] = [];
  readonly masterKey = Buffer.alloc(32, 9);
  readonly clock: { now(): number };
  private time: number;

  private constructor(
    readonly sandbox: Sandbox,
    readonly sandboxOrigin: string,
    readonly store: RelayStore,
    readonly folder: string,
    private readonly dispose: () => void,
    startAt: number,
  ) {
    this.time = startAt;
    this.clock = { now: () => this.time };
  }

  /** One relay with a platform, whose first ticket has arrived unless `ticket` is false. */
  static async start({ ticket = true, platform = true } = {}): Promise<ComponentWorld> {
    const startAt = Math.floor(Date.now() / 1000);
    const sandbox = buildSandbox({ followers: 5, manualClock: true, startAt, push: { gapMs: 20 } });
    await sandbox.app.listen({ port: 0, host: '127.0.0.1' });
    const { path, dispose } = temporaryFolder();
    const store = await SqliteStore.open(path);
    const world = new ComponentWorld(sandbox, sandbox.origin(), store, path, dispose, startAt);
    if (platform) await world.setPlatform();
    await world.addNode();
    if (platform) await world.register(ticket);
    return world;
  }

  async stop(): Promise<void> {
    await this.sandbox.app.close();
    for (const { app } of this.nodes) await app.close();
    await this.store.close();
    this.dispose();
  }

  /** Another relay over the same store. */
  async addNode(limits: Partial<RelayLimits> = {}): Promise<RelayNode> {
    const store = new FaultyStore(this.store);
    const app = buildRelay({
      store,
      clock: this.clock,
      log: createRelayLog('debug', { write: (line) => void this.logLines.push(line) }),
      masterKey: this.masterKey,
      wechatOrigin: this.sandboxOrigin,
      limits: { timestampWindow: WINDOW, ...limits },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const node = { app, store, origin: originOf(app.server.address()) };
    this.nodes.push(node);
    return node;
  }

  /** Takes a relay away, as its machine would go. */
  async removeNode(node: RelayNode): Promise<void> {
    this.nodes.splice(this.nodes.indexOf(node), 1);
    await node.app.close();
  }

  node(index = 0): RelayNode {
    return this.nodes[index]!;
  }

  setPlatform(change: Partial<typeof PLATFORM> = {}): Promise<void> {
    return setPlatform(this.store, new SealedBox(this.masterKey), { ...PLATFORM, ...change });
  }

  /** Enters the platform's addresses and keys at WeChat; a ticket comes at once. */
  async register(
    ticket = true,
    { node = this.node(), settings = {}, keys = {} }: RegisterOptions = {},
  ): Promise<void> {
    await this.control('POST', '/components', {
      ...PLATFORM,
      ...keys,
      ticketUrl: ticket ? `${node.origin}/wx/component/ticket` : 'http://127.0.0.1:1/',
      callbackUrl: `${node.origin}/wx/component/$APPID$/callback`,
      ...settings,
    });
    if (!ticket) return;
    const device = await this.pair('ticket-watcher');
    await until(async () => (await this.status(device)).ready);
  }

  async status(device: DeviceClient): Promise<{ available: boolean; ready: boolean }> {
    return (await (await device.request('GET', '/v1/component')).json()) as never;
  }

  async advance(seconds: number): Promise<void> {
    this.time += seconds;
    await this.control('POST', '/clock', { advance: seconds });
  }

  async pair(workspace: string | null = null, node = this.node()): Promise<DeviceClient> {
    const code = await invite(this.store, this.clock, workspace);
    const response = await postJson(`${node.origin}/v1/pair`, { code, name: '前台电脑' });
    const { deviceToken } = (await response.json()) as { deviceToken: string };
    return new DeviceClient(() => node.origin, deviceToken);
  }

  async begin(device: DeviceClient, body: object = {}): Promise<AuthorizationView> {
    const response = await device.request('POST', '/v1/authorizations', body);
    if (response.status !== 201) throw new Error(`begin was answered ${String(response.status)}`);
    return (await response.json()) as AuthorizationView;
  }

  async view(device: DeviceClient, id: string, query = ''): Promise<AuthorizationView> {
    return (await (
      await device.request('GET', `/v1/authorizations/${id}${query}`)
    ).json()) as AuthorizationView;
  }

  /** Waits as the desktop does until the attempt is over. */
  async outcome(device: DeviceClient, id: string): Promise<AuthorizationView> {
    let view = await this.view(device, id);
    while (['waiting', 'opened', 'redeeming'].includes(view.state))
      view = await this.view(device, id, `?wait=5&known=${view.state}`);
    return view;
  }

  /** Opens the start page and follows its link as a browser would; the id of WeChat's page. */
  async openPage(startUrl: string): Promise<string> {
    const page = await fetch(startUrl);
    const link = /<a href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&#38;', '&');
    if (link === undefined) throw new Error('the start page leads nowhere');
    if (page.headers.get('referrer-policy') !== 'strict-origin') throw new Error('no referrer is sent');
    const wechat = await fetch(link, { headers: { referer: `${new URL(startUrl).origin}/` } });
    if (wechat.status !== 200) throw new Error(`WeChat refuses: ${await wechat.text()}`);
    const { attempts } = (await this.component()) as { attempts: { id: string }[] };
    return attempts.at(-1)!.id;
  }

  component(): Promise<unknown> {
    return this.control('GET', `/components/${PLATFORM.componentAppid}`);
  }

  authorize(options: AuthorizeOptions): Promise<AuthorizeAnswer> {
    const path = `/components/${PLATFORM.componentAppid}/authorize`;
    return this.control('POST', path, options) as Promise<AuthorizeAnswer>;
  }

  /** The whole way of an administrator, from the desktop's click to the end. */
  async bind(
    device: DeviceClient,
    appid: string,
    options: Partial<AuthorizeOptions> & { readonly request?: object } = {},
  ): Promise<AuthorizationView> {
    const { request = {}, ...rest } = options;
    const attempt = await this.begin(device, request);
    await this.authorize({ appid, attempt: await this.openPage(attempt.startUrl), ...rest });
    return this.outcome(device, attempt.id);
  }

  cancel(appid: string, event = true): Promise<unknown> {
    return this.control('POST', `/components/${PLATFORM.componentAppid}/cancel`, { appid, event });
  }

  /** Calls of one path that WeChat has seen, by the end of its name. */
  async calls(name: string): Promise<readonly Call[]> {
    const all = (await this.control('GET', '/calls')) as Call[];
    return all.filter(({ path }) => path.endsWith(`/${name}`));
  }

  fault(name: string, fault: object): Promise<unknown> {
    return this.control('POST', '/faults', { path: `/cgi-bin/component/${name}`, ...fault });
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.sandboxOrigin}/__sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The verified service account of the simulator, or another by its place. */
  appid(index = 0): string {
    return this.sandbox.accounts[index]!.appid;
  }
}

export interface RegisterOptions {
  readonly node?: RelayNode;
  readonly settings?: object;
  readonly keys?: Partial<typeof PLATFORM>;
}

export interface AuthorizeAnswer {
  readonly redirectUrl: string | null;
  readonly authorizationCode: string;
  readonly infoType: string;
  readonly redirect: { readonly status: number } | null;
  readonly event: { readonly deliveries: { readonly outcome: string }[] } | null;
}
