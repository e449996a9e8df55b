import type { Page } from 'playwright';
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

export interface Step {
  readonly name: string;
  /** Leads to what the picture of this step shows. */
  run(tour: Tour): Promise<void>;
  /** What is shown when it is not the app's window. */
  picture?(tour: Tour): Promise<Buffer>;
  /** Later steps make no sense without this one. */
  readonly needed?: boolean;
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
