/** Small builders of what main sends, for the inbox's tests. */
import type { InboundContent, OutboundContent, OutboundStatus, ShownContent } from '#shared/domain/message';
import type { WindowRecord } from '#shared/domain/window';
import type { Conversation, Message } from '#shared/ipc/models';

export const APPID = 'wx0123456789abcdef';
export const OPENID = 'oFollower0000000000000000001';
export const NOON = new Date(2026, 2, 10, 12, 0, 0).getTime() / 1000;

const noMedia = { state: 'none', url: null, mime: null, bytes: null } as const;

export const openWindow: WindowRecord = {
  following: true,
  blocked: false,
  refusing: false,
  grant: {
    trigger: 'message',
    grantedAt: NOON,
    expiresAt: NOON + 48 * 3600,
    quota: 5,
    remaining: 4,
    uncertain: 0,
  },
  closedByWeChat: false,
};

export const neverOpened: WindowRecord = { ...openWindow, grant: null };

export function received(seq: number, content: InboundContent = text(`${seq}`), at = NOON + seq): Message {
  return {
    id: `m${seq}`,
    appid: APPID,
    openid: OPENID,
    at,
    seq,
    body: { direction: 'in', content },
    media: noMedia,
  };
}

export function sent(
  seq: number,
  status: OutboundStatus = 'sent',
  content: OutboundContent = { kind: 'text', text: `${seq}` },
  at = NOON + seq,
): Message {
  return {
    id: `m${seq}`,
    appid: APPID,
    openid: OPENID,
    at,
    seq,
    body: { direction: 'out', content, automatic: false, status, failure: null, retryOf: null },
    media: noMedia,
  };
}

/** What the relay answered by itself. */
export function automatic(seq: number, content: ShownContent, at = NOON + seq): Message {
  return {
    id: `m${seq}`,
    appid: APPID,
    openid: OPENID,
    at,
    seq,
    body: { direction: 'out', content, automatic: true, status: 'sent', failure: null, retryOf: null },
    media: noMedia,
  };
}

export function text(value: string): { readonly kind: 'text'; readonly text: string } {
  return { kind: 'text', text: value };
}

export function conversation(openid = OPENID, over: Partial<Conversation> = {}): Conversation {
  return {
    appid: APPID,
    openid,
    alias: null,
    remark: '',
    following: true,
    lastAt: NOON,
    last: null,
    unread: 0,
    needsReply: false,
    pinned: false,
    muted: false,
    snoozedUntil: null,
    returnedAt: null,
    done: false,
    hasFailed: false,
    starred: false,
    draft: null,
    waiting: 0,
    window: openWindow,
    ...over,
  };
}
