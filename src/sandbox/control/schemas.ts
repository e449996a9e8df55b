/** Bodies of the control API; what is not named here is refused, so that a misspelt field is noticed. */
const addressList = { type: 'array', maxItems: 200, items: { type: 'string' } };

export const accountBody = {
  type: 'object',
  required: ['type', 'verified'],
  additionalProperties: false,
  properties: {
    type: { enum: ['service', 'subscription'] },
    verified: { type: 'boolean' },
    region: { enum: ['mainland', 'overseas'] },
    followers: { type: 'integer', minimum: 0, maximum: 20_000_000 },
    ipWhitelist: addressList,
  },
} as const;

export const serverBody = {
  type: 'object',
  required: ['url', 'token', 'encodingAESKey', 'mode'],
  additionalProperties: false,
  properties: {
    url: { type: 'string', pattern: '^https?://', maxLength: 1024 },
    token: { type: 'string', pattern: '^[A-Za-z0-9]{3,32}$' },
    encodingAESKey: { type: 'string', pattern: '^[A-Za-z0-9]{43}$' },
    mode: { enum: ['safe', 'compatible', 'plain'] },
  },
} as const;

export const actBody = {
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string', minLength: 1 } },
} as const;

export const whitelistBody = {
  type: 'object',
  required: ['ipWhitelist'],
  additionalProperties: false,
  properties: { ipWhitelist: addressList },
} as const;

export const followerFlagsBody = {
  type: 'object',
  additionalProperties: false,
  properties: { refusesMessages: { type: 'boolean' } },
} as const;

export const restoreBody = {
  type: 'object',
  required: ['followers'],
  additionalProperties: false,
  properties: {
    followers: {
      type: 'array',
      maxItems: 10_000,
      items: {
        type: 'object',
        required: ['openid', 'following', 'subscribedAt', 'remaining', 'expiresAt'],
        additionalProperties: false,
        properties: {
          openid: { type: 'string' },
          following: { type: 'boolean' },
          subscribedAt: { type: ['number', 'null'] },
          remaining: { type: 'integer', minimum: 0, maximum: 20 },
          expiresAt: { type: 'number', minimum: 0 },
        },
      },
    },
  },
} as const;

export const standingBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    verified: { type: 'boolean' },
    banned: { type: 'boolean' },
    frozen: { type: 'boolean' },
    secretFrozen: { type: 'boolean' },
    noIndustry: { type: 'boolean' },
  },
} as const;

export const workerBody = {
  type: 'object',
  required: ['account'],
  additionalProperties: false,
  properties: { account: { type: 'string' }, accepts: { type: 'boolean' }, online: { type: 'boolean' } },
} as const;

export const quotaBody = {
  type: 'object',
  required: ['path', 'dailyLimit'],
  additionalProperties: false,
  properties: { path: { type: 'string' }, dailyLimit: { type: 'integer', minimum: 0 } },
} as const;

export const clockBody = {
  type: 'object',
  required: ['advance'],
  additionalProperties: false,
  properties: { advance: { type: 'number', minimum: 0 } },
} as const;

export const faultBody = {
  type: 'object',
  required: ['path'],
  additionalProperties: false,
  properties: {
    path: { type: 'string', pattern: '^/' },
    appid: { type: 'string' },
    errcode: { type: 'integer' },
    errmsg: { type: 'string' },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    delayMs: { type: 'integer', minimum: 0 },
    drop: { enum: [true, false, 'before', 'after'] },
    times: { type: 'integer', minimum: 1 },
  },
} as const;

export const configBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    push: {
      type: 'object',
      additionalProperties: false,
      properties: {
        deadlineMs: { type: 'integer', minimum: 1 },
        gapMs: { type: 'integer', minimum: 0 },
        attempts: { type: 'integer', minimum: 1, maximum: 10 },
        repeatQuery: { type: 'boolean' },
      },
    },
  },
} as const;

/** Menu as get_current_selfmenu_info and replies as get_current_autoreply_info shows them. */
export const websiteBody = {
  type: 'object',
  required: ['menu', 'autoReply'],
  additionalProperties: false,
  properties: {
    menu: { type: 'array', items: { type: 'object' } },
    autoReply: { type: 'object' },
  },
} as const;
