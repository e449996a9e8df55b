/** Accounts, and the links to the relays that carry their callbacks. */
import type { Account } from '#shared/ipc/models';

/** What the database knows of an account: everything but the live connection. */
export interface AccountRecord extends Omit<Account, 'connection'> {
  /** WeChat's API host; null: the official one. */
  readonly apiOrigin: string | null;
  /** The relay link that carries its callbacks. */
  readonly linkId: string | null;
}

export type NewAccount = Omit<AccountRecord, 'followers' | 'unread' | 'needsReply' | 'needsReplyMuted'>;

export type AccountPatch = Partial<Omit<NewAccount, 'appid'>>;

export interface LinkRecord {
  readonly id: string;
  readonly url: string;
  /** The relay's cursor: everything up to it is stored here. */
  readonly cursor: number;
}

export interface AccountReads {
  list(): AccountRecord[];
  get(appid: string): AccountRecord | null;
  /** When a relay took in the newest callback that was decrypted here, unix seconds; null before the first. */
  lastReceivedAt(appid: string): number | null;
  links(): LinkRecord[];
}

export interface AccountWrites {
  /** Inserts, or takes over the stored row of the same AppID, keeping its followers and messages. */
  save(account: NewAccount): AccountRecord;
  /** @throws AppError account/not-found */
  update(appid: string, patch: AccountPatch): AccountRecord;
  /** Removes the account with everything that belongs to it. */
  erase(appid: string): void;
  saveLink(link: { readonly id: string; readonly url: string }): void;
  deleteLink(id: string): void;
}
