import { AppError } from '#shared/app-error';
import type { SealedBox } from './secrets/sealed-box';
import type { RelayStore, StoredAccount, WorkspaceId } from './store/port';

export interface CallbackAccount {
  readonly appid: string;
  readonly workspaceId: WorkspaceId;
  readonly mode: 'sealed';
  /** The callback Token in the clear: in memory only. */
  readonly token: string;
}

interface Entry {
  readonly account: CallbackAccount;
  readonly until: number;
}

/** Milliseconds for which a change made by another process may go unnoticed. */
const FRESH_MS = 2_000;

/** The accounts as callbacks need them: found by key, with the Token opened. Unknown keys are never remembered. */
export class AccountDirectory {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly store: RelayStore,
    private readonly box: SealedBox,
  ) {}

  async find(key: string): Promise<CallbackAccount | null> {
    const entry = this.entries.get(key);
    if (entry !== undefined && entry.until > performance.now()) return entry.account;
    const stored = await this.store.findAccount(key);
    if (stored === null) {
      this.entries.delete(key);
      return null;
    }
    const account = this.open(stored);
    this.entries.set(key, { account, until: performance.now() + FRESH_MS });
    return account;
  }

  /**
   * Binds the account to the workspace or changes its Token; returns its callback key.
   * @throws AppError `relay/account-taken`
   */
  async save(workspaceId: WorkspaceId, appid: string, token: string, newKey: string): Promise<string> {
    const sealedToken = this.box.seal(token, contextOf(workspaceId, appid));
    const key = await this.store.saveAccount({ workspaceId, appid, newKey, mode: 'sealed', sealedToken });
    if (key === null) throw new AppError({ code: 'relay/account-taken' });
    this.entries.delete(key);
    return key;
  }

  /** @throws AppError `relay/unknown-account` */
  async remove(workspaceId: WorkspaceId, appid: string): Promise<void> {
    const removed = await this.store.removeAccount(workspaceId, appid);
    if (!removed) throw new AppError({ code: 'relay/unknown-account' });
    for (const [key, entry] of this.entries) if (entry.account.appid === appid) this.entries.delete(key);
  }

  private open(stored: StoredAccount): CallbackAccount {
    const token = this.box.open(stored.sealedToken, contextOf(stored.workspaceId, stored.appid));
    return { appid: stored.appid, workspaceId: stored.workspaceId, mode: stored.mode, token };
  }
}

function contextOf(workspaceId: WorkspaceId, appid: string): string {
  return `account:${String(workspaceId)}:${appid}`;
}
