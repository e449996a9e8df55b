import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronRuntime, processesNaming, ROOT_ARGS, until } from './runtime';

/** Longest wait for something to appear, for a computer that is busy with other things. */
const WAIT_MS = 30_000;

export interface AppOptions {
  /** Folder for everything the app writes; the same folder again is the same installation. */
  readonly userData: string;
  readonly locale?: 'zh-CN' | 'en';
  /** Added to the app's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of the command line. */
  readonly args?: readonly string[];
  readonly width?: number;
  readonly height?: number;
}

/** The real app in a real window. */
export interface DeskApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Errors of the page's console, among them every violation of the content security policy. */
  readonly pageErrors: readonly string[];
  /** Quits as a person would. */
  close(): Promise<void>;
  /** SIGKILL of the main process; resolves when it and every process it started are gone. */
  kill(): Promise<void>;
  /** Text of the clipboard, read in main. */
  clipboard(): Promise<string>;
}

export async function startApp(options: AppOptions): Promise<DeskApp> {
  const runtime = electronRuntime();
  const electron = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, ...ROOT_ARGS, ...(options.args ?? [])],
    // Otherwise the page is told that the system is light, whatever it is.
    colorScheme: null,
    env: {
      ...(process.env as Record<string, string>),
      ...options.env,
      OADESK_USER_DATA: options.userData,
      OADESK_LOCALE: options.locale ?? 'zh-CN',
    },
  });
  const pageErrors: string[] = [];
  const page = await electron.firstWindow();
  page.setDefaultTimeout(WAIT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await resize(electron, options.width ?? 1280, options.height ?? 800);
  return {
    electron,
    page,
    pageErrors,
    close: () => electron.close(),
    async kill() {
      const child = electron.process();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      await until('no process of the app is left', () => processesNaming(options.userData).length === 0);
    },
    clipboard: () => electron.evaluate(({ clipboard }) => clipboard.readText()),
  };
}

/** Sets the size of the page's area in CSS pixels. */
export async function resize(electron: ElectronApplication, width: number, height: number): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
}
