/** Bodies of the control API about platforms; what is not named here is refused. */
const url = { type: 'string', pattern: '^https?://', maxLength: 1024 };
const addresses = { type: 'array', maxItems: 200, items: { type: 'string' } };
const sets = { type: 'array', maxItems: 100, items: { type: 'integer', minimum: 1, maximum: 200 } };
const settings = {
  ipWhitelist: addresses,
  published: { type: 'boolean' },
  testAccounts: { type: 'array', maxItems: 200, items: { type: 'string', pattern: '^gh_\\w+$' } },
  permissionSets: { ...sets, minItems: 1 },
  startDomain: { type: ['string', 'null'], maxLength: 253 },
  rotateOnRefresh: { type: 'boolean' },
};

export const componentBody = {
  type: 'object',
  required: ['componentAppid', 'secret', 'ticketUrl', 'callbackUrl', 'token', 'encodingAESKey'],
  additionalProperties: false,
  properties: {
    componentAppid: { type: 'string', pattern: '^\\w{1,64}$' },
    secret: { type: 'string', minLength: 1, maxLength: 64 },
    ticketUrl: url,
    callbackUrl: { ...url, pattern: '^https?://.*\\$APPID\\$' },
    token: { type: 'string', pattern: '^[A-Za-z0-9]{3,32}$' },
    encodingAESKey: { type: 'string', pattern: '^[A-Za-z0-9]{43}$' },
    ...settings,
  },
} as const;

export const settingsBody = { type: 'object', additionalProperties: false, properties: settings } as const;

export const ticketsBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    push: { type: 'boolean' },
    lose: { type: 'integer', minimum: 0, maximum: 10_000 },
    paused: { type: 'boolean' },
  },
} as const;

export const authorizeBody = {
  type: 'object',
  required: ['appid'],
  additionalProperties: false,
  properties: {
    appid: { type: 'string' },
    attempt: { type: 'string' },
    preAuthCode: { type: 'string' },
    redirectUri: url,
    sets,
    as: { enum: ['administrator', 'operator', 'other-kind'] },
    redirect: { type: 'boolean' },
    event: { type: 'boolean' },
    order: { enum: ['together', 'redirect-first', 'event-first'] },
    delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
  },
} as const;

export const cancelBody = {
  type: 'object',
  required: ['appid'],
  additionalProperties: false,
  properties: { appid: { type: 'string' }, event: { type: 'boolean' } },
} as const;

export const releaseCheckBody = {
  type: 'object',
  additionalProperties: false,
  properties: { waitMs: { type: 'integer', minimum: 1, maximum: 600_000 } },
} as const;
