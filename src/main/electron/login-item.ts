import type { App } from 'electron';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { autostartEntry } from './autostart-file';

/** Argument that starts the app without showing its window. */
export const HIDDEN_ARGUMENT = '--hidden';

/** The system's list of what starts at login. */
export interface LoginItem {
  isOn(): boolean;
  /** @throws when the system refuses, e.g. because the folder cannot be written */
  set(on: boolean, hidden: boolean): void;
  /** This start was made by the system and wants no window. */
  startedHidden(hiddenWanted: boolean): boolean;
}

export interface LoginItemDeps {
  readonly app: Pick<
    App,
    'name' | 'isPackaged' | 'getAppPath' | 'getLoginItemSettings' | 'setLoginItemSettings'
  >;
  readonly platform: NodeJS.Platform;
  readonly argv: readonly string[];
  readonly execPath: string;
  /** Folder of the user's configuration on Linux. */
  readonly configHome: string;
  /** The file that was started, where the app is one AppImage. */
  readonly appImage: string | null;
}

export function createLoginItem(deps: LoginItemDeps): LoginItem {
  const { app, platform } = deps;
  const bySystem = platform === 'win32' || platform === 'darwin';
  const file = join(deps.configHome, 'autostart', 'oa-desk.desktop');
  const argumentsFor = (hidden: boolean): string[] => (hidden ? [HIDDEN_ARGUMENT] : []);

  /** An AppImage runs from a place that is gone at the next start; a clone starts Electron with the project. */
  function command(hidden: boolean): string[] {
    const program = deps.appImage ?? deps.execPath;
    const project = deps.appImage === null && !app.isPackaged ? [app.getAppPath()] : [];
    return [program, ...project, ...argumentsFor(hidden)];
  }

  return {
    isOn() {
      if (!bySystem) return existsSync(file);
      if (platform === 'darwin') return app.getLoginItemSettings().openAtLogin;
      // Windows compares the arguments too.
      return [true, false].some(
        (hidden) => app.getLoginItemSettings({ args: argumentsFor(hidden) }).openAtLogin,
      );
    },
    set(on, hidden) {
      if (bySystem) {
        app.setLoginItemSettings({ openAtLogin: on, args: argumentsFor(hidden) });
        return;
      }
      if (!on) {
        rmSync(file, { force: true });
        return;
      }
      mkdirSync(join(deps.configHome, 'autostart'), { recursive: true });
      writeFileSync(file, autostartEntry(app.name, command(hidden)));
    },
    startedHidden(hiddenWanted) {
      if (deps.argv.includes(HIDDEN_ARGUMENT)) return true;
      // macOS starts login items without arguments.
      return platform === 'darwin' && hiddenWanted && app.getLoginItemSettings().wasOpenedAtLogin;
    },
  };
}
