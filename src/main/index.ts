/** The desktop's main process: the only file that constructs things. */
import {
  app,
  BrowserWindow,
  clipboard,
  Menu,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { AppErrorData } from '#shared/app-error';
import { AppError } from '#shared/app-error';
import type { Output } from '#shared/ipc/contract';
import { redact, redactText } from '#wechat/redact';
import { openDatabase } from './db/client';
import type { Database } from './db/port/database';
import { openAppLog } from './electron/app-log';
import { appMenu } from './electron/app-menu';
import { createAppProtocol } from './electron/app-protocol';
import { setUpBeforeReady } from './electron/app-setup';
import { APP_SCHEME } from './electron/app-url';
import { createDesktop } from './electron/desktop';
import { readEnvironment } from './electron/environment';
import { openExternal, openStartPage } from './electron/external-links';
import { createFileDialogs } from './electron/file-dialogs';
import { bindIpc, sendTopic } from './electron/ipc-binding';
import { openMainWindow } from './electron/main-window';
import { guardNavigation } from './electron/navigation-guards';
import { restrictPermissions } from './electron/permissions';
import { openPreferencesFile } from './electron/preferences-file';
import { quitInOrder } from './electron/quit';
import { utilityChildren } from './electron/utility-children';
import type { Backend } from './ipc/handlers';
import { createHandlers } from './ipc/handlers';
import { createPublisher } from './ipc/publisher';
import { createRouter, publicError } from './ipc/router';
import { createHttpRelayApi } from './relay/http-relay-api';
import { createPuller } from './relay/puller';
import { createServerClock } from './relay/server-clock';
import { createTunnels } from './relay/tunnel';
import { createKeytarStore } from './secrets/keytar';
import type { SecretStore } from './secrets/port';
import { createRememberingStore } from './secrets/remembering';
import { createAccountsService } from './services/accounts';
import { createAuthorizeService } from './services/authorize/authorize';
import { createAutoRepliesService } from './services/auto-replies';
import { createCardsService } from './services/cards/cards';
import { createConversationMarksService } from './services/conversation-marks';
import { createConversationsService } from './services/conversations';
import { obtainDatabaseKey } from './services/database-key';
import { createDemoService } from './services/demo';
import { demoFolder } from './services/demo-memory';
import type { DesktopService } from './services/desktop/desktop';
import { createDesktopService } from './services/desktop/desktop';
import { createDoctorService } from './services/doctor/doctor';
import { createRelayProbe } from './services/doctor/relay-probe';
import { createFollowersService } from './services/followers';
import type { AccountsService } from './services/interfaces';
import { createMediaService } from './services/media';
import type { MediaFiles } from './services/media-files';
import { createMediaFiles } from './services/media-files';
import { createMessageDesk } from './services/message-desk';
import { createRelayDeskService } from './services/relay-desk';
import { createSearchService } from './services/search';
import { createQuickRepliesService } from './services/quick-replies/quick-replies';
import { createKfService } from './services/kf';
import { createPeopleService } from './services/people';
import { createPreparedDrafts } from './services/prepared-drafts';
import { createReportsService } from './services/reports';
import { createSettingsService } from './services/settings';
import { createTakeoverService } from './services/takeover/takeover';
import { createWeChatClients, type ClientObserver } from './services/wechat-clients';

interface OpenBackend extends Backend {
  /** Stops everything in order and closes the database. */
  readonly close: () => Promise<void>;
}

const BUILT = import.meta.dirname;
const environment = readEnvironment();
const windows = (): BrowserWindow[] => BrowserWindow.getAllWindows();

/** Another start of the app, with its arguments. */
let onSecondInstance: (argv: readonly string[]) => void = () => undefined;

if (setUpBeforeReady(app, protocol, environment, (argv) => onSecondInstance(argv))) start();
else app.quit();

function start(): void {
  const userData = app.getPath('userData');
  const logs = join(userData, 'logs');
  const logger = openAppLog(logs, redact);
  process.on('uncaughtException', (error) => logger.error('uncaught-exception', { error }));
  process.on('unhandledRejection', (error) => logger.error('unhandled-rejection', { error }));
  logger.info('app-starts', { version: app.getVersion(), electron: process.versions.electron });

  const machine = { now: () => Date.now() / 1000 };
  // What the page is told is news for the desktop too, once there is a database.
  let heard: DesktopService['heard'] = () => undefined;
  const publish = createPublisher({
    send(topic, payload) {
      sendTopic(windows, topic, payload);
      heard(topic, payload);
    },
    log: logger,
  });
  const clock = createServerClock({ machine, publish, log: logger });
  const heardFrom = (from: 'wechat' | 'relay') => (serverTime: number) =>
    clock.learn(serverTime, machine.now(), from);
  const preferences = openPreferencesFile(userData, logger);
  const settings = createSettingsService({
    store: preferences,
    publish,
    systemLanguages: () =>
      environment.locale === null ? app.getPreferredSystemLanguages() : [environment.locale],
    onChange: applySettings,
  });

  const desktop = createDesktop({
    ...{ app, environment, clock, publish, settings, preferences, windows, openWindow, log: logger },
    resources: join(BUILT, '../../resources'),
    conversations: async () => (await opening).conversations,
  });
  onSecondInstance = desktop.secondInstance;
  // macOS hands links over so, the first one before the app is ready.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    desktop.openLink(url);
  });
  const dialogs = createFileDialogs();

  // Keychain and database open while Electron is still getting ready.
  const opening = openBackend();
  opening.catch((error: unknown) => logger.error('app-blocked', { error }));

  async function openBackend(): Promise<OpenBackend> {
    const secrets = createRememberingStore(createKeytarStore(keychainService(userData)));
    const folder = join(userData, 'data');
    const path = join(folder, 'oa-desk.db');
    const key = await obtainDatabaseKey(secrets, existsSync(path));
    // Not before there is a key: without a keychain nothing is written.
    mkdirSync(folder, { recursive: true });
    const db = await openDatabase({ script: join(BUILT, 'db-worker.js'), path, key });
    try {
      return await composeBackend(db, secrets, createMediaFiles(join(userData, 'media'), key));
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  async function composeBackend(db: Database, secrets: SecretStore, files: MediaFiles): Promise<OpenBackend> {
    const relay = createHttpRelayApi({ machine, onServerDate: heardFrom('relay') });
    const tunnels = createTunnels({ relay, log: logger });
    // The doctor examines with the very clients that it is told about.
    const observer: ClientObserver = {
      callFailed: (appid, error) => doctor.callFailed(appid, error),
      tokenReplaced: (appid, replacement) => doctor.tokenReplaced(appid, replacement),
    };
    const clients = createWeChatClients({
      ...{ db, secrets, clock, logger, tunnels, relay, observer },
      onServerDate: heardFrom('wechat'),
    });
    const wechatFor = (appid: string) => clients.for(appid);
    const common = { db, secrets, clock, logger, publish, wechatFor };
    const accounts = createAccountsService({ ...common, relay, clients, deviceName: hostname() });
    const followers = createFollowersService(common);
    const voiceWorker = { script: join(BUILT, 'voice-worker.js') };
    const media = createMediaService({ ...common, files, voiceWorker });
    const preparedDrafts = createPreparedDrafts({ db, files });
    const cards = createCardsService({ ...common, files });
    const quickReplies = createQuickRepliesService({
      ...{ ...common, files, media, locale: settings.locale },
      dialogs,
    });
    const authorize = createAuthorizeService({
      ...{ ...common, relay, accounts, clients },
      deviceName: hostname(),
      openPage: openStartPage,
    });
    const conversations = createConversationsService({
      ...{ ...common, followers, media },
      showTyping: () => settings.get().showTyping,
      onRelayNotices: (linkId, notices) => authorize.heard(linkId, notices),
      onStamped: clock.notBefore,
      onInbound: (messages) => deskService.arrived(messages),
    });
    const deskService = createDesktopService({
      ...{ db, clock, settings: settings.get, locale: settings.locale, log: logger, conversations },
      ...desktop,
      play(sound) {
        publish('desktop.sound', { sound });
        return windows().length > 0;
      },
    });
    heard = deskService.heard;
    const search = createSearchService(common);
    const messages = createMessageDesk({
      ...{ db, media, followers, dialogs, toPng },
      locale: settings.locale,
    });
    const marks = createConversationMarksService(common);
    const autoReplies = createAutoRepliesService({ ...common, relay, accounts });
    const relayDesk = createRelayDeskService({ ...common, relay, deviceName: hostname() });
    const doctor = createDoctorService({
      ...{ ...common, relay, accounts, conversations, machine },
      probe: createRelayProbe(machine),
      clientFor: wechatFor,
      version: app.getVersion(),
    });
    const watched: Pick<AccountsService, 'links' | 'setConnection' | 'onLinksChanged'> = {
      ...accounts,
      setConnection(linkId, connection) {
        accounts.setConnection(linkId, connection);
        doctor.connectionsChanged();
      },
    };
    const takeover = createTakeoverService({ ...common, files, autoReplies, locale: settings.locale });
    const puller = createPuller({
      ...{ accounts: watched, conversations, relay, clock, log: logger },
      onLinkUp(linkId) {
        autoReplies.linkUp(linkId);
        authorize.linkUp(linkId);
      },
    });
    const people = createPeopleService(common);
    const kf = createKfService(common);
    const reports = createReportsService({
      ...common,
      dialogs,
      locale: settings.locale,
    });
    const demo = createDemoService({
      accounts,
      followers,
      conversations,
      children: utilityChildren(BUILT),
      folder: demoFolder(join(userData, 'demo')),
      publish,
      locale: settings.locale,
      log: logger,
    });

    await conversations.recover();
    await marks.start();
    clock.onSet(() => marks.timeChanged());
    accounts.onBound((appid) => inBackground('import-start', followers.startImport(appid)));
    powerMonitor.on('resume', () => {
      puller.wake();
      inBackground('reminders', deskService.tick());
      marks.timeChanged();
    });
    // What was interrupted goes on beside the page, which is usable from here on.
    inBackground('puller-start', puller.start());
    inBackground('quick-replies-tidy', quickReplies.tidy());
    inBackground(
      'resume',
      demo.resume().then(async () => {
        puller.wake();
        await followers.resumeInterrupted();
        await media.resumePending();
        search.start();
        await media.sweepStaged();
      }),
    );
    return {
      ...{ accounts, followers, conversations, media, autoReplies, relayDesk, authorize, takeover },
      ...{
        cards,
        quickReplies,
        preparedDrafts,
        demo,
        doctor,
        marks,
        people,
        kf,
        reports,
        desktop: deskService,
      },
      ...{ search, messages },
      async close() {
        await Promise.all([puller.stop(), demo.stop(), autoReplies.stop(), authorize.stop(), doctor.stop()]);
        await Promise.all([
          ...[followers.stop(), media.stop(), conversations.stop(), marks.stop(), search.stop()],
        ]);
        await deskService.stop();
        await tunnels.close();
        await db.close();
      },
    };
  }

  function inBackground(event: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => logger.error(`${event}-failed`, { error }));
  }

  async function whyBlocked(): Promise<AppErrorData | null> {
    try {
      await opening;
      return null;
    } catch (error) {
      return error instanceof AppError ? publicError(error.data, redactText) : { code: 'ipc/internal' };
    }
  }

  async function bootstrap(): Promise<Output<'app.bootstrap'>> {
    const { platform } = process;
    return {
      version: app.getVersion(),
      runtime: `Electron ${process.versions.electron}`,
      platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
      locale: settings.locale(),
      settings: settings.get(),
      blocked: await whyBlocked(),
    };
  }

  function applySettings(): void {
    nativeTheme.themeSource = settings.get().theme;
    const template = appMenu({
      runCommand: (id) => publish('app.command', { id }),
      locale: settings.locale(),
      platform: process.platform,
      appName: app.name,
      openLogFolder: () => void shell.openPath(logs),
      showAbout: () => app.showAboutPanel(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    desktop.applySettings();
  }

  function openWindow(hidden = false): void {
    const window = openMainWindow({
      hidden,
      preload: join(BUILT, '../preload/index.cjs'),
      icon: join(BUILT, '../../resources/window-icon.png'),
      title: app.name,
      readBounds: () => preferences.readWindow(),
      writeBounds: (bounds) => preferences.writeWindow(bounds),
      log: logger,
    });
    desktop.adopt(window);
  }

  bindIpc(
    windows,
    createRouter({
      handlers: createHandlers({
        backend: () => opening,
        settings,
        bootstrap,
        openExternal,
        copyText: async (text) => {
          await clipboard.writeText(text);
        },
        locale: settings.locale,
        deskState: desktop.state,
      }),
      log: logger,
      redact: redactText,
    }),
  );
  guardNavigation(app, logger);
  quitInOrder(app, logger, async () => {
    const backend = await opening.catch(() => null);
    await backend?.close();
  });

  inBackground(
    'app-ready',
    app.whenReady().then(() => {
      restrictPermissions(session.defaultSession);
      protocol.handle(
        APP_SCHEME,
        createAppProtocol({
          root: join(BUILT, '../renderer'),
          readMedia: async (id) => {
            const { quickReplies, media } = await opening;
            return (await quickReplies.readPicture(id)) ?? media.read(id);
          },
          log: logger,
        }),
      );
      // The page starts in a process of its own, so what main has left to do is done beside it.
      nativeTheme.themeSource = settings.get().theme;
      openWindow(desktop.startsHidden());
      applySettings();
      inBackground('desktop-start', desktop.start(process.argv));
      app.setAboutPanelOptions({
        applicationName: app.name,
        applicationVersion: app.getVersion(),
        iconPath: join(BUILT, '../../resources/icon.png'),
      });
      app.on('activate', () => {
        if (windows().length === 0) openWindow();
        else desktop.showWindow();
      });
    }),
  );
}

function toPng(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  return image.isEmpty() ? null : new Uint8Array(image.toPNG());
}

/** Each user-data folder has secrets of its own, so that a test or a second profile never meets another one's. */
function keychainService(userData: string): string {
  if (environment.userData === null) return 'OA Desk';
  return `OA Desk ${createHash('sha256').update(userData).digest('hex').slice(0, 16)}`;
}
