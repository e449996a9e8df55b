import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { ipcMain } from 'electron';
import type { Result } from '#shared/app-error';
import { INVOKE_CHANNEL, TOPIC_CHANNEL } from '#shared/ipc/bridge';
import type { TopicName } from '#shared/ipc/names';
import { isPageUrl } from './app-url';

/** Finds the app's windows at the moment of a call. */
export type Windows = () => readonly BrowserWindow[];

/** Answers the bridge's calls. Everything about who calls is read from Electron, nothing from the arguments. */
export function bindIpc(
  windows: Windows,
  route: (call: { trusted: boolean; method: unknown; input: unknown }) => Promise<Result<unknown>>,
): void {
  ipcMain.handle(INVOKE_CHANNEL, (event, method: unknown, input: unknown) =>
    route({ trusted: isOwnPage(event, windows()), method, input }),
  );
}

/** The caller is the main frame of one of our windows and shows our document right now. */
function isOwnPage(event: IpcMainInvokeEvent, windows: readonly BrowserWindow[]): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || !isPageUrl(frame.url)) return false;
  return windows.some(
    (window) =>
      !window.isDestroyed() &&
      window.webContents === event.sender &&
      window.webContents.mainFrame.frameTreeNodeId === frame.frameTreeNodeId,
  );
}

/** Hands a topic to the main frame of every window that still shows our document. */
export function sendTopic(windows: Windows, topic: TopicName, payload: unknown): void {
  for (const window of windows()) {
    if (window.isDestroyed() || !isPageUrl(window.webContents.getURL())) continue;
    window.webContents.send(TOPIC_CHANNEL, topic, payload);
  }
}
