import { AppError } from '#shared/app-error';
import type { UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { pulledItem, type PulledItem } from '#shared/relay/feed-page';
import type { Message } from '#shared/ipc/models';
import type { RelayNotice } from '#shared/relay/protocol';
import type { Database } from '../db/port/database';
import type { InboxCommit, InboxResult, InboundItem } from '../db/port/inbox';
import type { SecretStore } from '../secrets/port';
import { createCallbackOpener, type CallbackOpener } from './callback-opener';
import { quarantine, sortFeed, type SortedFeed } from './feed-sorter';
import type { FollowersService, IngestResult, MediaService } from './interfaces';
import type { Publish } from './ports';

export interface InboxDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly followers: Pick<FollowersService, 'enqueueLookUps'>;
  readonly media: Pick<MediaService, 'enqueue'>;
  /** Told of what followers sent, once it is stored; never of a redelivery. */
  readonly onInbound?: (messages: readonly Message[]) => void;
  /** Told of the newest moment that WeChat stamped on what arrived, before the page hears of it. */
  readonly onStamped?: (at: UnixSeconds) => void;
  /** Told of notices of a relay once they are stored. */
  readonly onRelayNotices?: (linkId: string, notices: readonly RelayNotice[]) => void;
}

const RECOVERY_BATCH = 200;
/** Failures that lie in one item, not in the disk or the file. */
const SINGLE_ITEM_FAILURES: ReadonlySet<string> = new Set(['db/failed', 'account/not-found']);

interface Committed {
  readonly results: readonly InboxResult[];
  readonly quarantined: number;
}

/** The inbound path: open, convert, commit in one transaction, then tell the page. */
export function createInbox(deps: InboxDeps) {
  const { db, secrets, logger, publish, followers, media } = deps;

  async function sort(items: readonly PulledItem[], opener: CallbackOpener): Promise<SortedFeed> {
    const known = new Set((await db.accounts.list()).map((account) => account.appid));
    return sortFeed(items, { opener, known, reasonFor });
  }

  /** One item that nobody foresaw must not hold up everything behind it. */
  function reasonFor({ appid, seq }: Pick<PulledItem, 'appid' | 'seq'>, error: unknown): string {
    const foreseen = error instanceof AppError;
    const code = foreseen ? error.code : 'message/malformed';
    logger.warn('callback-quarantined', { appid, seq, code, ...(foreseen ? {} : { error }) });
    return code;
  }

  /** All in one transaction; when one item cannot be stored, each in its own and that one in quarantine. */
  async function commit(batch: InboxCommit & SortedFeed, items: readonly PulledItem[]): Promise<Committed> {
    try {
      return { results: [await db.inbox.commit(batch)], quarantined: batch.quarantined.length };
    } catch (error) {
      if (!(error instanceof AppError) || !SINGLE_ITEM_FAILURES.has(error.code)) throw error;
      if (batch.quarantined.length === items.length) throw error;
    }
    const results: InboxResult[] = [];
    const quarantined = [...batch.quarantined];
    for (const single of oneByOne(batch)) {
      try {
        results.push(await db.inbox.commit({ ...NOTHING, linkId: batch.linkId, ...single.part }));
      } catch (error) {
        const item = items.find(({ seq }) => seq === single.seq);
        if (!item || !(error instanceof AppError) || !SINGLE_ITEM_FAILURES.has(error.code)) throw error;
        quarantined.push(quarantine(item, reasonFor(item, error)));
      }
    }
    results.push(
      await db.inbox.commit({ ...NOTHING, linkId: batch.linkId, quarantined, cursor: batch.cursor }),
    );
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

  function tell(result: InboxResult): void {
    const { stored } = result;
    for (const { message } of stored)
      publish('conversations.changed', { appid: message.appid, openid: message.openid, message });
    for (const { appid, openid } of result.followers) publish('followers.changed', { appid, openid });
    const appids = new Set([...stored.map(({ message }) => message.appid), ...result.accounts]);
    for (const appid of appids) publish('accounts.changed', { appid });
    if (result.notices > 0) publish('relay.noticesChanged', {});
    const inbound = stored.flatMap(({ message }) => (message.body.direction === 'in' ? [message] : []));
    if (inbound.length > 0) deps.onInbound?.(inbound);
    followers.enqueueLookUps(result.unknownFollowers);
    media.enqueue(
      stored.flatMap(({ mediaId, remoteMediaId }) => (mediaId && remoteMediaId ? [mediaId] : [])),
    );
  }

  return {
    async ingest(linkId: string, items: readonly PulledItem[]): Promise<IngestResult> {
      const sorted = await sort(items, createCallbackOpener(secrets));
      const cursor = items.reduce<number | null>((highest, { seq }) => Math.max(highest ?? seq, seq), null);
      const committed = await commit({ linkId, ...sorted, cursor }, items);
      await learnOriginalIds(sorted.inbound);
      // A window is counted from its event: a page whose clock lagged behind would show too much of it.
      if (sorted.inbound.length > 0)
        deps.onStamped?.(Math.max(...sorted.inbound.map(({ message }) => message.createTime)));
      const notices = sorted.notices.flatMap(({ notice }) => (notice === null ? [] : [notice]));
      if (notices.length > 0) deps.onRelayNotices?.(linkId, notices);
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
        const ids: number[] = [];
        const opened: SortedFeed = { inbound: [], automatic: [], notices: [], quarantined: [] };
        for (const { id, item } of waiting) {
          const sorted = await sort([pulledItem.parse(item)], opener);
          if (sorted.quarantined.length > 0) continue;
          opened.inbound.push(...sorted.inbound);
          opened.automatic.push(...sorted.automatic);
          opened.notices.push(...sorted.notices);
          ids.push(id);
        }
        tell(await db.inbox.commit({ linkId: null, ...opened, cursor: null }));
        await db.inbox.release(ids);
        recovered += ids.length;
      }
    },
  };
}

const NOTHING = { inbound: [], automatic: [], notices: [], quarantined: [], cursor: null } as const;

function oneByOne({ inbound, automatic, notices }: SortedFeed): { seq: number; part: Partial<SortedFeed> }[] {
  return [
    ...inbound.map((item) => ({ seq: item.seq, part: { inbound: [item] } })),
    ...automatic.map((item) => ({ seq: item.seq, part: { automatic: [item] } })),
    ...notices.map((item) => ({ seq: item.seq, part: { notices: [item] } })),
  ].sort((one, other) => one.seq - other.seq);
}
