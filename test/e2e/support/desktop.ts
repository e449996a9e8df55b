import type { DeskApp } from './app';
import { until } from './runtime';

export interface SeenNotification {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
}

/**
 * What the app hands to the system around it. The test machine has neither a notification service nor a tray, so the
 * system's side is watched at Electron's own objects: what is shown, chosen and answered there.
 */
export interface ObservedDesktop {
  /** The newest notification whose title or body holds this; null: none was shown. */
  notification(words: string): Promise<SeenNotification | null>;
  click(words: string): Promise<void>;
  reply(words: string, text: string): Promise<void>;
  /** The label of the tray's entry that matches; null: there is none. */
  trayLabel(label: RegExp): Promise<string | null>;
  chooseInTray(label: RegExp): Promise<void>;
  /** The window's title. */
  title(): Promise<string>;
  /** As the person does, by the button of the window's frame. */
  closeWindow(): Promise<void>;
  /** Messages of the dialogs that were shown; each is answered by its first button. */
  dialogs(): Promise<readonly string[]>;
  /** Notifications of before do not count any more. */
  forget(): Promise<void>;
}

interface Watched {
  shown: Electron.Notification[];
  menu: Electron.Menu | null;
  dialogs: string[];
}

export async function observeDesktop({ electron }: DeskApp): Promise<ObservedDesktop> {
  await electron.evaluate(({ Notification, Tray, dialog }) => {
    const watched: Watched = { shown: [], menu: null, dialogs: [] };
    Object.assign(globalThis, { watched });
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      watched.shown.push(this);
    };
    const setContextMenu = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (this: Electron.Tray, menu) {
      watched.menu = menu;
      setContextMenu.call(this, menu);
    };
    dialog.showMessageBox = ((_window: unknown, options: Electron.MessageBoxOptions) => {
      watched.dialogs.push(options.message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  });

  const act = (words: string, event: 'click' | 'reply', text: string) =>
    electron.evaluate(
      (_electron, given) => {
        const { watched } = globalThis as unknown as { watched: Watched };
        const found = watched.shown.findLast(({ title, body }) => `${title}\n${body}`.includes(given.words));
        if (!found) throw new Error(`no notification says ${given.words}`);
        found.emit(given.event, {}, given.text);
      },
      { words, event, text },
    );

  const trayLabel = (label: RegExp) =>
    electron.evaluate((_electron, source) => {
      const { watched } = globalThis as unknown as { watched: Watched };
      return watched.menu?.items.find((item) => new RegExp(source).test(item.label))?.label ?? null;
    }, label.source);

  return {
    notification: (words) =>
      electron.evaluate((_electron, text) => {
        const { watched } = globalThis as unknown as { watched: Watched };
        const found = watched.shown.findLast(({ title, body }) => `${title}\n${body}`.includes(text));
        return found ? { title: found.title, body: found.body, silent: found.silent } : null;
      }, words),
    click: (words) => act(words, 'click', ''),
    reply: (words, text) => act(words, 'reply', text),
    trayLabel,
    async chooseInTray(label) {
      await until(`the tray offers ${String(label)}`, () => trayLabel(label));
      await electron.evaluate((_electron, source) => {
        const { watched } = globalThis as unknown as { watched: Watched };
        watched.menu?.items.find((item) => new RegExp(source).test(item.label))?.click();
      }, label.source);
    },
    title: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? ''),
    closeWindow: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    dialogs: () => electron.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.dialogs),
    async forget() {
      await electron.evaluate(() => {
        (globalThis as unknown as { watched: Watched }).watched.shown = [];
      });
    },
  };
}
