/** The public face of each service, for the router, the puller and the demo. */
import type { Input, Output } from '#shared/ipc/contract';
import type { Account, Conversation, Follower, ImportState, Message, Tag } from '#shared/ipc/models';
import type { AccountGap, BindingChecks, BindingDraft, RelayAddresses } from '#shared/ipc/binding-models';
import type { PulledItem } from '#shared/relay/feed-page';
import type { RelayLink } from '../relay/port';

export type ConnectionState = Account['connection'];

export interface BoundLink extends RelayLink {
  readonly id: string;
  /** Where the feed goes on. */
  readonly cursor: number;
  readonly appids: readonly string[];
}

export interface AuthorizedAccount {
  readonly appid: string;
  readonly originalId: string | null;
  readonly name: string;
  readonly kind: Account['kind'];
  readonly verified: boolean;
  readonly region: Account['region'];
  readonly permissionSets: readonly number[];
  readonly linkId: string;
  readonly apiOrigin: string | null;
}

export interface AccountsService {
  list(): Promise<Account[]>;
  /** @throws AppError account/not-found */
  get(appid: string): Promise<Account>;
  bind(input: Input<'accounts.bind'>, options?: { readonly door?: Account['door'] }): Promise<Account>;
  update(input: Input<'accounts.update'>): Promise<Account>;
  /** Secrets are removed, data stays, the status becomes `unbound`. */
  disconnect(appid: string): Promise<Account>;
  /** Checks the stored secret with WeChat and registers again at the relay. */
  reconnect(appid: string): Promise<Account>;
  /** Stores what an administrator granted by scanning; a known account keeps its data, name and colour [S2.24]. */
  adopt(account: AuthorizedAccount): Promise<Account>;
  /** The administrator has cancelled: the account is unbound, its data stays [S2.20]. Without effect unless bound by scanning. */
  authorizationLost(appid: string): Promise<void>;
  /** Removes the account's secrets and its place at the relay; its data stays to be read, and the status becomes `frozen`. */
  freeze(appid: string): Promise<Account>;
  /** Times without a connection that no full reading of the followers has repaired yet [S2.25]. */
  gaps(): Promise<AccountGap[]>;
  /** Origins of the relays that this computer is paired with. */
  relays(): Promise<string[]>;
  /** Spends the pairing code when there is one, else uses the pairing made before; the relay's addresses. @throws AppError `relay/*` */
  reachRelay(input: Input<'binding.reachRelay'>): Promise<RelayAddresses>;
  /** Accounts that a relay had cut off go on with the pairing that took the place of the old one. */
  pairingRenewed(): void;
  /** What was typed of an account that is not connected to its end; null when there is none. */
  draft(): Promise<BindingDraft | null>;
  saveDraft(draft: BindingDraft | null): Promise<void>;
  /** What has been proved of the account's connection. @throws AppError `account/not-found` */
  checks(appid: string): Promise<BindingChecks>;
  /** Removes the account with all its data and secrets. */
  erase(appid: string): Promise<void>;
  /** What the person pastes at mp.weixin.qq.com; only for the clipboard, never for the page. */
  serverSetting(appid: string, value: 'url' | 'token' | 'aes-key'): Promise<string>;
  /** Links whose feeds are to be pulled: those with bound accounts. */
  links(): Promise<BoundLink[]>;
  /** The puller tells how its link is; accounts.changed follows when something changed. */
  setConnection(linkId: string, connection: ConnectionState): void;
  /** Calls back when an account was bound, disconnected or erased, so that pulling starts or stops; returns the disposer. */
  onLinksChanged(listener: () => void): () => void;
  /** Calls back with each newly bound account, e.g. to start its import [S2.14]; returns the disposer. */
  onBound(listener: (appid: string) => void): () => void;
}

export interface FollowersService {
  page(input: Input<'followers.page'>): Promise<Output<'followers.page'>>;
  /** @throws AppError follower/not-found */
  get(appid: string, openid: string): Promise<Follower>;
  timeline(input: Input<'followers.timeline'>): Promise<Output<'followers.timeline'>>;
  update(input: Input<'followers.update'>): Promise<Follower>;
  tags(appid: string | null): Promise<Tag[]>;
  importState(appid: string): Promise<ImportState>;
  /** Starts or resumes in the background and returns at once; progress arrives as `import.changed`. */
  startImport(appid: string): Promise<ImportState>;
  /** Returns when the page under way is stored. */
  pauseImport(appid: string): Promise<ImportState>;
  /** Goes on with imports that a stop of the app interrupted. */
  resumeInterrupted(): Promise<void>;
  /** Asks WeChat for one follower and stores the answer; the follower afterwards. */
  lookUp(appid: string, openid: string): Promise<Follower>;
  /** Asks WeChat in the background for followers first seen by event. */
  enqueueLookUps(who: readonly { readonly appid: string; readonly openid: string }[]): void;
  /** Resolves when no import and no look-up of the account (all accounts when absent) is under way. */
  idle(appid?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface IngestResult {
  /** New messages and events. */
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

export interface ConversationsService {
  /**
   * The inbound path. Resolves when every item is stored (or in quarantine) and the link's cursor with it:
   * only then may the puller acknowledge. Never rejects because of one bad item; rejects with `db/*` when nothing is stored.
   */
  ingest(linkId: string, items: readonly PulledItem[]): Promise<IngestResult>;
  /** Opens what waits in quarantine again, e.g. after the right AES key is stored; how many were recovered. */
  retryQuarantine(appid: string): Promise<number>;
  page(input: Input<'conversations.page'>): Promise<Output<'conversations.page'>>;
  get(appid: string, openid: string): Promise<Conversation>;
  messages(input: Input<'conversations.messages'>): Promise<Output<'conversations.messages'>>;
  around(input: Input<'conversations.around'>): Promise<Output<'conversations.around'>>;
  messagesAfter(input: Input<'conversations.messagesAfter'>): Promise<Output<'conversations.messagesAfter'>>;
  /** Resolves with the settled message (`sent`, `failed`, `unknown`, or `queued` when offline). */
  send(input: Input<'conversations.send'>): Promise<Message>;
  resend(input: Input<'conversations.resend'>): Promise<Message>;
  cancelQueued(input: Input<'conversations.cancelQueued'>): Promise<void>;
  markRead(appid: string, openid: string): Promise<void>;
  setDraft(input: Input<'conversations.setDraft'>): Promise<void>;
  setStarred(input: Input<'conversations.setStarred'>): Promise<void>;
  fetchMedia(input: Input<'conversations.fetchMedia'>): Promise<void>;
  /** Shows or hides "typing" at the customer as far as WeChat allows; never rejects. */
  typing(input: Input<'conversations.typing'>): Promise<void>;
  /** Once at start: messages a crash left `sending` become `unknown`, windows of older rules are folded again. */
  recover(): Promise<void>;
  /** Tries to send what is queued, now; also runs by itself with growing pauses while something is queued. */
  flushQueue(): Promise<void>;
  stop(): Promise<void>;
}

export interface MediaService {
  /**
   * Keeps a file the user chose. @throws AppError media/unsupported-type, media/empty, media/too-large (params.limit),
   * media/too-long (params.limit), media/overseas
   */
  stage(input: Input<'media.stage'>): Promise<Output<'media.stage'>>;
  /** Forgets a staged file; without effect once a message shows it. */
  unstage(input: Input<'media.unstage'>): Promise<void>;
  /** Removes staged files that no message has shown for a week: the app was stopped before they were sent. */
  sweepStaged(): Promise<void>;
  /**
   * Bytes for app://media/<id>. An AMR voice is answered as WAV, which the page can play.
   * @throws AppError media/staged-missing; media/unreadable for a damaged voice
   */
  read(id: string): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>;
  /** Of a follower's AMR voice, computed once; null for everything else. @throws AppError media/staged-missing, media/unreadable */
  waveform(id: string): Promise<{ readonly peaks: Uint8Array; readonly seconds: number } | null>;
  /** The file as it came: what goes to WeChat or to a folder of the user's. @throws AppError media/staged-missing */
  original(id: string): Promise<{ readonly bytes: Uint8Array; readonly mime: string }>;
  /** Fetches pending inbound media in the background. */
  enqueue(ids: readonly string[]): void;
  /** Goes on with what a stop of the app interrupted. */
  resumePending(): Promise<void>;
  idle(): Promise<void>;
  stop(): Promise<void>;
}
