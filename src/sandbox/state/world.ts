import { createRandom, type Random } from '../random';
import type { SandboxClock } from '../clock';
import { AttemptBook } from '../component/attempt';
import { ComponentRegistry } from '../component/registry';
import type { CallbackTarget } from '../push/target';
import { createAccount, type Account, type AccountOptions } from './account';
import { FaultPlan } from './faults';
import type { Follower } from './followers';
import { Journal } from './journal';
import type { PhoneItem } from './phone';

/** How WeChat delivers a push; figures of callbacks.md §4 unless a test shortens them. */
export interface PushRules {
  /** Milliseconds for the full response. */
  deadlineMs: number;
  /** Milliseconds from the start of one delivery to the start of the next. */
  gapMs: number;
  /** Deliveries in total. */
  attempts: number;
  /** Redeliver with the very same query and body instead of a fresh timestamp, nonce and signature. */
  repeatQuery: boolean;
}

export interface WorldOptions {
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly push: PushRules;
  /** `http://host:port` of the sandbox itself; asked when needed, because the port is known after listening only. */
  readonly origin: () => string;
}

/** The Official Account of WeChat's checks before a release (auth-component.md §9). */
const RELEASE_TEST_ACCOUNT = { appid: 'wx570bc396a51b8ff8', originalId: 'gh_3c884a361561' };
/** Beyond the numbers of all other accounts. */
const RELEASE_TEST_NUMBER = 1_000_000;

type PhoneListener = (account: Account, follower: Follower, item: PhoneItem) => void;
type ServerListener = (account: Account) => void;

/** Everything the simulated WeChat knows. */
export class World {
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly push: PushRules;
  readonly origin: () => string;
  readonly faults = new FaultPlan();
  readonly journal = new Journal();
  readonly components = new ComponentRegistry();
  /** Authorization pages that were opened. */
  readonly attempts: AttemptBook;
  readonly random: Random;
  readonly #accounts = new Map<string, Account>();
  #releaseTestAccount: Account | null = null;
  readonly #phoneListeners = new Set<PhoneListener>();
  readonly #serverListeners = new Set<ServerListener>();

  constructor(options: WorldOptions) {
    this.seed = options.seed;
    this.clock = options.clock;
    this.push = options.push;
    this.origin = options.origin;
    this.random = createRandom('world', options.seed, options.clock.now());
    this.attempts = new AttemptBook(options.seed, options.clock.now());
  }

  addAccount(options: AccountOptions): Account {
    const account = createAccount(this.seed, this.#accounts.size, this.clock.now(), options);
    this.#accounts.set(account.appid, account);
    return account;
  }

  account(appid: string): Account | null {
    if (appid === this.#releaseTestAccount?.appid) return this.#releaseTestAccount;
    return this.#accounts.get(appid) ?? null;
  }

  /** The account that WeChat checks platforms with; it exists from its first use on and is in no list. */
  releaseTestAccount(): Account {
    this.#releaseTestAccount ??= createAccount(this.seed, RELEASE_TEST_NUMBER, this.clock.now(), {
      type: 'service',
      verified: true,
      region: 'mainland',
      followers: 1,
      ids: RELEASE_TEST_ACCOUNT,
    });
    return this.#releaseTestAccount;
  }

  accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  accountOfToken(token: string): Account | null {
    return this.accounts().find((account) => account.tokens.owns(token)) ?? null;
  }

  /** The appid when an account or a platform has it, for the record of calls. */
  knownAppid(appid: string): string | null {
    return (this.account(appid) ?? this.components.get(appid))?.appid ?? null;
  }

  /** Whose token it is, whatever its standing: an account's, also when it is a platform's token for it, or a platform's. */
  appidOfToken(token: string): string | null {
    const owner = this.components.ownerOfToken(token);
    if (owner === null) return this.accountOfToken(token)?.appid ?? null;
    return owner.kind === 'component' ? owner.component.appid : owner.authorization.account.appid;
  }

  /** Shows something on a follower's phone and tells who listens. */
  show(account: Account, follower: Follower, item: Omit<PhoneItem, 'at'>): void {
    const shown: PhoneItem = { at: this.clock.now(), ...item };
    follower.phone.push(shown);
    for (const listener of this.#phoneListeners) listener(account, follower, shown);
  }

  /** Calls back for each new item on any phone; returns the disposer. */
  onPhone(listener: PhoneListener): () => void {
    this.#phoneListeners.add(listener);
    return () => this.#phoneListeners.delete(listener);
  }

  /**
   * Where the account's pushes go: to the platforms that it authorized for messages, and only without any of them to the
   * server that its owner configured.
   */
  targetsOf(account: Account): readonly CallbackTarget[] {
    const platforms = this.components.targetsOf(account);
    if (platforms.length > 0 || account.server === null) return platforms;
    return [account.server];
  }

  serverConfigured(account: Account): void {
    for (const listener of this.#serverListeners) listener(account);
  }

  /** Calls back when an account's messages begin to go to a server or a platform; returns the disposer. */
  onServer(listener: ServerListener): () => void {
    this.#serverListeners.add(listener);
    return () => this.#serverListeners.delete(listener);
  }

  /** A request id: unix time in hex, then two opaque groups. */
  newRid(): string {
    return `${this.clock.now().toString(16).padStart(8, '0')}-${this.random.hex(8)}-${this.random.hex(8)}`;
  }
}
