import { SEALED_COLLECTIONS } from '../component/collections';
import { sealedContext, type StoredSealed } from '../component/sealed-documents';
import { REPLY_RULES, rulesContext } from '../replies/rule-store';
import { resealable, type Resealable } from '../secrets/resealable';
import { ACCOUNTS, contextOf } from '../state/accounts';
import type { WorkspaceId } from '../store/port';

interface OwnedDocument {
  readonly workspaceId: WorkspaceId;
  readonly sealed: string;
}

/** Every collection that holds sealed values: what a change of the master key has to seal anew. */
export const SEALED_SECRETS: readonly Resealable[] = [
  resealable<OwnedDocument>(ACCOUNTS, (account, appid, reseal) => ({
    ...account,
    sealed: reseal(account.sealed, contextOf(account.workspaceId, appid)),
  })),
  resealable<OwnedDocument>(REPLY_RULES, (rules, appid, reseal) => ({
    ...rules,
    sealed: reseal(rules.sealed, rulesContext(rules.workspaceId, appid)),
  })),
  ...SEALED_COLLECTIONS.map((collection) =>
    resealable<StoredSealed<unknown>>(collection, (document, key, reseal) => ({
      ...document,
      sealed: reseal(document.sealed, sealedContext(collection, key)),
    })),
  ),
];
