/** What one opened callback does to the tables. */
import { randomUUID } from 'node:crypto';
import type { EventContent, InboundContent } from '#shared/domain/message';
import { triggerOf, windowEventsOf } from '#shared/domain/window';
import { openid as openidForm, type TimelineEntry } from '#shared/ipc/models';
import type { StoredMessage } from '../port/conversations';
import type { InboundItem } from '../port/inbox';
import { rememberQrScene } from './follower-details';
import { bringBack } from './conversation-rows';
import { insertStub, reindexFollower } from './follower-rows';
import type { Writer } from './handle';
import { messageByRowId } from './message-rows';
import { indexMessage } from './message-search/index-messages';
import { addTimeline, applyWindowEvents, setFollowing } from './standing';
import { ensureConversation } from './windows';

/** Told about the account, whoever is named as the sender. */
const ACCOUNT_EVENTS: ReadonlySet<EventContent['name']> = new Set([
  'MASSSENDJOBFINISH',
  'PUBLISHJOBFINISH',
  'qualification_verify_success',
  'qualification_verify_fail',
  'naming_verify_success',
  'naming_verify_fail',
  'annual_renew',
  'verify_expired',
]);
const ACCOUNT_CARD_EVENTS: ReadonlySet<string> = new Set([
  'card_pass_check',
  'card_not_pass_check',
  'card_sku_remind',
  'card_pay_order',
]);
const MAX_FIRST_WORDS = 200;

export type StoreResult =
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'account-event' }
  | {
      readonly kind: 'message';
      readonly stored: StoredMessage;
      readonly openid: string;
      readonly newFollower: boolean;
      readonly followerChanged: boolean;
    };

export function storeInbound(db: Writer, account: number, { message, receivedAt }: InboundItem): StoreResult {
  const { content, dedupeKey, createTime, fromUserName, raw } = message;
  if (isKnown(db, account, dedupeKey)) return { kind: 'duplicate' };
  if (belongsToAccount(content) || !openidForm.safeParse(fromUserName).success) {
    db.run(
      'INSERT INTO account_events (account_id, dedupe_key, at, content, raw) VALUES (?, ?, ?, ?, ?)',
      account,
      dedupeKey,
      createTime,
      JSON.stringify(content),
      raw,
    );
    if (content.kind === 'event') applyVerification(db, account, content.event);
    return { kind: 'account-event' };
  }

  const known = db.get<{ id: number }>(
    'SELECT id FROM followers WHERE account_id = ? AND openid = ?',
    account,
    fromUserName,
  );
  const left = content.kind === 'event' && content.event.name === 'unsubscribe';
  const follower = known?.id ?? insertStub(db, account, fromUserName, { following: !left, stateAt: 0 });
  if (follower === null) throw new RangeError('follower neither known nor new');
  ensureConversation(db, follower);

  const { lastId: rowId } = db.run(
    `INSERT INTO messages (account_id, follower_id, direction, at, is_event, content, media_id, dedupe_key, received_at, raw)
     VALUES (?, ?, 'in', ?, ?, ?, ?, ?, ?, ?)`,
    account,
    follower,
    createTime,
    Number(content.kind === 'event'),
    JSON.stringify(content),
    insertMedia(db, account, content, createTime),
    dedupeKey,
    receivedAt,
    raw,
  );
  indexMessage(db, rowId);
  const eventChanged =
    content.kind === 'event' && applyEvent(db, account, follower, content.event, createTime);
  applyWindowEvents(db, follower, windowEventsOf(content, createTime));
  const wordsChanged = content.kind !== 'event' && noteMessage(db, follower, content, createTime);
  updateConversation(db, follower, rowId, content, createTime);
  return {
    kind: 'message',
    stored: messageByRowId(db, rowId),
    openid: fromUserName,
    newFollower: !known,
    followerChanged: !known || eventChanged || wordsChanged,
  };
}

function isKnown(db: Writer, account: number, dedupeKey: string): boolean {
  return (
    db.get('SELECT 1 FROM messages WHERE account_id = ? AND dedupe_key = ?', account, dedupeKey) !==
      undefined ||
    db.get('SELECT 1 FROM account_events WHERE account_id = ? AND dedupe_key = ?', account, dedupeKey) !==
      undefined
  );
}

function belongsToAccount(content: InboundContent): boolean {
  if (content.kind !== 'event') return false;
  const { event } = content;
  return (
    ACCOUNT_EVENTS.has(event.name) || (event.name === 'card' && ACCOUNT_CARD_EVENTS.has(event.cardEvent))
  );
}

function applyVerification(db: Writer, account: number, event: EventContent): void {
  switch (event.name) {
    case 'qualification_verify_success':
      // Interfaces open with the qualification, whatever becomes of the name (auth-component §7).
      db.run(
        'UPDATE accounts SET verified = 1, verification_expires_at = ? WHERE id = ?',
        event.time,
        account,
      );
      break;
    case 'naming_verify_success':
    case 'annual_renew':
      db.run('UPDATE accounts SET verification_expires_at = ? WHERE id = ?', event.time, account);
      break;
    case 'verify_expired':
      db.run(
        'UPDATE accounts SET verified = 0, verification_expires_at = ? WHERE id = ?',
        event.time,
        account,
      );
      break;
    default:
  }
}

/** WeChat's copy is fetched in the background; until then the row says `pending`. */
function insertMedia(db: Writer, account: number, content: InboundContent, at: number): string | null {
  if (content.kind !== 'image' && content.kind !== 'voice' && content.kind !== 'video') return null;
  const id = randomUUID();
  db.run(
    `INSERT INTO media (id, account_id, direction, remote_id, state, created_at) VALUES (?, ?, 'in', ?, 'pending', ?)`,
    id,
    account,
    content.mediaId,
    at,
  );
  return id;
}

/** True when the follower's own row changed. */
function applyEvent(db: Writer, account: number, follower: number, event: EventContent, at: number): boolean {
  const line = timelineOf(event);
  addTimeline(db, follower, at, line.kind, line.detail);
  if (event.name !== 'subscribe' && event.name !== 'unsubscribe') return false;
  const row = db.get<{ state_at: number }>('SELECT state_at FROM followers WHERE id = ?', follower);
  // WeChat does not promise an order: what happened later stays.
  if (!row || row.state_at > at) return false;
  setFollowing(db, follower, event.name === 'subscribe', at);
  if (event.name === 'subscribe' && event.scene !== null) {
    db.run('UPDATE followers SET qr_scene = ? WHERE id = ?', event.scene, follower);
    rememberQrScene(db, account, event.scene);
  }
  return true;
}

function timelineOf(event: EventContent): { kind: TimelineEntry['kind']; detail: string | null } {
  switch (event.name) {
    case 'subscribe':
      return { kind: 'followed', detail: event.scene };
    case 'unsubscribe':
      return { kind: 'unfollowed', detail: null };
    case 'SCAN':
      return { kind: 'scanned', detail: event.scene };
    case 'CLICK':
    case 'scancode_push':
    case 'scancode_waitmsg':
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
    case 'location_select':
      return { kind: 'menu', detail: event.key };
    case 'VIEW':
      return { kind: 'menu', detail: event.url };
    case 'view_miniprogram':
      return { kind: 'menu', detail: event.pagePath };
    case 'LOCATION':
      return { kind: 'location', detail: `${String(event.latitude)},${String(event.longitude)}` };
    case 'TEMPLATESENDJOBFINISH':
      return { kind: 'template', detail: event.status };
    case 'card':
      return { kind: 'other', detail: event.cardEvent };
    case 'other':
      return { kind: 'other', detail: event.event };
    default:
      return { kind: 'other', detail: event.name };
  }
}

/** True when the words that find this person changed. */
function noteMessage(db: Writer, follower: number, content: InboundContent, at: number): boolean {
  db.run(
    `UPDATE followers SET first_contact_at = min(coalesce(first_contact_at, ?), ?),
       last_message_at = max(coalesce(last_message_at, ?), ?) WHERE id = ?`,
    at,
    at,
    at,
    at,
    follower,
  );
  if (content.kind !== 'text' || content.text.trim() === '') return false;
  const { changes } = db.run(
    'UPDATE followers SET first_words = ? WHERE id = ? AND first_words IS NULL',
    [...content.text.trim()].slice(0, MAX_FIRST_WORDS).join(''),
    follower,
  );
  if (changes > 0) reindexFollower(db, follower);
  return changes > 0;
}

/** A message, or an event that lets the shop reply, brings the conversation up; other events only stand in it. */
function updateConversation(
  db: Writer,
  follower: number,
  rowId: number,
  content: InboundContent,
  at: number,
): void {
  const spoken = Number(content.kind !== 'event');
  const farewell = isFarewell(db, follower, content);
  if (spoken === 0 && triggerOf(content) === null && !farewell) return;
  db.run(
    `UPDATE conversations SET listed = 1, last_message_id = ?, last_at = max(last_at, ?), unread = unread + ?,
       needs_reply = CASE WHEN ? THEN 0 ELSE max(needs_reply, ?) END WHERE follower_id = ?`,
    rowId,
    at,
    spoken,
    // Whoever left cannot be answered any more.
    Number(farewell),
    spoken,
    follower,
  );
  if (spoken === 1) bringBack(db, follower);
}

/** Someone in the inbox left: the row says so. */
function isFarewell(db: Writer, follower: number, content: InboundContent): boolean {
  if (content.kind !== 'event' || content.event.name !== 'unsubscribe') return false;
  return db.get('SELECT 1 FROM conversations WHERE follower_id = ? AND listed = 1', follower) !== undefined;
}
