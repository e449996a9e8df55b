import type { DeskNotification, Notifier } from './notifier';

/** Keeps what would be on screen; for tests. */
export interface MemoryNotifier extends Notifier {
  /** On screen now, oldest first. */
  readonly shown: readonly DeskNotification[];
  /** Everything that was ever shown. */
  readonly history: readonly DeskNotification[];
}

export function createMemoryNotifier(): MemoryNotifier {
  const shown = new Map<string, DeskNotification>();
  const history: DeskNotification[] = [];
  return {
    supported: () => true,
    show(notification) {
      shown.delete(notification.id);
      shown.set(notification.id, notification);
      history.push(notification);
    },
    close: (id) => void shown.delete(id),
    closeAll: () => shown.clear(),
    get shown() {
      return [...shown.values()];
    },
    history,
  };
}
