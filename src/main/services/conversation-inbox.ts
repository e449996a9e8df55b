import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import type { FeedItem } from '#shared/relay/protocol';
import type { Database, InboundItem, InboxCommit, InboxResult, QuarantinedItem } from '../db/port';
import type { SecretStore } from '../secrets/port';
import { createCallbackOpener, type CallbackOpener } from './callback-opener';
import type { FollowersService, IngestResult, MediaService } from './interfaces';
import type { Publish } from './ports';

export interface InboxDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly followers: Pick<FollowersService, 'enqueueLookUps'>;
  readonly media: Pick<MediaService, 'enqueue'>;
}

const RECOVERY_BATCH = 200;
/** Failures that lie in one item, not in the disk or the file. */
const SINGLE_ITEM_FAILURES: ReadonlySet<string> = new Set(['db/failed', 'account/not-found']);

interface Committed {
  readonly results: readonly InboxResult[];
  readonly quarantined: number;
}

/** The inbound path: open, convert, commit in one transaction, then tell the page. */
export function createInbox({ db, secrets, logger, publish, followers, media }: InboxDeps) {
  async function sort(
    items: readonly FeedItem[],
    opener: CallbackOpener,
  ): Promise<{ inbound: InboundItem[]; quarantined: QuarantinedItem[] }> {
    const known = new Set((await db.accounts.list()).map((account) => account.appid));
    const inbound: InboundItem[] = [];
    const quarantined: QuarantinedItem[] = [];
    for (const item of items) {
      try {
        if (!known.has(item.appid)) throw new AppError({ code: 'account/not-found' });
        const message = await opener.open(item);
        inbound.push({ seq: item.seq, appid: item.appid, receivedAt: item.receivedAt, message });
      } catch (error) {
        // Without a keychain nothing can be read: the batch stays at the relay.
        if (error instanceof AppError && error.code.startsWith('keychain/')) throw error;
        quarantined.push({ item, reason: reasonFor(item, error) });
      }
    }
    return { inbound, quarantined };
  }

  /** One item that nobody foresaw must not hold up everything behind it. */
  function reasonFor(item: FeedItem, error: unknown): string {
    const foreseen = error instanceof AppError;
    const code = foreseen ? error.code : 'message/malformed';
    logger.warn('callback-quarantined', {
      appid: item.appid,
      seq: item.seq,
      code,
      ...(foreseen ? {} : { error }),
    });
    return code;
  }

  /** All in one transaction; when one item cannot be stored, each in its own and that one in quarantine. */
  async function commit(batch: InboxCommit, items: readonly FeedItem[]): Promise<Committed> {
    try {
      return { results: [await db.inbox.commit(batch)], quarantined: batch.quarantined.length };
    } catch (error) {
      if (!(error instanceof AppError) || !SINGLE_ITEM_FAILURES.has(error.code)) throw error;
      if (batch.inbound.length === 0) throw error;
    }
    const results: InboxResult[] = [];
    const quarantined = [...batch.quarantined];
    for (const inbound of batch.inbound) {
      try {
        results.push(await db.inbox.commit({ ...batch, inbound: [inbound], quarantined: [], cursor: null }));
      } catch (error) {
        const item = items.find(({ seq }) => seq === inbound.seq);
        if (!item || !(error instanceof AppError) || !SINGLE_ITEM_FAILURES.has(error.code)) throw error;
        quarantined.push({ item, reason: reasonFor(item, error) });
      }
    }
    results.push(await db.inbox.commit({ ...batch, inbound: [], quarantined }));
    return { results, quarantined: quarantined.length };
  }

  /** WeChat names the account's original id only inside callbacks. */
  async function learnOriginalIds(inbound: readonly InboundItem[]): Promise<void> {
    const named = new Map(inbound.map((item) => [item.appid, item.message.toUserName]));
    for (const [appid, originalId] of named) {
      const account = await db.accounts.get(appid);
      if (account && account.originalId !== originalId) await db.accounts.update(appid, { originalId });
    }
  }

  function tell({ stored, followers: changedFollowers, accounts, unknownFollowers }: InboxResult): void {
    for (const { message } of stored)
      publish('conversations.changed', { appid: message.appid, openid: message.openid, message });
    for (const { appid, openid } of changedFollowers) publish('followers.changed', { appid, openid });
    const appids = new Set([...stored.map(({ message }) => message.appid), ...accounts]);
    for (const appid of appids) publish('accounts.changed', { appid });
    followers.enqueueLookUps(unknownFollowers);
    media.enqueue(
      stored.flatMap(({ mediaId, remoteMediaId }) => (mediaId && remoteMediaId ? [mediaId] : [])),
    );
  }

  return {
    async ingest(linkId: string, items: readonly FeedItem[]): Promise<IngestResult> {
      const { inbound, quarantined } = await sort(items, createCallbackOpener(secrets));
      const cursor = items.reduce<number | null>((highest, { seq }) => Math.max(highest ?? seq, seq), null);
      const committed = await commit({ linkId, inbound, quarantined, cursor }, items);
      await learnOriginalIds(inbound);
      const sum = { stored: 0, duplicates: 0, quarantined: committed.quarantined };
      for (const result of committed.results) {
        tell(result);
        sum.stored += result.stored.length;
        sum.duplicates += result.duplicates;
      }
      return sum;
    },

    async retryQuarantine(appid: string): Promise<number> {
      const opener = createCallbackOpener(secrets);
      let recovered = 0;
      let after = 0;
      for (;;) {
        const waiting = await db.inbox.quarantined(appid, after, RECOVERY_BATCH);
        const last = waiting.at(-1);
        if (!last) return recovered;
        after = last.id;
        const opened: InboundItem[] = [];
        const ids: number[] = [];
        for (const { id, item } of waiting) {
          const { inbound } = await sort([item], opener);
          if (inbound.length === 0) continue;
          opened.push(...inbound);
          ids.push(id);
        }
        tell(await db.inbox.commit({ linkId: null, inbound: opened, quarantined: [], cursor: null }));
        await db.inbox.release(ids);
        recovered += ids.length;
      }
    },
  };
}
