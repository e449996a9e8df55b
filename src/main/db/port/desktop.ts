/** What notifications, reminders and the digest ask. */
import type { Reminded } from '#shared/domain/reminders';
import type { Conversation } from '#shared/ipc/models';

/** A conversation whose window is open and owes a reply, with the latest reminder of it. */
export interface WaitingConversation {
  readonly conversation: Conversation;
  readonly reminded: Reminded | null;
}

export interface DesktopReads {
  /** In the order asked for; who is not known is left out. */
  conversations(who: readonly { readonly appid: string; readonly openid: string }[]): Conversation[];
  /**
   * Those whose windows end within the longest of `leads` (seconds) and that no reminder was given for since the shortest
   * lead that has begun; the one that ends first comes first.
   */
  waiting(query: {
    readonly appids: readonly string[];
    readonly leads: readonly number[];
    readonly now: number;
    readonly limit: number;
  }): WaitingConversation[];
  /** How many windows that owe a reply, snoozed ones left out, end after `now` and until `until`. */
  closingBefore(appids: readonly string[], now: number, until: number): number;
}

export interface DesktopWrites {
  /** In one transaction. */
  remember(given: readonly (Reminded & { readonly appid: string; readonly openid: string })[]): void;
}
