import { createHash } from 'node:crypto';
import type { Clock } from '#shared/domain/clock';
import type { RelayNotice } from '#shared/relay/protocol';
import type { Accounts } from '../state/accounts';
import type { MessageLog } from '../store/port';

type AuthorizationNotice = Extract<
  RelayNotice,
  { readonly type: 'authorized' | 'updateauthorized' | 'unauthorized' }
>;

export interface NoticeDeps {
  readonly accounts: Accounts;
  readonly log: MessageLog;
  readonly clock: Clock;
}

/**
 * Tells the workspace that has the account in component mode what became of its authorization; nobody when none has it.
 * `occasion` names the authorization: of each, the beginning and the end are told once.
 */
export async function notify(
  { accounts, log, clock }: NoticeDeps,
  notice: AuthorizationNotice,
  occasion: string,
): Promise<void> {
  const account = await accounts.find(notice.appid);
  if (account?.mode !== 'component') return;
  const replayKey = createHash('sha256')
    .update(JSON.stringify(['component-notice', notice.type === 'unauthorized', notice.appid, occasion]))
    .digest()
    .subarray(0, 20);
  await log.append({
    workspaceId: account.workspaceId,
    kind: 'notice',
    appid: notice.appid,
    receivedAt: clock.now(),
    replayKey,
    query: '',
    body: Buffer.from(JSON.stringify(notice)),
  });
}
