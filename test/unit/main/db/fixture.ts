/** A database in a temporary folder, and rows to fill it with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewAccount } from '#main/db/port/accounts';
import type { Database } from '#main/db/port/database';
import type { FollowerDetail } from '#main/db/port/followers';
import type { InboundItem } from '#main/db/port/inbox';
import type { InboundContent, InboundMessage } from '#shared/domain/message';

export const KEY = '5f'.repeat(32);
export const APPID = 'wx0123456789abcdef';
export const ORIGINAL_ID = 'gh_0123456789ab';

export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'oa-desk-db-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export function newAccount(appid = APPID, patch: Partial<NewAccount> = {}): NewAccount {
  return {
    appid,
    originalId: null,
    name: '山茶花店',
    colour: 0,
    kind: 'service',
    verified: true,
    verificationExpiresAt: null,
    region: 'mainland',
    door: 'manual',
    status: 'bound',
    boundAt: 1_790_000_000,
    relayMode: 'sealed',
    callbackUrl: null,
    apiOrigin: null,
    linkId: null,
    ...patch,
  };
}

export const openidOf = (n: number): string => `oFollower${String(n).padStart(19, '0')}`;

export function detail(openid: string, patch: Partial<FollowerDetail> = {}): FollowerDetail {
  return {
    openid,
    subscribed: true,
    subscribedAt: 1_780_000_000,
    unionid: null,
    remark: '',
    tagIds: [],
    scene: 'ADD_SCENE_SEARCH',
    qrScene: null,
    blocked: false,
    ...patch,
  };
}

let counter = 0;

export function inboundMessage(openid: string, at: number, content: InboundContent): InboundMessage {
  counter += 1;
  return {
    toUserName: ORIGINAL_ID,
    fromUserName: openid,
    createTime: at,
    msgId: content.kind === 'event' ? null : String(counter),
    dedupeKey: `key-${String(counter)}`,
    content,
    raw: `<xml><n>${String(counter)}</n></xml>`,
  };
}

export function inbound(openid: string, at: number, content: InboundContent, appid = APPID): InboundItem {
  const message = inboundMessage(openid, at, content);
  return { seq: counter, appid, receivedAt: at, message };
}

export const text = (words: string): InboundContent => ({ kind: 'text', text: words });
export const subscribe = (scene: string | null = null): InboundContent => ({
  kind: 'event',
  event: { name: 'subscribe', scene, ticket: null },
});
export const unsubscribe: InboundContent = { kind: 'event', event: { name: 'unsubscribe' } };

export async function commit(db: Database, ...items: readonly InboundItem[]) {
  return db.inbox.commit({ linkId: null, inbound: items, quarantined: [], cursor: null });
}
