import type { Account, Follower } from '#shared/ipc/models';

export const APPID = 'wx0123456789abcdef';
export const OTHER_APPID = 'wxfedcba9876543210';

export function account(patch: Partial<Account> = {}): Account {
  return {
    appid: APPID,
    originalId: 'gh_0123456789ab',
    name: '花间小铺',
    colour: 0,
    kind: 'service',
    verified: true,
    verificationExpiresAt: null,
    region: 'mainland',
    door: 'manual',
    status: 'bound',
    boundAt: 1_700_000_000,
    relayMode: 'sealed',
    callbackUrl: null,
    followers: 10,
    unread: 0,
    needsReply: 0,
    needsReplyMuted: 0,
    connection: { state: 'connected', error: null, lastSeenAt: null },
    ...patch,
  };
}

export function follower(patch: Partial<Follower> = {}): Follower {
  return {
    appid: APPID,
    openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
    alias: null,
    remark: '',
    note: null,
    tagIds: [],
    following: true,
    blocked: false,
    subscribedAt: 1_700_000_000,
    unsubscribedAt: null,
    scene: null,
    qrScene: null,
    unionid: null,
    firstContactAt: null,
    lastMessageAt: null,
    firstWords: null,
    window: { following: true, blocked: false, refusing: false, grant: null, closedByWeChat: false },
    ...patch,
  };
}
