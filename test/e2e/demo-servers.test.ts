import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskApp } from './support/app';
import { startApp } from './support/app';
import { call } from './support/account';
import { secretsOf } from './support/keychain';
import { demoPorts, demoRuns, startDemo } from './support/demo-start';
import { demoOf } from './support/demo';
import { processesNaming, temporaryFolder, until } from './support/runtime';

let folder: ReturnType<typeof temporaryFolder>;
let desk: DeskApp | null = null;
beforeEach(() => {
  folder = temporaryFolder('demo');
});
afterEach(async () => {
  await desk?.close().catch(() => undefined);
  desk = null;
  folder.remove();
});

const answers = (port: number, path = '/'): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    () => true,
    () => false,
  );

async function receives(app: DeskApp, appid: string, text: string): Promise<void> {
  const sandbox = demoOf(folder.path).sandbox;
  const [openid = ''] = await sandbox.openids(appid);
  await sandbox.act(appid, openid, { type: 'text', content: text });
  await until(`“${text}” to arrive`, async () => {
    const page = await call(app, 'conversations.messages', { appid, openid, before: null, limit: 20 });
    return page.messages.some(
      ({ body }) => body.direction === 'in' && body.content.kind === 'text' && body.content.text === text,
    );
  });
}

describe('the servers of the demo', () => {
  it('end with the app when it is killed, and none is left over', async () => {
    desk = await startApp({ userData: folder.path });
    await startDemo(desk);
    const { sandboxPort, relayPort } = demoPorts(folder.path);
    expect([await answers(sandboxPort), await answers(relayPort)]).toEqual([true, true]);
    // Main, its helpers, the page, and the two servers.
    expect(processesNaming(folder.path).length).toBeGreaterThan(3);
    await desk.kill();
    desk = null;
    expect(processesNaming(folder.path)).toEqual([]);
    expect([await answers(sandboxPort), await answers(relayPort)]).toEqual([false, false]);
  });

  it('end with the app when it is quit', async () => {
    desk = await startApp({ userData: folder.path });
    await startDemo(desk);
    await desk.close();
    desk = null;
    await until('no process is left', () => processesNaming(folder.path).length === 0);
  });

  it('come back on the same ports with the app, and messages arrive again', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    await receives(desk, appid, '第一次');
    const before = demoPorts(folder.path);
    await desk.close();

    desk = await startApp({ userData: folder.path });
    expect(await demoRuns(desk)).toBe(appid);
    const { sandboxPort, relayPort } = before;
    expect(demoPorts(folder.path)).toMatchObject({ sandboxPort, relayPort });
    // Who wrote before can still be answered: the window did not close with the app.
    const [writer = ''] = await demoOf(folder.path).sandbox.openids(appid);
    const answer = await call(desk, 'conversations.send', {
      ...{ appid, openid: writer, clientId: randomUUID(), content: { kind: 'text', text: '我们还在' } },
    });
    expect(answer.body).toMatchObject({ direction: 'out', status: 'sent' });
    await receives(desk, appid, '第二次');
    const accounts = await call(desk, 'accounts.list', {});
    expect(accounts.map(({ status, door }) => ({ status, door }))).toEqual([
      { status: 'bound', door: 'demo' },
    ]);
  });

  it('move to other ports when theirs were taken meanwhile, and messages arrive again', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    await receives(desk, appid, '搬家前');
    const before = demoPorts(folder.path);
    await desk.close();

    const squatters = [before.sandboxPort, before.relayPort].map((port) =>
      createServer((socket) => socket.destroy()).listen(port, '127.0.0.1'),
    );
    try {
      desk = await startApp({ userData: folder.path });
      await demoRuns(desk);
      const after = demoPorts(folder.path);
      expect(after.sandboxPort).not.toBe(before.sandboxPort);
      expect(after.relayPort).not.toBe(before.relayPort);
      await receives(desk, appid, '搬家后');
      const [openid = ''] = await demoOf(folder.path).sandbox.openids(appid);
      const { messages } = await call(desk, 'conversations.messages', {
        ...{ appid, openid, before: null, limit: 50 },
      });
      // What arrived before the move is still there.
      expect(JSON.stringify(messages)).toContain('搬家前');
    } finally {
      for (const squatter of squatters) squatter.close();
    }
  });

  it('are started again when one of them dies, and nothing that was sent meanwhile is lost', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    const { relayPort } = demoPorts(folder.path);
    const { electron } = desk;
    const relayPid = () =>
      electron.evaluate(
        ({ app }) => app.getAppMetrics().find(({ name }) => name === 'OA Desk demo relay')?.pid ?? null,
      );
    const before = await until('the relay process', relayPid);
    process.kill(before, 'SIGKILL');
    await until('another relay process', async () => {
      const now = await relayPid();
      return now !== null && now !== before;
    });
    await until('the relay to answer again', () => answers(relayPort, '/healthz'));
    await receives(desk, appid, '重启之后');
  });

  it('stop when the demo is removed, and nothing of it stays behind', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    await receives(desk, appid, '删除之前');
    const { sandboxPort, relayPort } = demoPorts(folder.path);
    expect(await call(desk, 'demo.remove', {})).toMatchObject({ state: 'off', appid: null });
    expect(await call(desk, 'accounts.list', {})).toEqual([]);
    expect([await answers(sandboxPort), await answers(relayPort)]).toEqual([false, false]);
    expect(existsSync(join(folder.path, 'demo'))).toBe(false);
    expect((await secretsOf(folder.path)).map(({ account }) => account)).toEqual(['database-key']);
    // It can be tried again.
    expect(await startDemo(desk)).toBe(appid);
    await receives(desk, appid, '再来一次');
  });
});
