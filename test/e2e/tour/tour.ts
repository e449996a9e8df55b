import type { Page } from 'playwright';
import type { Settings } from '#shared/ipc/models';
import { call } from '../support/account';
import { startApp, type AppOptions, type DeskApp } from '../support/app';

/** The app under way through the tour; a step may start it again. */
export interface Tour {
  readonly userData: string;
  readonly app: DeskApp;
  readonly page: Page;
  restart(options?: Partial<AppOptions>, between?: () => void): Promise<void>;
  /** Runs when the tour is over, however it ends. */
  atEnd(act: () => Promise<void>): void;
}

/** In which language and theme a picture shows the app. */
export type Look = Pick<Settings, 'locale' | 'theme'>;

export const CHINESE_LIGHT: Look = { locale: 'zh-CN', theme: 'light' };
export const CHINESE_DARK: Look = { locale: 'zh-CN', theme: 'dark' };
export const ENGLISH_LIGHT: Look = { locale: 'en', theme: 'light' };
export const ENGLISH_DARK: Look = { locale: 'en', theme: 'dark' };

export interface Step {
  readonly name: string;
  /** Leads to what the picture of this step shows. */
  run(tour: Tour): Promise<void>;
  /** What is shown when it is not the app's window. */
  picture?(tour: Tour): Promise<Buffer>;
  /** More pictures of the same, in other looks; the app is Chinese and light again afterwards. */
  readonly also?: readonly Look[];
  /** Later steps make no sense without this one. */
  readonly needed?: boolean;
}

/** Changes language and theme under what is on screen. */
export async function wear({ app, page }: Tour, look: Look): Promise<void> {
  await call(app, 'settings.update', look);
  await page.locator(`html[lang="${look.locale}"][data-theme="${look.theme}"]`).waitFor();
}

export function nameOf({ locale, theme }: Look): string {
  return `${locale === 'en' ? 'english' : 'chinese'}-${theme}`;
}

export async function startTour(userData: string): Promise<Tour & { close(): Promise<void> }> {
  let app = await startApp({ userData });
  const endings: (() => Promise<void>)[] = [];
  return {
    userData,
    get app() {
      return app;
    },
    get page() {
      return app.page;
    },
    async restart(options = {}, between) {
      await app.close();
      between?.();
      app = await startApp({ userData, ...options });
    },
    atEnd: (act) => void endings.unshift(act),
    async close() {
      await app.close();
      for (const end of endings) await end();
    },
  };
}
