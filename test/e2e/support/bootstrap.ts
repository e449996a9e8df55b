import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { _electron } from 'playwright';
import { z } from 'zod';
import type { Result } from '#shared/app-error';
import type { Bridge } from '#shared/ipc/bridge';
import type { Input, Output } from '#shared/ipc/contract';
import type { MethodName } from '#shared/ipc/names';
import type { Locale } from '#shared/localized';
import type { SeenProcess } from './processes';
import { descendantsOf, stillRunning } from './processes';
import { until } from './wait';

const electron = z.object({ executable: z.string(), args: z.array(z.string()) });

export interface DeskOptions {
  /** Goes on in the folder of an earlier desk; a fresh one when absent. */
  readonly userData?: string;
  readonly locale?: Locale;
  /** Added to the environment; an empty text removes a variable's value. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What went wrong on the page without anybody asking. */
export interface Problems {
  /** Violations of the content security policy. */
  readonly policy: string[];
  /** Errors and warnings on the console. */
  readonly console: string[];
  /** Exceptions that nobody caught. */
  readonly exceptions: string[];
}

/** The real app, started with a user-data folder of its own. */
export class Desk {
  private constructor(
    readonly app: ElectronApplication,
    readonly page: Page,
    readonly userData: string,
    readonly problems: Problems,
    private readonly options: DeskOptions,
  ) {}

  static async launch(options: DeskOptions = {}): Promise<Desk> {
    const { executable, args } = runtime();
    const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'oa-desk-e2e-')));
    const rootArgs = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({
      executablePath: executable,
      args: [...args, ...rootArgs],
      env: {
        ...definedEnv(),
        OADESK_USER_DATA: userData,
        OADESK_LOCALE: options.locale ?? 'zh-CN',
        ...options.env,
      },
      timeout: 60_000,
    });
    const problems: Problems = { policy: [], console: [], exceptions: [] };
    const watch = (page: Page): void => {
      page.on('console', (message) => {
        const text = message.text();
        if (text.includes('Content Security Policy')) problems.policy.push(text);
        else if (message.type() === 'error' || message.type() === 'warning') problems.console.push(text);
      });
      page.on('pageerror', (error) => problems.exceptions.push(String(error)));
    };
    for (const page of app.windows()) watch(page);
    app.on('window', watch);
    const page = await app.firstWindow();
    await page.locator('#root > *').first().waitFor();
    return new Desk(app, page, userData, problems, options);
  }

  /** Calls main through the page's own bridge. */
  invoke<M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>>> {
    return this.page.evaluate(
      ([name, given]) => (globalThis as unknown as { oadesk: Bridge }).oadesk.invoke(name, given as never),
      [method, input] as const,
    );
  }

  /** The value of a call that has to succeed. */
  async ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
    const result = await this.invoke(method, input);
    if (!result.ok) throw new Error(`${method} was refused: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** Starts the demo account through the bridge and waits until it runs. Returns its AppID. */
  async startDemo(): Promise<string> {
    await this.ask('demo.start', {});
    const status = await until('the demo to run', async () => {
      const now = await this.ask('demo.status', {});
      if (now.state === 'failed') throw new Error(`the demo failed: ${JSON.stringify(now.error)}`);
      return now.state === 'running' && now;
    });
    return status.appid ?? '';
  }

  process(): ChildProcess {
    return this.app.process();
  }

  /** Every process that the app has started, at any depth. */
  children(): SeenProcess[] {
    return descendantsOf(this.process().pid ?? -1);
  }

  /** Everything written to the log so far; empty when there is none. */
  async log(): Promise<string> {
    return readFile(join(this.userData, 'logs', 'main.log'), 'utf8').catch(() => '');
  }

  /** The name under which this desk keeps its secrets in the keychain. */
  keychainService(): string {
    return `OA Desk ${createHash('sha256').update(this.userData).digest('hex').slice(0, 16)}`;
  }

  /** Quits as a person does. */
  async quit(): Promise<void> {
    await this.app.close();
  }

  /** Ends the app as a power cut would, and returns what is left of its children after `graceMs`. */
  async kill(graceMs = 10_000): Promise<SeenProcess[]> {
    const children = this.children();
    const child = this.process();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    try {
      await until('the children to end', () => stillRunning(children).length === 0, graceMs);
    } catch {
      return stillRunning(children);
    }
    return [];
  }

  /** The same folder and options again; the present app has to be ended before. */
  again(options: Partial<DeskOptions> = {}): Promise<Desk> {
    return Desk.launch({ ...this.options, ...options, userData: this.userData });
  }

  /** Ends the app in whatever state it is and removes its folder. */
  async dispose(): Promise<void> {
    if (this.process().exitCode === null && this.process().signalCode === null) {
      await this.app.close().catch(() => this.process().kill('SIGKILL'));
    }
    await rm(this.userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

function runtime(): z.infer<typeof electron> {
  const given = process.env['OADESK_ELECTRON'];
  if (!given) throw new Error('OADESK_ELECTRON is not set: run the end-to-end tests with `npm test`.');
  return electron.parse(JSON.parse(given));
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
