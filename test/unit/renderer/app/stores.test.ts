import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account, Settings } from '#shared/ipc/models';
import { refreshAccounts, followAccounts, useAccounts } from '../../../../src/renderer/app/accounts-store';
import { bootstrap, useBootstrap } from '../../../../src/renderer/app/bootstrap';
import { overallConnection } from '../../../../src/renderer/app/connection';
import { followDemo, startDemo, useDemo } from '../../../../src/renderer/app/demo-store';
import { useNavigation } from '../../../../src/renderer/app/navigation';
import {
  DEFAULT_SETTINGS,
  keepPaneWidth,
  updateSettings,
  useSettings,
} from '../../../../src/renderer/app/settings-store';
import { currentLocale, setLocale } from '../../../../src/renderer/i18n/i18n';
import { installBridge, Refusal } from '../support/memory-bridge';
import { account, APPID, OTHER_APPID } from '../support/samples';

beforeEach(() => {
  useAccounts.setState(useAccounts.getInitialState(), true);
  useBootstrap.setState(useBootstrap.getInitialState(), true);
  useDemo.setState(useDemo.getInitialState(), true);
  useNavigation.setState(useNavigation.getInitialState(), true);
  useSettings.setState(useSettings.getInitialState(), true);
});
afterEach(() => {
  setLocale('zh-CN');
  vi.unstubAllGlobals();
});

const blocked = { code: 'keychain/unavailable' };
const info = {
  version: '0.1.0',
  runtime: 'test',
  platform: 'linux',
  locale: 'en',
  settings: DEFAULT_SETTINGS,
  blocked: null,
} as const;

describe('the start', () => {
  it('shows the language that main resolved, and the accounts', async () => {
    installBridge({ 'app.bootstrap': () => info, 'accounts.list': () => [account()] });
    await bootstrap();
    expect(currentLocale()).toBe('en');
    expect(useAccounts.getState().accounts).toHaveLength(1);
    expect(useBootstrap.getState().info?.version).toBe('0.1.0');
  });

  it('asks for nothing else when the app cannot work', async () => {
    const bridge = installBridge({ 'app.bootstrap': () => ({ ...info, blocked }) });
    await bootstrap();
    expect(useBootstrap.getState().info?.blocked).toEqual(blocked);
    expect(bridge.calls.map((call) => call.method)).toEqual(['app.bootstrap']);
  });

  it('keeps main’s reason when it does not answer well', async () => {
    installBridge({
      'app.bootstrap': () => {
        throw new Refusal({ code: 'db/damaged' });
      },
    });
    await bootstrap();
    expect(useBootstrap.getState().error).toEqual({ code: 'db/damaged' });
  });
});

describe('the account list', () => {
  it('reads once more, not once per change, when changes arrive while it reads', async () => {
    const gates: ((accounts: Account[]) => void)[] = [];
    const bridge = installBridge({ 'accounts.list': () => new Promise((resolve) => gates.push(resolve)) });
    const dispose = followAccounts();
    const first = refreshAccounts();
    for (let index = 0; index < 5; index += 1) bridge.emit('accounts.changed', { appid: null });
    gates[0]?.([account()]);
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    gates[1]?.([account({ name: '新名字' })]);
    await first;
    await vi.waitFor(() => expect(useAccounts.getState().accounts[0]?.name).toBe('新名字'));
    expect(gates).toHaveLength(2);
    dispose();
  });

  it('keeps an account as it is while only its counts change', async () => {
    let now = account();
    installBridge({ 'accounts.list': () => [now] });
    await refreshAccounts();
    const { settled } = useAccounts.getState();
    now = account({ unread: 7, needsReply: 3 });
    await refreshAccounts();
    expect(useAccounts.getState().accounts[0]?.unread).toBe(7);
    expect(useAccounts.getState().settled).toBe(settled);
    now = account({ unread: 7, name: '新名字' });
    await refreshAccounts();
    expect(useAccounts.getState().settled[0]?.name).toBe('新名字');
  });

  it('falls back to all accounts when the chosen one is gone', async () => {
    installBridge({ 'accounts.list': () => [account()] });
    useNavigation.getState().selectAccount(OTHER_APPID);
    await refreshAccounts();
    expect(useNavigation.getState().accountFilter).toBeNull();
  });

  it('keeps what it had when main cannot read, and says why', async () => {
    let fail = false;
    installBridge({
      'accounts.list': () => {
        if (fail) throw new Refusal({ code: 'db/locked' });
        return [account()];
      },
    });
    await refreshAccounts();
    fail = true;
    await refreshAccounts();
    expect(useAccounts.getState()).toMatchObject({ error: { code: 'db/locked' }, loaded: true });
    expect(useAccounts.getState().accounts).toHaveLength(1);
  });
});

describe('the connection of several accounts', () => {
  const with_ = (state: Account['connection']['state']) =>
    account({ connection: { state, error: null, lastSeenAt: null } });

  it('is the worst of those that should be connected', () => {
    expect(overallConnection([with_('connected'), with_('offline'), with_('off')])).toBe('offline');
    expect(overallConnection([with_('connected'), with_('connecting')])).toBe('connecting');
    expect(overallConnection([with_('connected'), with_('off')])).toBe('connected');
    expect(overallConnection([with_('off')])).toBe('off');
    expect(overallConnection([])).toBeNull();
  });
});

describe('settings', () => {
  it('show at once and are kept by main', async () => {
    let kept: Settings = DEFAULT_SETTINGS;
    installBridge({ 'settings.update': (patch) => (kept = { ...kept, ...definedOf(patch) }) });
    const saving = updateSettings({ locale: 'en' });
    expect(currentLocale()).toBe('en');
    await saving;
    expect(kept.locale).toBe('en');
  });

  it('return to what they were when main refuses', async () => {
    installBridge({
      'settings.update': () => {
        throw new Refusal({ code: 'db/disk-full' });
      },
    });
    await expect(updateSettings({ locale: 'en' })).rejects.toThrow('db/disk-full');
    expect(currentLocale()).toBe('zh-CN');
    expect(useSettings.getState().settings.locale).toBe('system');
  });

  it('keep the width of each pane', async () => {
    let kept: Settings = DEFAULT_SETTINGS;
    installBridge({ 'settings.update': (patch) => (kept = { ...kept, ...definedOf(patch) }) });
    await keepPaneWidth('inbox-list', 311.6);
    await keepPaneWidth('follower-profile', 320);
    expect(kept.paneWidths).toEqual({ 'inbox-list': 312, 'follower-profile': 320 });
  });
});

describe('the demo', () => {
  it('[I16] shows each step that main reports until it runs', async () => {
    const steps: number[] = [];
    const dispose = useDemo.subscribe((demo) => steps.push(demo.step));
    const running = { state: 'running', step: 3, steps: 3, appid: APPID, error: null } as const;
    const bridge = installBridge({
      'demo.status': () => ({ state: 'off', step: 0, steps: 0, appid: null, error: null }),
      'demo.start': () => {
        bridge.emit('demo.changed', { state: 'starting', step: 1, steps: 3, appid: null, error: null });
        bridge.emit('demo.changed', { state: 'starting', step: 2, steps: 3, appid: null, error: null });
        return running;
      },
    });
    const unfollow = followDemo();
    await vi.waitFor(() => expect(steps).toEqual([0]));
    await startDemo();
    expect(steps).toEqual([0, 0, 1, 2, 3]);
    expect(useDemo.getState()).toEqual(running);
    dispose();
    unfollow();
  });

  it('keeps the reason when it does not start', async () => {
    installBridge({
      'demo.start': () => {
        throw new Refusal({ code: 'demo/port-in-use', params: { port: 8123 } });
      },
    });
    await startDemo();
    expect(useDemo.getState()).toMatchObject({ state: 'failed', error: { code: 'demo/port-in-use' } });
  });
});

function definedOf(patch: object): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
