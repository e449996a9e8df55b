import { AppError } from '#shared/app-error';
import type { Accounts } from '../state/accounts';
import type { WorkspaceId } from '../store/port';
import type { Authorizers } from './authorizers';

export interface Owned {
  readonly workspaceId: WorkspaceId;
  /** `gh_…`; null when it is not known yet. */
  readonly originalId: string | null;
}

/** Milliseconds for which a change may go unnoticed. */
const FRESH_MS = 2_000;
/** Accounts remembered at once; above that all are forgotten, which costs one look each. */
const MAX_ENTRIES = 20_000;

/** Which workspace has an account in component mode, as every callback asks it. Unknown accounts are not remembered. */
export class OwnerCache {
  private readonly entries = new Map<string, { readonly owned: Owned; readonly until: number }>();

  constructor(
    private readonly accounts: Accounts,
    private readonly authorizers: Authorizers,
  ) {}

  /** What was found lately also serves while the store does not answer. */
  async of(appid: string): Promise<Owned | null> {
    const cached = this.entries.get(appid);
    if (cached !== undefined && cached.until > performance.now()) return cached.owned;
    try {
      const owned = await this.read(appid);
      this.entries.delete(appid);
      if (owned === null) return null;
      if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
      this.entries.set(appid, { owned, until: performance.now() + FRESH_MS });
      return owned;
    } catch (error) {
      const unavailable = error instanceof AppError && error.code === 'relay/store-unavailable';
      if (cached !== undefined && unavailable) return cached.owned;
      throw error;
    }
  }

  /** Lets the next question see a change that this process has made. */
  forget(appid: string): void {
    this.entries.delete(appid);
  }

  private async read(appid: string): Promise<Owned | null> {
    const account = await this.accounts.find(appid);
    if (account?.mode !== 'component') return null;
    return { workspaceId: account.workspaceId, originalId: await this.authorizers.originalIdOf(appid) };
  }
}
