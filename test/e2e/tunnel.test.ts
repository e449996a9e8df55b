import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type DeskApp } from './support/app';
import { demoPorts, demoRuns, startDemo } from './support/demo-start';
import { demoOf } from './support/demo';
import { temporaryFolder, until } from './support/runtime';

const TOKEN_PATH = '/cgi-bin/stable_token';

let folder: ReturnType<typeof temporaryFolder>;
let desk: DeskApp | null = null;
beforeEach(() => {
  folder = temporaryFolder('tunnel');
});
afterEach(async () => {
  await desk?.close().catch(() => undefined);
  desk = null;
  folder.remove();
});

/** Tunnels that the demo's relay has opened since it started, and other outcomes of a request for one. */
async function tunnels(): Promise<{ readonly opened: number; readonly others: number }> {
  const { relayPort } = demoPorts(folder.path);
  const metrics = await (await fetch(`http://127.0.0.1:${relayPort}/metrics`)).text();
  const counts = [...metrics.matchAll(/tunnels_total\{outcome="(\w+)"\} (\d+)/g)];
  const sum = (found: typeof counts) => found.reduce((total, [, , count]) => total + Number(count), 0);
  return {
    opened: sum(counts.filter(([, outcome]) => outcome === 'opened')),
    others: sum(counts.filter(([, outcome]) => outcome !== 'opened')),
  };
}

const tokenCalls = async (appid: string) =>
  (await demoOf(folder.path).sandbox.calls(appid)).filter(({ path }) => path === TOKEN_PATH);

describe('the tunnel of the demo’s relay', () => {
  it('carries the app’s token requests to WeChat, and no other calls', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    await until('the app to have asked for a token', async () => (await tokenCalls(appid)).length > 0);
    const { opened, others } = await tunnels();
    expect(opened).toBeGreaterThan(0);
    expect(others).toBe(0);
    const tokens = await tokenCalls(appid);
    expect(tokens.every(({ errcode }) => errcode === 0)).toBe(true);
    // Connections stay open for the next request, so there may be fewer tunnels than requests, never more.
    expect(opened).toBeLessThanOrEqual(tokens.length);
    const all = await demoOf(folder.path).sandbox.calls(appid);
    expect(all.length).toBeGreaterThan(tokens.length);
  });

  it('carries them after the app was started again, with the pairing from the keychain', async () => {
    desk = await startApp({ userData: folder.path });
    const appid = await startDemo(desk);
    await desk.close();
    desk = await startApp({ userData: folder.path });
    expect(await demoRuns(desk)).toBe(appid);
    await until('a tunnel to be opened by the new process', async () => (await tunnels()).opened > 0);
    expect((await tunnels()).others).toBe(0);
  });
});
