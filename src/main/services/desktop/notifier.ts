/** The port to whatever shows notifications on this system. */

export interface DeskNotification {
  /** A later one of the same id takes the place of the earlier. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Without the system's own sound. */
  readonly silent: boolean;
  /** Offers to answer in the notification where the system can; the words stand in the empty field. */
  readonly reply?: { readonly placeholder: string };
  readonly onClick: () => void;
  readonly onReply?: (text: string) => void;
}

export interface Notifier {
  /** false: the system shows none. */
  supported(): boolean;
  show(notification: DeskNotification): void;
  /** Takes it away; nothing happens when it is gone. */
  close(id: string): void;
  closeAll(): void;
}
