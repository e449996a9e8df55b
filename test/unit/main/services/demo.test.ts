import { AppError } from '#shared/app-error';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpRelayApi } from '#main/relay/http-relay-api';
import type { DemoService } from '#main/services/demo';
import { createDemoService } from '#main/services/demo';
import type { ChildRunner, RunningChild } from '#main/services/demo-children';
import { demoFolder } from '#main/services/demo-memory';
import { newCallbackToken, newEncodingAESKey } from '#main/services/server-settings';
import type { Account, DemoStatus } from '#shared/ipc/models';
import { silentLogger } from '#shared/log';
import { builtProgram } from '../../support/built-program';
import { nodeChildren } from './node-children';

const machine = { now: () => Date.now() / 1000 };
const programs = nodeChildren((program) => [process.execPath, builtProgram(`src/${program}/index.ts`)]);

let folder: string;
let demo: DemoService;
let started: RunningChild[];
let told: DemoStatus[];
let accounts: Map<string, Account>;
let settings: { url: string; token: string; aesKey: string };
let imports: string[];

/** The account service as far as the demo needs it: it pairs with the real relay and registers there. */
function accountService() {
  const relay = createHttpRelayApi({ machine, onServerDate: () => undefined });
  return {
    list: () => Promise.resolve([...accounts.values()]),
    async bind(
      input: { appid: string; name: string; relayUrl: string; pairingCode: string },
      options?: { door?: Account['door'] },
    ) {
      const { deviceToken } = await relay.pair(input.relayUrl, input.pairingCode, 'test');
      const token = newCallbackToken();
      const { callbackUrl } = await relay.registerAccount({ url: input.relayUrl, deviceToken }, input.appid, {
        mode: 'sealed',
        token,
      });
      settings = { url: callbackUrl, token, aesKey: newEncodingAESKey() };
      const account = { appid: input.appid, name: input.name, door: options?.door, status: 'bound' };
      accounts.set(input.appid, account as Account);
      return account as Account;
    },
    disconnect: (appid: string) => Promise.resolve(accounts.get(appid) as Account),
    erase: (appid: string) => {
      accounts.delete(appid);
      return Promise.resolve();
    },
    serverSetting: (_appid: string, value: 'url' | 'token' | 'aes-key') =>
      Promise.resolve(value === 'aes-key' ? settings.aesKey : settings[value]),
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-service-'));
  started = [];
  told = [];
  imports = [];
  accounts = new Map();
  const children: ChildRunner = {
    start(program, args) {
      const child = programs.start(program, args);
      started.push(child);
      return child;
    },
  };
  demo = createDemoService({
    accounts: accountService(),
    conversations: { page: () => Promise.resolve({ total: 0, rows: [] }) },
    followers: {
      get: () => Promise.reject(new AppError({ code: 'follower/not-found' })),
      startImport: (appid) => {
        imports.push(appid);
        return Promise.resolve({} as never);
      },
    },
    children,
    folder: demoFolder(join(folder, 'demo')),
    publish: (_topic, payload) => told.push(payload as DemoStatus),
    locale: () => 'en',
    log: silentLogger,
  });
});
afterEach(async () => {
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
});

const settled = () =>
  vi.waitFor(() => expect(['running', 'failed']).toContain(demo.status().state), { timeout: 30_000 });

describe('the demo', () => {
  it('[I16] starts sandbox and relay, binds, enables the server and imports, step by step', async () => {
    expect(demo.start()).toMatchObject({ state: 'starting', step: 1, steps: 6 });
    // A second click changes nothing.
    expect(demo.start()).toMatchObject({ state: 'starting' });
    await settled();
    expect(demo.status()).toMatchObject({ state: 'running', error: null });
    const steps = told.map(({ step }) => step);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const appid = demo.status().appid ?? '';
    expect(accounts.get(appid)).toMatchObject({ door: 'demo', name: 'Greenleaf Café (demo)' });
    expect(imports).toEqual([appid]);

    expect(await demo.remove()).toMatchObject({ state: 'off', appid: null });
    expect(accounts.size).toBe(0);
    await Promise.all(started.map((child) => child.exited));
  });

  it('says that it failed, leaves no server behind, and can be tried again', async () => {
    const inTheWay = join(folder, 'demo');
    await writeFile(inTheWay, 'a file where the folder of the demo should be');
    demo.start();
    await settled();
    expect(demo.status()).toMatchObject({ state: 'failed', error: { code: 'demo/start-failed' } });
    expect(accounts.size).toBe(0);
    await Promise.all(started.map((child) => child.exited));

    await rm(inTheWay);
    demo.start();
    await settled();
    expect(demo.status()).toMatchObject({ state: 'running', error: null });
  });

  it('does nothing at start of the app when there is no demo account', async () => {
    await demo.resume();
    expect(started).toEqual([]);
    expect(demo.status().state).toBe('off');
  });
});
