import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { PulledItem } from '#shared/relay/feed-page';
import { relayNotice, type FeedItem, type RelayNotice } from '#shared/relay/protocol';
import type { AutomaticItem, InboundItem, NoticeItem, QuarantinedItem } from '../db/port/inbox';
import type { CallbackOpener } from './callback-opener';

/** A page of the feed by what becomes of its items. */
export interface SortedFeed {
  readonly inbound: InboundItem[];
  readonly automatic: AutomaticItem[];
  readonly notices: NoticeItem[];
  readonly quarantined: QuarantinedItem[];
}

export interface SorterDeps {
  readonly opener: CallbackOpener;
  /** AppIDs of the accounts of this desktop. */
  readonly known: ReadonlySet<string>;
  /** Names the reason for which an item goes into quarantine. */
  readonly reasonFor: (item: Pick<PulledItem, 'appid' | 'seq'>, error: unknown) => string;
}

/**
 * Opens every item it can. An item that cannot be read, or that a later relay has invented, is quarantined and holds up
 * nothing behind it; a notice of an unknown type is kept as it came.
 * @throws AppError `keychain/*`: without a keychain nothing can be read, and the page stays at the relay
 */
export async function sortFeed(items: readonly PulledItem[], deps: SorterDeps): Promise<SortedFeed> {
  const sorted: SortedFeed = { inbound: [], automatic: [], notices: [], quarantined: [] };
  for (const item of items) {
    try {
      await sortOne(item, deps, sorted);
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('keychain/')) throw error;
      sorted.quarantined.push(quarantine(item, deps.reasonFor(item, error)));
    }
  }
  return sorted;
}

async function sortOne(item: PulledItem, { opener, known }: SorterDeps, sorted: SortedFeed): Promise<void> {
  if (item.kind === 'unknown') throw new AppError({ code: 'relay/unknown-item' });
  const { seq, appid, receivedAt, body } = item;
  if (item.kind === 'notice') {
    sorted.notices.push({ seq, appid, receivedAt, notice: noticeIn(body), body });
    return;
  }
  if (!known.has(appid)) throw new AppError({ code: 'account/not-found' });
  if (item.kind === 'message') {
    sorted.inbound.push({ seq, appid, receivedAt, message: await opener.message(item) });
    return;
  }
  const { reply, raw } = await opener.reply(item);
  const { openid, content, createTime: at } = reply;
  sorted.automatic.push({ seq, appid, receivedAt, openid, at, content, raw, dedupeKey: replyKey(item) });
}

/** What goes into quarantine is what came, so that a later version can read more of it. */
export function quarantine(item: PulledItem, reason: string): QuarantinedItem {
  const { seq, appid } = item;
  return { seq, appid, item: item.kind === 'unknown' ? item.raw : item, reason };
}

/** null: not JSON, or of a type that this version does not know. */
function noticeIn(body: string): RelayNotice | null {
  try {
    return relayNotice.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Sealing is random, so no two replies share their ciphertext, however often one is reported. Two in the clear may be
 * alike to the letter: there the place in the feed counts too.
 */
function replyKey({ seq, receivedAt, encrypted, body }: FeedItem): string {
  const hash = createHash('sha256');
  if (!encrypted) hash.update(`${String(seq)}\n${String(receivedAt)}\n`);
  return `auto-reply|${hash.update(body).digest('base64url')}`;
}
