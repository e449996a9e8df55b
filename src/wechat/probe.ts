import { getTags } from './api/tags';
import { getIndustry } from './api/template';
import type { WeChatClient } from './client';
import { WeChatError } from './errors';

export interface ProbedAccount {
  /** null for an unverified account: no harmless call tells its kind. */
  readonly kind: 'service' | 'subscription' | null;
  readonly verified: boolean;
}

/**
 * Kind and verification of an account, read off two harmless calls (README §8): tags are for verified accounts, template
 * messages for verified service accounts; anybody else gets 48001.
 */
export async function probeAccount(client: WeChatClient): Promise<ProbedAccount> {
  if (!(await isAllowed(() => getTags(client)))) return { kind: null, verified: false };
  const service = await isAllowed(() => getIndustry(client));
  return { kind: service ? 'service' : 'subscription', verified: true };
}

/** Whether the account has the right; any failure but 48001 leaves the question open and is thrown. */
async function isAllowed(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof WeChatError && error.errcode === 48001) return false;
    throw error;
  }
}
