import { call } from './account';
import type { DeskApp } from './app';
import { until } from './runtime';
import type { World } from './world';

/** The third-party platform of the relay's operator. */
export const PLATFORM = {
  componentAppid: 'wxc0mp0nent1234567',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'platformtoken2026',
  encodingAESKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba',
};

/** Gives the relay the platform and has WeChat push its first ticket. The relay starts again. */
export async function usePlatform(world: World): Promise<void> {
  await world.relay.setPlatform(PLATFORM);
  await world.relay.kill();
  await world.relay.restart();
  await world.sandbox.post('/__sandbox/components', {
    ...PLATFORM,
    ticketUrl: `${world.relay.origin}/wx/component/ticket`,
    callbackUrl: `${world.relay.origin}/wx/component/$APPID$/callback`,
  });
}

/** Resolves when the app's paired relay can authorize. */
export async function platformReady(app: DeskApp): Promise<void> {
  await until('the platform is ready', async () => (await call(app, 'authorize.relays', {}))[0]?.ready);
}

/** What the person at the browser and the phone does. */
export interface Browser {
  /** Addresses that the app opened in the system's browser. */
  opened(): Promise<readonly string[]>;
  /** Does what makes the app open a page, and follows it as a browser does: the address of the form on WeChat's page. */
  browse(press: () => Promise<void>): Promise<URL>;
}

/** Takes the place of the system's browser for this app. */
export async function takeBrowser(app: DeskApp, world: World): Promise<Browser> {
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url: string) => void opened.push(url);
  });
  const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  return {
    opened,
    async browse(press) {
      const before = (await opened()).length;
      await press();
      const startUrl = await until('the page is opened', async () => (await opened())[before]);
      return followStartPage(startUrl, world);
    },
  };
}

/** From the relay's start page to WeChat's: the address of the form there. */
async function followStartPage(startUrl: string, world: World): Promise<URL> {
  const start = await (await fetch(startUrl)).text();
  const link = /<a href="([^"]+)"/.exec(start)?.[1]?.replaceAll('&#38;', '&') ?? '';
  const page = await fetch(link, { headers: { referer: `${new URL(startUrl).origin}/` } });
  if (page.status !== 200) throw new Error(`WeChat's page answered ${String(page.status)}`);
  return new URL(/action="([^"]+)"/.exec(await page.text())?.[1] ?? '', world.sandbox.origin);
}

/** One press of a button that stands in for a phone; what the page says then. */
export async function pressOnPhone(
  form: URL,
  as: 'administrator' | 'operator' | 'other-kind' | 'refuse',
  appid: string,
  sets: readonly number[] = [1, 2],
): Promise<string> {
  const body = new URLSearchParams([
    ['as', as],
    ['account', appid],
    ...sets.map((id) => ['set', String(id)]),
  ]);
  return (await fetch(form, { method: 'POST', body })).text();
}

/** A picture of a page as a browser of its own draws it. */
export async function drawPage(app: DeskApp, html: string): Promise<Buffer> {
  const png = await app.electron.evaluate(async ({ BrowserWindow }, page) => {
    const window = new BrowserWindow({
      ...{ width: 1100, height: 820, show: true },
      webPreferences: { partition: 'system-browser', sandbox: true },
    });
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
    const image = await window.webContents.capturePage();
    window.destroy();
    return image.toPNG().toString('base64');
  }, html);
  return Buffer.from(png, 'base64');
}
