import { AppError } from '#shared/app-error';
import type { AccountRequest } from '#shared/relay/protocol';
import { newAccountKey } from '../secrets/device-token';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore, WorkspaceId } from '../store/port';
import { Documents } from './documents';

interface AccountBase {
  readonly appid: string;
  readonly workspaceId: WorkspaceId;
  /** Names the account in its callback address. */
  readonly key: string;
  /** The callback Token in the clear: in memory only. */
  readonly token: string;
}

export interface SealedAccount extends AccountBase {
  readonly mode: 'sealed';
}

/** An account whose pushes the relay can open. */
export interface OpenAccount extends AccountBase {
  readonly mode: 'assisted' | 'component';
  readonly encodingAESKey: string;
  readonly previousEncodingAESKey: string | null;
  /** The AppID inside envelopes: the account's own, or the component's. */
  readonly envelopeAppid: string;
}

/** An account as its callbacks need it. */
export type CallbackAccount = SealedAccount | OpenAccount;

/** A row of the account table, without secrets. */
export interface AccountRecord {
  readonly appid: string;
  readonly workspaceId: WorkspaceId;
  readonly mode: 'sealed' | 'assisted' | 'component';
  readonly key: string;
}

interface StoredAccount {
  readonly workspaceId: WorkspaceId;
  readonly key: string;
  readonly mode: 'sealed' | 'assisted' | 'component';
  /** Sealed JSON of `Secrets`; the first version sealed the bare Token. */
  readonly sealed: string;
}

interface Secrets {
  readonly token: string;
  readonly encodingAESKey?: string;
  readonly previousEncodingAESKey?: string;
}

interface Cached {
  readonly account: CallbackAccount;
  readonly until: number;
}

/** Milliseconds for which a change made by another process may go unnoticed. */
const FRESH_MS = 2_000;

/** Where accounts are kept; rotation of the master key walks it. */
export const ACCOUNTS = { name: 'accounts', lifetime: null } as const;

/** The accounts of all workspaces, in every mode. An appid belongs to one workspace until it is removed there. */
export class Accounts {
  private readonly accounts: Documents<StoredAccount>;
  private readonly keys: Documents<{ readonly appid: string }>;
  private readonly cache = new Map<string, Cached>();
  /** Looks that are under way, by key. */
  private readonly looks = new Map<string, Promise<CallbackAccount | null>>();

  constructor(
    store: RelayStore,
    private readonly box: SealedBox,
  ) {
    this.accounts = new Documents(store, ACCOUNTS);
    this.keys = new Documents(store, { name: 'account-keys', lifetime: null });
  }

  /** The account with this callback key when it was found a moment ago. */
  known(key: string): CallbackAccount | null {
    const cached = this.cache.get(key);
    return cached !== undefined && cached.until > performance.now() ? cached.account : null;
  }

  /** The account with this callback key. What was found lately also serves while the store does not answer. */
  findByKey(key: string): Promise<CallbackAccount | null> {
    const known = this.known(key);
    if (known !== null) return Promise.resolve(known);
    const present = this.looks.get(key);
    if (present !== undefined) return present;
    // A busy account is asked for many times before the first look ends.
    const look = this.read(key).then(
      (account) => {
        if (this.looks.get(key) === look) this.remember(key, account);
        return account;
      },
      (error: unknown) => {
        if (this.looks.get(key) === look) this.looks.delete(key);
        const cached = this.cache.get(key);
        if (cached !== undefined && isUnavailable(error)) return cached.account;
        throw error;
      },
    );
    this.looks.set(key, look);
    return look;
  }

  async ownerOf(appid: string): Promise<WorkspaceId | null> {
    return (await this.accounts.get(appid))?.value.workspaceId ?? null;
  }

  /** The account without its secrets; null when no workspace has it. */
  async find(appid: string): Promise<AccountRecord | null> {
    const found = await this.accounts.get(appid);
    if (found === null) return null;
    const { workspaceId, mode, key } = found.value;
    return { appid, workspaceId, mode, key };
  }

  /**
   * Binds the account to the workspace, or changes its mode and keys; the callback key stays the same.
   * @throws AppError `relay/account-taken` when it belongs to another workspace
   */
  save(workspaceId: WorkspaceId, appid: string, request: AccountRequest): Promise<string> {
    const { mode, ...secrets } = request;
    return this.bind(workspaceId, appid, mode, secrets);
  }

  /**
   * Binds an account that has authorized the relay's third-party platform: its pushes come to the platform's address with
   * the platform's keys. Its callback key waits for a change back.
   * @throws AppError `relay/account-taken` when it belongs to another workspace
   */
  async saveAuthorized(workspaceId: WorkspaceId, appid: string): Promise<void> {
    await this.bind(workspaceId, appid, 'component', { token: '' });
  }

  private async bind(
    workspaceId: WorkspaceId,
    appid: string,
    mode: StoredAccount['mode'],
    secrets: object,
  ): Promise<string> {
    const sealed = this.box.sealText(JSON.stringify(secrets), contextOf(workspaceId, appid));
    const newKey = newAccountKey();
    // First the way to the account, which leads nowhere until the account says that it is its own.
    await this.keys.create(newKey, { appid });
    const saved = await this.accounts.change(appid, (present) =>
      present !== null && present.workspaceId !== workspaceId
        ? null
        : { workspaceId, key: present?.key ?? newKey, mode, sealed },
    );
    if (saved?.key !== newKey) await this.keys.delete(newKey);
    if (saved?.workspaceId !== workspaceId) throw new AppError({ code: 'relay/account-taken' });
    this.forget(saved.key);
    return saved.key;
  }

  /** The account's callbacks are refused from now on; what it received stays in the feed. Whether it was there. */
  async remove(workspaceId: WorkspaceId, appid: string): Promise<boolean> {
    const found = await this.accounts.get(appid);
    if (found?.value.workspaceId !== workspaceId) return false;
    if (!(await this.accounts.delete(appid, found.revision))) return this.remove(workspaceId, appid);
    await this.keys.delete(found.value.key);
    this.forget(found.value.key);
    return true;
  }

  async list(workspaceId: WorkspaceId): Promise<readonly AccountRecord[]> {
    const all = await this.accounts.list();
    return all
      .filter(({ value }) => value.workspaceId === workspaceId)
      .map(({ key: appid, value: { mode, key } }) => ({ appid, workspaceId, mode, key }));
  }

  private remember(key: string, account: CallbackAccount | null): void {
    this.looks.delete(key);
    if (account === null) this.cache.delete(key);
    else this.cache.set(key, { account, until: performance.now() + FRESH_MS });
  }

  /** What was found before a change of this process serves nobody after it. */
  private forget(key: string): void {
    this.looks.delete(key);
    this.cache.delete(key);
  }

  private async read(key: string): Promise<CallbackAccount | null> {
    const found = await this.keys.get(key);
    if (found === null) return null;
    const { appid } = found.value;
    const stored = await this.accounts.get(appid);
    return stored?.value.key === key ? this.open(appid, stored.value) : null;
  }

  private open(appid: string, { workspaceId, key, mode, sealed }: StoredAccount): CallbackAccount | null {
    if (mode === 'component') return null;
    const secrets = secretsOf(this.box.openText(sealed, contextOf(workspaceId, appid)));
    const base = { appid, workspaceId, key, token: secrets.token };
    if (mode === 'sealed') return { ...base, mode };
    if (secrets.encodingAESKey === undefined) throw new AppError({ code: 'relay/secret-unreadable' });
    return {
      ...base,
      mode,
      encodingAESKey: secrets.encodingAESKey,
      previousEncodingAESKey: secrets.previousEncodingAESKey ?? null,
      envelopeAppid: appid,
    };
  }
}

/** What binds a sealed value to its account, so that it opens nowhere else. */
export function contextOf(workspaceId: WorkspaceId, appid: string): string {
  return `account:${workspaceId}:${appid}`;
}

function secretsOf(text: string): Secrets {
  return text.startsWith('{') ? (JSON.parse(text) as Secrets) : { token: text };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'relay/store-unavailable';
}
