import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '#shared/ipc/bridge';
import type { DeskApp } from './support/app';
import { startApp } from './support/app';
import { call, tryCall } from './support/account';
import { temporaryFolder } from './support/runtime';

const PAGE = 'app://oadesk/index.html';

const folder = temporaryFolder('security');
let desk: DeskApp;
beforeAll(async () => {
  desk = await startApp({ userData: folder.path });
  await call(desk, 'app.bootstrap', {});
});
afterAll(async () => {
  await desk.close();
  folder.remove();
});

/**
 * Opens a hidden window with our preload on another document and calls through its bridge: in its main frame, or in
 * the first frame inside.
 */
function callFromAnotherWindow(url: string, inFrame = false): Promise<unknown> {
  return desk.electron.evaluate(
    async ({ app, BrowserWindow }, given) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: `${app.getAppPath()}/out/preload/index.cjs`,
          sandbox: true,
          contextIsolation: true,
          nodeIntegrationInSubFrames: given.inFrame,
        },
      });
      try {
        await window.loadURL(given.url);
        const { mainFrame } = window.webContents;
        if (given.inFrame) {
          await mainFrame.executeJavaScript(
            `new Promise((resolve) => {
              const frame = document.createElement('iframe');
              frame.srcdoc = 'inside';
              frame.onload = () => resolve(null);
              document.body.append(frame);
            })`,
          );
        }
        const frame = given.inFrame ? mainFrame.frames[0] : mainFrame;
        return (await frame?.executeJavaScript(`window.oadesk.invoke('demo.status', {})`)) as object;
      } finally {
        window.destroy();
      }
    },
    { url, inFrame },
  );
}

describe('the window', () => {
  it('[SEC-1] shows the page nothing of Node, Electron or the preload', async () => {
    const seen = await desk.page.evaluate(() =>
      [
        ...['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', 'contextBridge'],
        // A variable of the preload: visible only if page and preload shared one world.
        ...['listeners', 'bridge', 'methods'],
      ].filter((name) => name in globalThis),
    );
    expect(seen).toEqual([]);
  });

  it('[SEC-1] draws a webview element as nothing', async () => {
    const attached = await desk.page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.com');
      document.body.append(view);
      const alive = 'getWebContentsId' in view;
      view.remove();
      return alive;
    });
    expect(attached).toBe(false);
    const count = await desk.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    expect(count).toBe(1);
  });
});

describe('the bridge', () => {
  it('[SEC-2] has two functions and cannot be changed by the page', async () => {
    const shape = await desk.page.evaluate(() => {
      const bridge = (globalThis as unknown as { oadesk: Record<string, unknown> }).oadesk;
      const before = bridge['invoke'];
      try {
        bridge['invoke'] = () => 'replaced';
      } catch {
        // Strict mode refuses aloud.
      }
      return {
        names: Object.keys(bridge).sort(),
        kinds: Object.values(bridge).map((value) => typeof value),
        same: bridge['invoke'] === before,
      };
    });
    expect(shape).toEqual({ names: ['invoke', 'subscribe'], kinds: ['function', 'function'], same: true });
  });

  it('[SEC-2] refuses unknown names', async () => {
    const answers = await desk.page.evaluate(async () => {
      const bridge = (globalThis as unknown as { oadesk: Bridge }).oadesk;
      const refused = async (name: unknown) => bridge.invoke(name as never, {} as never);
      let topic = 'subscribed';
      try {
        bridge.subscribe('secrets.changed' as never, () => undefined);
      } catch (error) {
        topic = String(error);
      }
      return [await refused('secrets.get'), await refused('__proto__'), await refused(7), topic];
    });
    const unknown = { ok: false, error: { code: 'ipc/unknown-method' } };
    expect(answers).toEqual([unknown, unknown, unknown, expect.stringContaining('ipc/unknown-topic')]);
  });

  it('[SEC-3] answers junk with a refusal', async () => {
    expect(await tryCall(desk, 'accounts.list', { extra: 1 } as never)).toEqual({
      ok: false,
      error: { code: 'ipc/invalid-input' },
    });
    expect(await tryCall(desk, 'followers.page', 'x'.repeat(1_000_000) as never)).toEqual({
      ok: false,
      error: { code: 'ipc/invalid-input' },
    });
  });

  it('[SEC-3] answers our own document in a window of ours', async () => {
    expect(await callFromAnotherWindow(PAGE)).toMatchObject({ ok: true });
  });

  it.each(['data:text/html,<p>foreign</p>', 'about:blank'])(
    '[SEC-3] refuses a call from a window of ours that shows %s',
    async (url) => {
      expect(await callFromAnotherWindow(url)).toEqual({ ok: false, error: { code: 'ipc/forbidden' } });
    },
  );

  it('[SEC-3] refuses a call from a frame inside a document', async () => {
    expect(await callFromAnotherWindow(PAGE, true)).toEqual({ ok: false, error: { code: 'ipc/forbidden' } });
  });
});

describe('the scheme', () => {
  it.each([
    ['app://oadesk/index.html', 200],
    ['app://oadesk/%2e%2e/%2e%2e/package.json', 404],
    ['app://oadesk/..%2f..%2fpackage.json', 404],
    ['app://oadesk//etc/passwd', 404],
    ['app://oadesk/index.html%00', 404],
    ['app://media/..%2f..%2fpackage.json', 404],
    ['app://elsewhere/index.html', 404],
  ])('[SEC-4] answers %s with %i', async (url, status) => {
    const answered = await desk.electron.evaluate(
      ({ net }, target) => net.fetch(target).then((r) => r.status),
      url,
    );
    expect(answered).toBe(status);
  });

  it('[SEC-4] refuses everything but GET', async () => {
    const status = await desk.electron.evaluate(
      ({ net }, target) => net.fetch(target, { method: 'POST', body: 'x' }).then((r) => r.status),
      PAGE,
    );
    expect(status).toBe(405);
  });
});

describe('leaving the document', () => {
  it.each([
    'file:///etc/passwd',
    'https://example.com/',
    'app://oadesk/assets/',
    'data:text/html,x',
    'javascript:0',
  ])('[SEC-5] cannot navigate to %s', async (url) => {
    await desk.page.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
      link.remove();
    }, url);
    // A later, harmless answer proves that the earlier request was dealt with.
    expect(await desk.page.evaluate(() => 1 + 1)).toBe(2);
    expect(desk.page.url()).toBe(PAGE);
    const shown = await desk.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    );
    expect(shown).toEqual([PAGE]);
  });

  it('[SEC-5] cannot open a window', async () => {
    const opened = await desk.page.evaluate(() =>
      ['https://example.com', 'about:blank', 'app://oadesk/index.html'].filter(
        (url) => window.open(url) !== null,
      ),
    );
    expect(opened).toEqual([]);
    const count = await desk.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(count).toBe(1);
  });

  it('[SEC-5] cannot show a foreign document in a frame', async () => {
    const frames = await desk.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      const settled = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
        frame.addEventListener('error', resolve);
      });
      document.body.append(frame);
      await settled;
      const inside = frame.contentDocument?.body.textContent ?? null;
      frame.remove();
      return inside;
    });
    // A blocked frame shows Chromium's own error document, which the page cannot read.
    expect(frames).toBeNull();
  });
});

describe('the policy', () => {
  it('[SEC-6] stops inline scripts, eval, foreign scripts and every connection', async () => {
    const ran = await desk.page.evaluate(async () => {
      const results: string[] = [];
      const probe = globalThis as { ran?: boolean };
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.ran = true';
      document.body.append(inline);
      if (probe.ran) results.push('inline script');
      const button = document.createElement('button');
      button.setAttribute('onclick', 'globalThis.ran = true');
      document.body.append(button);
      button.click();
      if (probe.ran) results.push('inline handler');
      // In a task of its own: what a test driver evaluates may use eval itself.
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          try {
            Reflect.construct(Function, ['return 1']);
            results.push('eval');
          } catch {
            // Refused, as it must be.
          }
          resolve();
        });
      });
      for (const url of ['https://example.com/', 'app://media/x', 'http://127.0.0.1:1/']) {
        await fetch(url).then(
          () => results.push(`fetch ${url}`),
          () => undefined,
        );
      }
      inline.remove();
      button.remove();
      return results;
    });
    expect(ran).toEqual([]);
  });
});

describe('links and permissions', () => {
  it('[SEC-8] opens a link as it was parsed, and only https', async () => {
    await desk.electron.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      Object.assign(shell, {
        openExternal: (url: string) => {
          opened.push(url);
          return Promise.resolve();
        },
      });
    });
    expect(await tryCall(desk, 'app.openExternal', { url: 'HTTPS://MP.weixin.qq.com/a b' })).toEqual({
      ok: true,
      value: {},
    });
    for (const url of ['http://example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'ms-calculator:']) {
      expect(await tryCall(desk, 'app.openExternal', { url })).toEqual({
        ok: false,
        error: { code: 'external/not-https' },
      });
    }
    const opened = await desk.electron.evaluate(() => (globalThis as { opened?: string[] }).opened);
    expect(opened).toEqual(['https://mp.weixin.qq.com/a%20b']);
  });

  it('[SEC-9] grants notifications and nothing that listens, looks or locates', async () => {
    const states = await desk.page.evaluate(async () => {
      const state = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        (error: unknown) => (error as DOMException).name,
      );
      const position = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'other'),
        ),
      );
      return {
        notifications: await state('notifications'),
        geolocation: await state('geolocation'),
        microphone: await state('microphone'),
        clipboardRead: await state('clipboard-read'),
        media,
        position,
      };
    });
    expect(states).toEqual({
      notifications: 'granted',
      geolocation: 'denied',
      microphone: 'denied',
      clipboardRead: 'denied',
      // A machine without a microphone has none to refuse.
      media: expect.stringMatching(/^Not(Allowed|Found)Error$/),
      position: 'denied',
    });
  });
});

describe('without a keychain', () => {
  it('[SEC-12] refuses to work, says why, and stores nothing in a weaker place', async () => {
    const bare = temporaryFolder('no-keychain');
    const refused = await startApp({
      userData: bare.path,
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    });
    try {
      const bootstrap = await call(refused, 'app.bootstrap', {});
      expect(bootstrap.blocked?.code).toBe('keychain/unavailable');
      expect(await tryCall(refused, 'accounts.list', {})).toMatchObject({
        ok: false,
        error: { code: 'keychain/unavailable' },
      });
      await refused.page.getByText('keychain/unavailable').waitFor();
      const written = await readdir(bare.path);
      expect(written).not.toContain('data');
      expect(written).not.toContain('media');
    } finally {
      await refused.close();
      bare.remove();
    }
  });
});
