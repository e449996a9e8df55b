import { Notification } from 'electron';
import type { DeskNotification, Notifier } from '../services/desktop/notifier';
import type { Logger } from '#shared/log';

/** Shows notifications by the system's own service. The reply field exists on macOS and Windows; elsewhere a click opens. */
export function createElectronNotifier(log: Logger): Notifier {
  /** Held for as long as they are on screen: one that is collected no longer answers a click. */
  const shown = new Map<string, Notification>();

  function forget(id: string, notification: Notification): void {
    if (shown.get(id) === notification) shown.delete(id);
  }
  function close(id: string): void {
    const notification = shown.get(id);
    shown.delete(id);
    notification?.close();
  }

  return {
    supported: () => Notification.isSupported(),
    show(given: DeskNotification) {
      if (!Notification.isSupported()) return;
      close(given.id);
      const notification = new Notification({
        title: given.title,
        body: given.body,
        silent: given.silent,
        ...(given.reply ? { hasReply: true, replyPlaceholder: given.reply.placeholder } : {}),
      });
      shown.set(given.id, notification);
      notification.on('click', () => {
        forget(given.id, notification);
        given.onClick();
      });
      // The second argument, since only newer versions name the reply in the first.
      notification.on('reply', (_event, reply) => {
        forget(given.id, notification);
        given.onReply?.(reply);
      });
      notification.on('close', () => forget(given.id, notification));
      notification.on('failed', (_event, error) => {
        forget(given.id, notification);
        log.warn('notification-failed', { error });
      });
      notification.show();
    },
    close,
    closeAll() {
      for (const id of shown.keys()) close(id);
    },
  };
}
