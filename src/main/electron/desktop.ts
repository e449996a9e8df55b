import type { App, BrowserWindow } from 'electron';
import { dialog } from 'electron';
import { join } from 'node:path';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { linkInArguments, LINK_SCHEME, parseDeskLink } from '#shared/domain/desk-link';
import type { Logger } from '#shared/log';
import { phrasebook } from '#shared/phrasebook';
import { createDeskState } from '../services/desktop/desk-state';
import type { DeskCounts } from '../services/desktop/desktop';
import { machineClock } from '../services/desktop/local-clock';
import { machineTimers } from '../services/desktop/timers';
import type { ConversationsService } from '../services/interfaces';
import type { Publish } from '../services/ports';
import type { SettingsService } from '../services/settings';
import { showBadge, titleWith } from './badge';
import type { Environment } from './environment';
import { createLoginItem, HIDDEN_ARGUMENT } from './login-item';
import { createElectronNotifier } from './notifications';
import type { PreferencesFile } from './preferences-file';
import { createTray } from './tray';
import { hasTrayHost } from './tray-host';

export interface DesktopDeps {
  readonly app: App;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly settings: SettingsService;
  readonly preferences: Pick<PreferencesFile, 'wasExplained' | 'setExplained'>;
  readonly log: Logger;
  readonly windows: () => readonly BrowserWindow[];
  readonly openWindow: () => void;
  /** Folder of icons. */
  readonly resources: string;
  readonly conversations: () => Promise<Pick<ConversationsService, 'get'>>;
}

const say = phrasebook({
  stays: { zh: 'OA Desk 会在后台继续接收消息', en: 'OA Desk keeps receiving messages in the background' },
  staysDetail: {
    zh: '窗口关闭后，点托盘里的图标就能再打开；要完全退出，请用托盘菜单或“文件”菜单里的“退出”。可以在设置里改变这一点。',
    en: 'After the window closes, its icon in the tray opens it again. To quit for good, choose Quit in the tray’s menu or the File menu. Settings can change this.',
  },
  understood: { zh: '知道了', en: 'Got It' },
  quitNow: { zh: '现在退出', en: 'Quit Now' },
});

/** On a desktop that starts its tray after the app: when to look again. */
const LOOK_AGAIN_MS = 30_000;

/** Electron's side of the desktop: window, tray, badge, links and login item around one state. */
export function createDesktop(deps: DesktopDeps) {
  const { app, settings, log, windows } = deps;
  const notifier = createElectronNotifier(log);
  let tray: ReturnType<typeof createTray> | null = null;
  let trayHost = process.platform !== 'linux';
  let counts: DeskCounts = { unread: 0, needsReply: 0 };
  let quitting = false;
  let explaining = false;
  app.on('before-quit', () => (quitting = true));

  const state = createDeskState({
    ...{ clock: deps.clock, timers: machineTimers },
    publish: deps.publish,
    isFocused: () => windows().some((window) => !window.isDestroyed() && window.isFocused()),
    showWindow,
    notifications: notifier.supported,
    hasTray: () => trayHost,
  });
  const login = createLoginItem({
    ...{ app, platform: process.platform, argv: process.argv, execPath: process.execPath },
    configHome: deps.environment.configHome ?? join(app.getPath('home'), '.config'),
    appImage: deps.environment.appImage,
  });
  /** What the system was last told; null: it was not asked yet. */
  let loginSet: { readonly on: boolean; readonly hidden: boolean } | null = null;

  function showWindow(): void {
    const [window] = windows();
    if (!window) {
      if (app.isReady()) deps.openWindow();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  const keepsRunning = (): boolean => settings.get().keepInTray ?? trayHost;

  function closing(window: BrowserWindow, event: Electron.Event): void {
    if (quitting || !keepsRunning()) return;
    event.preventDefault();
    if (deps.preferences.wasExplained('tray')) window.hide();
    else if (!explaining)
      explain(window).catch((error: unknown) => log.error('tray-not-explained', { error }));
  }

  /** Once, and with the way out. */
  async function explain(window: BrowserWindow): Promise<void> {
    const locale = settings.locale();
    explaining = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'info',
      title: app.name,
      message: say('stays', locale),
      detail: say('staysDetail', locale),
      buttons: [say('understood', locale), say('quitNow', locale)],
      defaultId: 0,
      cancelId: 0,
    });
    explaining = false;
    deps.preferences.setExplained('tray');
    if (response === 1) app.quit();
    else window.hide();
  }

  function drawTray(): void {
    tray?.show({ locale: settings.locale(), counts, pausedUntil: state.pausedUntil() });
  }
  state.onChange(drawTray);

  async function lookForTray(): Promise<void> {
    const found = await hasTrayHost();
    if (found === trayHost) return;
    trayHost = found;
    state.tell();
  }

  async function openLink(link: string): Promise<void> {
    const place = parseDeskLink(link);
    if (place === null) {
      log.warn('link-refused', { length: link.length });
      return;
    }
    if (place.kind === 'conversation') {
      try {
        await (await deps.conversations()).get(place.appid, place.openid);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn('link-refused', { code: error.code });
        return;
      }
    }
    state.open(place);
  }
  function openLinkSafely(link: string): void {
    openLink(link).catch((error: unknown) => log.error('link-failed', { error }));
  }

  /** At start the settings follow the system, where the owner may have changed it. */
  function readLogin(): void {
    try {
      const on = login.isOn();
      if (settings.get().openAtLogin !== on) settings.update({ openAtLogin: on });
      const { startHidden: hidden } = settings.get();
      // Once more, since the app may have moved.
      if (on) login.set(on, hidden);
      loginSet = { on, hidden };
    } catch (error) {
      log.error('login-item-unreadable', { error });
    }
  }

  /** @throws AppError desktop/login-refused; the setting is then as before */
  function applyLogin(): void {
    const { openAtLogin: on, startHidden: hidden } = settings.get();
    const before = loginSet;
    if (before === null || (before.on === on && before.hidden === hidden)) return;
    loginSet = { on, hidden };
    if (!on && !before.on) return;
    try {
      login.set(on, hidden);
    } catch (cause) {
      log.error('login-item-refused', { error: cause });
      loginSet = before;
      settings.update({ openAtLogin: before.on, startHidden: before.hidden });
      throw new AppError({ code: 'desktop/login-refused' }, { cause });
    }
  }

  return {
    state,
    notifier,
    timers: machineTimers,
    localClock: machineClock(),
    showWindow,
    /** Whether this start wants no window on screen. */
    startsHidden: () => login.startedHidden(settings.get().startHidden),

    /** Another start of the app: with a link, or to see the window. */
    secondInstance(argv: readonly string[]): void {
      const link = linkInArguments(argv);
      if (link !== null) {
        showWindow();
        openLinkSafely(link);
      } else if (!argv.includes(HIDDEN_ARGUMENT)) showWindow();
    },
    openLink: openLinkSafely,

    /** What a new window needs. */
    adopt(window: BrowserWindow): void {
      window.on('close', (event) => closing(window, event));
      window.on('focus', () => state.focused());
      // Windows asks no app to quit before it ends the session.
      window.on('session-end', () => (quitting = true));
      window.setTitle(titleWith(app.name, counts.unread));
    },

    /** Once Electron is ready. */
    async start(argv: readonly string[]): Promise<void> {
      await lookForTray();
      machineTimers.after(LOOK_AGAIN_MS, () => void lookForTray());
      tray = createTray({
        ...{ appName: app.name, platform: process.platform },
        icon: join(deps.resources, 'window-icon.png'),
        templateIcon: join(deps.resources, 'trayTemplate.png'),
        open: showWindow,
        openWaiting: () => state.open({ kind: 'needs-reply' }),
        setPaused: state.setPaused,
        quit: () => app.quit(),
      });
      drawTray();
      // A clone that is being worked on does not take the links of the installed app.
      if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
      readLogin();
      // Without a tray nobody would find it again.
      if (login.startedHidden(settings.get().startHidden) && !keepsRunning()) windows()[0]?.minimize();
      const link = linkInArguments(argv);
      if (link !== null) openLinkSafely(link);
    },

    applySettings(): void {
      drawTray();
      applyLogin();
    },

    showCounts(now: DeskCounts): void {
      counts = now;
      showBadge(app, windows(), now);
      drawTray();
    },
  };
}
