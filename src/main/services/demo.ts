import { createServer } from 'node:net';
import type { AppErrorData } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Account, DemoStatus } from '#shared/ipc/models';
import type { Locale, Localized } from '#shared/localized';
import { pick } from '#shared/localized';
import type { Logger } from '#shared/log';
import type { ChildRunner, RunningChild } from './demo-children';
import type { DemoFolder } from './demo-memory';
import type { RelayServer, SandboxServer } from './demo-servers';
import type { KnownFollower } from './demo-servers';
import { enableServer, invite, restoreFollowers, startRelay, startSandbox } from './demo-servers';
import type { AccountsService, ConversationsService, FollowersService } from './interfaces';
import type { Publish } from './ports';

const NAME: Localized = { zh: '青禾咖啡（演示）', en: 'Greenleaf Café (demo)' };

/** start sandbox, start relay, pair, bind, enable the server, import */
const STEPS = 6;

/** Conversations a restarted sandbox is told about, newest first, and how many are read at once. */
const MOST_RESTORED = 10_000;
const PAGE = 500;

/** A server that keeps dying is not started for ever. */
const MAX_RESTARTS = 5;
const RESTART_PERIOD_MS = 60_000;

export interface DemoService {
  /** Starts in the background and answers at once; progress arrives as `demo.changed`. Repeating it changes nothing. */
  start(): DemoStatus;
  status(): DemoStatus;
  /** Stops the servers and erases the demo account with everything it received. */
  remove(): Promise<DemoStatus>;
  /** At start of the app: brings the servers of a bound demo account back, on the same ports when they are free. */
  resume(): Promise<void>;
  /** Resolves when no start is under way. */
  settled(): Promise<void>;
  /** Ends the servers; the account stays. */
  stop(): Promise<void>;
}

export interface DemoDeps {
  readonly accounts: Pick<AccountsService, 'list' | 'bind' | 'disconnect' | 'erase' | 'serverSetting'>;
  readonly followers: Pick<FollowersService, 'startImport' | 'get'>;
  readonly conversations: Pick<ConversationsService, 'page'>;
  readonly children: ChildRunner;
  readonly folder: DemoFolder;
  readonly publish: Publish;
  readonly locale: () => Locale;
  readonly log: Logger;
}

interface Servers {
  sandbox: SandboxServer;
  relay: RelayServer;
}

export function createDemoService(deps: DemoDeps): DemoService {
  let status: DemoStatus = { state: 'off', step: 0, steps: STEPS, appid: null, error: null };
  let servers: Servers | null = null;
  let stopped = false;
  /** Starting, removing and restarting happen one after the other. */
  let work: Promise<void> = Promise.resolve();
  let restarts: number[] = [];

  function set(patch: Partial<DemoStatus>): void {
    status = { ...status, ...patch };
    deps.publish('demo.changed', status);
  }

  function enqueue(task: () => Promise<void>): Promise<void> {
    work = work.then(task).catch((error: unknown) => failed(error));
    return work;
  }

  async function failed(error: unknown): Promise<void> {
    deps.log.error('demo-failed', { error, step: status.step });
    await stopServers();
    const data: AppErrorData = error instanceof AppError ? error.data : { code: 'demo/start-failed' };
    set({ state: 'failed', error: data });
  }

  async function demoAccount(): Promise<Account | null> {
    const accounts = await deps.accounts.list();
    return accounts.find((account) => account.door === 'demo') ?? null;
  }

  /** Brings both servers up. Returns whether they are where the account expects them, and which start this is. */
  async function startServers(): Promise<{
    readonly up: Servers;
    readonly samePorts: boolean;
    readonly session: number;
  }> {
    const memory = await deps.folder.load();
    const session = memory?.starts ?? 0;
    set({ state: 'starting', step: 1, error: null });
    const sandbox = await onPort(memory?.sandboxPort ?? 0, (port) =>
      startSandbox(deps.children, port, session),
    );
    try {
      set({ step: 2 });
      const relay = await onPort(memory?.relayPort ?? 0, (port) =>
        startRelay(deps.children, port, deps.folder.relayData, sandbox.origin),
      );
      const up: Servers = { sandbox, relay };
      const samePorts =
        memory !== null &&
        portOf(sandbox.origin) === memory.sandboxPort &&
        portOf(relay.origin) === memory.relayPort &&
        sandbox.account.appid === memory.appid;
      servers = up;
      return { up, samePorts, session };
    } catch (error) {
      await sandbox.child.stop();
      throw error;
    }
  }

  /** The remembered port when it is free, otherwise any. */
  async function onPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
    const usable = port !== 0 && (await isFree(port));
    if (port !== 0 && !usable) deps.log.warn('demo-port-taken', { port });
    return start(usable ? port : 0);
  }

  async function bringUp(): Promise<void> {
    if (stopped || (status.state === 'running' && servers)) return;
    const existing = await demoAccount();
    const { up, samePorts, session } = await startServers();
    const { appid } = up.sandbox.account;
    set({ appid });
    if (!existing || existing.status !== 'bound' || !samePorts || existing.appid !== appid) {
      await bind(up, existing);
    }
    // Counted before customers begin to write, so that a start that fails later is not played again.
    await deps.folder.save({
      appid,
      sandboxPort: portOf(up.sandbox.origin),
      relayPort: portOf(up.relay.origin),
      starts: session + 1,
    });
    set({ step: 5 });
    await enable(up);
    set({ step: 6 });
    await deps.followers.startImport(appid);
    supervise('sandbox', up.sandbox.child);
    supervise('relay', up.relay.child);
    set({ state: 'running', step: STEPS });
  }

  async function bind(up: Servers, existing: Account | null): Promise<void> {
    set({ step: 3 });
    const pairingCode = await invite(deps.children, deps.folder.relayData);
    set({ step: 4 });
    // The relay still has the account, under its old address, so its Token and key stay as they are.
    const settings = existing?.status === 'bound' ? await callbackSettings(existing.appid) : {};
    // The servers live elsewhere than the account says: let go of the old place first.
    if (existing?.status === 'bound') await deps.accounts.disconnect(existing.appid);
    const { appid, secret } = up.sandbox.account;
    await deps.accounts.bind(
      {
        name: existing?.name ?? pick(NAME, deps.locale()),
        appid,
        secret,
        region: 'mainland',
        relayUrl: up.relay.origin,
        pairingCode,
        apiOrigin: up.sandbox.origin,
        ...settings,
      },
      { door: 'demo' },
    );
  }

  /** Everybody who ever wrote: those who came while the demo ran are not in the sandbox's seed. */
  async function known(appid: string): Promise<KnownFollower[]> {
    const found: KnownFollower[] = [];
    for (let offset = 0; offset < MOST_RESTORED; offset += PAGE) {
      const { rows } = await deps.conversations.page({
        appid,
        filter: 'all',
        order: 'newest',
        offset,
        limit: PAGE,
      });
      for (const { openid, following, window } of rows) {
        const { subscribedAt } = await deps.followers.get(appid, openid);
        const { remaining, expiresAt } = window.grant ?? { remaining: 0, expiresAt: 0 };
        found.push({ openid, following, subscribedAt, remaining, expiresAt });
      }
      if (rows.length < PAGE) break;
    }
    return found;
  }

  async function callbackSettings(
    appid: string,
  ): Promise<{ readonly callbackToken: string; readonly encodingAESKey: string }> {
    const [callbackToken, encodingAESKey] = await Promise.all([
      deps.accounts.serverSetting(appid, 'token'),
      deps.accounts.serverSetting(appid, 'aes-key'),
    ]);
    return { callbackToken, encodingAESKey };
  }

  /** The sandbox forgets its console settings and its followers' windows when it ends, so it is told at every start. */
  async function enable(up: Servers): Promise<void> {
    const { appid } = up.sandbox.account;
    await restoreFollowers(up.sandbox.origin, appid, await known(appid));
    const url = await deps.accounts.serverSetting(appid, 'url');
    const { callbackToken, encodingAESKey } = await callbackSettings(appid);
    await enableServer(up.sandbox.origin, appid, { url, token: callbackToken, encodingAESKey });
  }

  /** Starts a server again when it ends although nobody asked it to. */
  function supervise(which: keyof Servers, child: RunningChild): void {
    void child.exited.then((code) => {
      // Ended by us, or replaced meanwhile.
      if (stopped || servers?.[which].child !== child) return;
      deps.log.warn('demo-server-ended', { which, code, complaints: child.complaints() });
      void enqueue(() => restart(which));
    });
  }

  /** Starts one server again on its own port; the other goes on. */
  async function restart(which: keyof Servers): Promise<void> {
    if (stopped || !servers) return;
    const now = performance.now();
    restarts = [...restarts.filter((at) => now - at < RESTART_PERIOD_MS), now];
    if (restarts.length > MAX_RESTARTS) {
      throw new AppError({ code: 'demo/start-failed', params: { reason: `${which}-keeps-ending` } });
    }
    if (which === 'sandbox') {
      const memory = await deps.folder.load();
      const session = memory?.starts ?? 0;
      servers.sandbox = await startSandbox(deps.children, portOf(servers.sandbox.origin), session);
      if (memory) await deps.folder.save({ ...memory, starts: session + 1 });
      await enable(servers);
    } else {
      servers.relay = await startRelay(
        deps.children,
        portOf(servers.relay.origin),
        deps.folder.relayData,
        servers.sandbox.origin,
      );
    }
    supervise(which, servers[which].child);
  }

  async function stopServers(): Promise<void> {
    const running = servers;
    servers = null;
    if (running) await Promise.all([running.sandbox.child.stop(), running.relay.child.stop()]);
  }

  return {
    start() {
      if (status.state === 'off' || status.state === 'failed') {
        set({ state: 'starting', step: 1, error: null });
        void enqueue(bringUp);
      }
      return status;
    },
    status: () => status,
    async remove() {
      await enqueue(async () => {
        await stopServers();
        const account = await demoAccount();
        if (account) await deps.accounts.erase(account.appid);
        await deps.folder.erase();
        set({ state: 'off', step: 0, appid: null, error: null });
      });
      return status;
    },
    async resume() {
      const account = await demoAccount();
      if (account?.status !== 'bound') return;
      set({ appid: account.appid });
      await enqueue(bringUp);
    },
    settled: () => work,
    async stop() {
      stopped = true;
      await stopServers();
      await work;
      await stopServers();
    },
  };
}

/** Whether a server could listen there right now. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function portOf(origin: string): number {
  return Number(new URL(origin).port);
}
