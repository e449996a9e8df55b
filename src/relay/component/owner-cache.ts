import { AppError } from '#shared/app-error';
import type { Accounts } from '../state/accounts';
import type { WorkspaceId } from '../store/port';

/** Milliseconds for which a change may go unnoticed. */
const FRESH_MS = 2_000;
/** Accounts remembered at once; above that all are forgotten, which costs one look each. */
const MAX_ENTRIES = 20_000;

/** Which workspace has an account in component mode, as every callback asks it. Unknown accounts are not remembered. */
export class OwnerCache {
  private readonly entries = new Map<string, { readonly owner: WorkspaceId; readonly until: number }>();

  constructor(private readonly accounts: Accounts) {}

  /** What was found lately also serves while the store does not answer. */
  async of(appid: string): Promise<WorkspaceId | null> {
    const cached = this.entries.get(appid);
    if (cached !== undefined && cached.until > performance.now()) return cached.owner;
    try {
      const account = await this.accounts.find(appid);
      this.entries.delete(appid);
      if (account?.mode !== 'component') return null;
      if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
      this.entries.set(appid, { owner: account.workspaceId, until: performance.now() + FRESH_MS });
      return account.workspaceId;
    } catch (error) {
      const unavailable = error instanceof AppError && error.code === 'relay/store-unavailable';
      if (cached !== undefined && unavailable) return cached.owner;
      throw error;
    }
  }
}
