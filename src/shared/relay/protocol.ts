/** What desktop and relay say to each other (HTTP, JSON). Shapes only; the relay's routes and the desktop's client share them. */
import { z } from 'zod';

export const FEED_MAX_WAIT_SECONDS = 50;
export const FEED_MAX_LIMIT = 500;

const appid = z.string().regex(/^[A-Za-z0-9_-]{4,64}$/);
const callbackToken = z.string().regex(/^[A-Za-z0-9]{3,32}$/);
const encodingAESKey = z.string().regex(/^[A-Za-z0-9]{43}$/);

/** POST /v1/pair */
export const pairRequest = z
  .object({ code: z.string().min(4).max(64), name: z.string().min(1).max(100) })
  .strict();
export const pairResponse = z.object({ deviceToken: z.string() });

/** POST /v1/invitations: a pairing code for one more device of the same workspace. */
export const invitationResponse = z.object({ code: z.string(), expiresAt: z.number() });

/** GET /v1/devices, DELETE /v1/devices/:id */
export const deviceParams = z.object({ id: z.string().regex(/^[A-Za-z0-9]{1,32}$/) });
export const deviceView = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  /** Unix seconds. */
  pairedAt: z.number(),
  /** Unix seconds, to within a minute; null before its first request. */
  lastSeenAt: z.number().nullable(),
  /** Items it has not acknowledged; counted up to 10,000. */
  unread: z.number().int(),
});
export type DeviceView = z.infer<typeof deviceView>;
export const devicesResponse = z.object({ devices: z.array(deviceView) });

/**
 * PUT /v1/accounts/:appid. Sealed: the relay learns the Token, to check signatures, and nothing that opens a message.
 * Assisted: it also gets the AES key, and answers by rules. Changing from one to the other keeps the address.
 */
export const accountRequest = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('sealed'), token: callbackToken }).strict(),
  z
    .object({
      mode: z.literal('assisted'),
      token: callbackToken,
      encodingAESKey,
      /** Also tried while pushes sealed before a change of key may still arrive. */
      previousEncodingAESKey: encodingAESKey.optional(),
    })
    .strict(),
]);
export type AccountRequest = z.infer<typeof accountRequest>;
export const accountResponse = z.object({ key: z.string(), callbackUrl: z.string() });

/** The AppID in the path of /v1/accounts/:appid */
export const accountParams = z.object({ appid });

/** GET /v1/accounts: what this workspace has on the relay. */
export const accountView = z.object({
  appid: z.string(),
  mode: z.enum(['sealed', 'assisted', 'component']),
  /** Where WeChat posts; null in component mode, whose address is the platform's. */
  callbackUrl: z.string().nullable(),
  /** Version of the reply rules it has; null when it has none. */
  rulesVersion: z.number().int().nullable(),
  /** Component mode: whether the authorization stands. True in the other modes. */
  authorized: z.boolean(),
  /** When WeChat last verified the callback address by its echostr, unix seconds; null: never. Older relays leave it out. */
  verifiedAt: z.number().nullable().optional(),
});
export type AccountView = z.infer<typeof accountView>;
export const accountsResponse = z.object({ accounts: z.array(accountView) });

/** GET /v1/accounts/:appid/landing: where consent links for one-time subscription messages lead back to. */
export const landingResponse = z.object({ subscribeUrl: z.string() });
/** GET /s/:key, where WeChat leads someone after the consent page of a one-time subscription message. */
export const landingParams = z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{32}$/) });
export const landingQuery = z.object({
  openid: z.string().regex(/^[A-Za-z0-9_-]{10,64}$/),
  template_id: z.string().regex(/^[A-Za-z0-9_-]{10,64}$/),
  action: z.enum(['confirm', 'cancel']),
  scene: z.string().regex(/^(\d{1,4}|10000)$/),
  reserved: z
    .string()
    .regex(/^[A-Za-z0-9]{0,128}$/)
    .default(''),
});
/** GET /s/thanks/:action */
export const thanksParams = z.object({ action: z.enum(['confirm', 'cancel']) });

/** GET /v1/feed?after=SEQ&acked=SEQ&wait=SECONDS&limit=N */
export const feedQuery = z
  .object({
    /** The `next` of the page before; 0 at the beginning. */
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    /** The device has stored everything up to here, and the relay may forget it. */
    acked: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    /** Seconds to wait for an item when there is none. */
    wait: z.coerce.number().min(0).max(FEED_MAX_WAIT_SECONDS).default(0),
    limit: z.coerce.number().int().min(1).max(FEED_MAX_LIMIT).default(100),
  })
  .strict();
export const feedItem = z.object({
  seq: z.number().int(),
  /** A callback, what the relay answered to one, or a `relayNotice` as JSON. */
  kind: z.enum(['message', 'auto-reply', 'notice']),
  /** Empty for a notice that concerns no account. */
  appid: z.string(),
  /** Unix seconds by the relay's clock. */
  receivedAt: z.number(),
  /** The callback's query, as WeChat sent it; empty for the other kinds. */
  query: z.record(z.string(), z.string()),
  /** Whether `body` is ciphertext of the account's own key. Component mode: the relay has opened it, over TLS only. */
  encrypted: z.boolean(),
  /** The callback's body byte for byte, the encrypted reply (`sealReply`), their XML when not encrypted, or JSON. */
  body: z.string(),
});
export type FeedItem = z.infer<typeof feedItem>;
export const feedResponse = z.object({ items: z.array(feedItem), next: z.number().int() });

/** The body of a feed item of kind `notice`. */
export const relayNotice = z.discriminatedUnion('type', [
  /** Component mode: an administrator authorized this account, changed what is granted, or cancelled. */
  z.object({ type: z.literal('authorized'), appid: z.string(), permissionSets: z.array(z.number()) }),
  z.object({ type: z.literal('updateauthorized'), appid: z.string(), permissionSets: z.array(z.number()) }),
  z.object({ type: z.literal('unauthorized'), appid: z.string() }),
  /** Unread items of a device will be removed at `removeAt` (unix seconds) unless it fetches them. */
  z.object({
    type: z.literal('unread-expiring'),
    device: z.string(),
    count: z.number(),
    removeAt: z.number(),
    reason: z.enum(['age', 'size']),
  }),
  /** Items that a device had not read were removed. */
  z.object({ type: z.literal('unread-removed'), device: z.string(), count: z.number() }),
  /** Someone came back from the consent page of a one-time subscription. Unsigned by WeChat: a hint, not a proof. */
  z.object({
    type: z.literal('subscribe-consent'),
    openid: z.string(),
    templateId: z.string(),
    action: z.enum(['confirm', 'cancel']),
    scene: z.string(),
    reserved: z.string(),
  }),
]);
export type RelayNotice = z.infer<typeof relayNotice>;

/**
 * GET /v1/egress: where the tunnel is, and from which addresses WeChat will see it. `interface`: the addresses of this
 * machine; behind a NAT WeChat sees another one, which its error 40164 names.
 */
export const egressResponse = z.object({
  /** Origin of the HTTP CONNECT proxy, whose bearer is the device token; empty when this relay has none. */
  tunnelUrl: z.string(),
  addresses: z.array(z.string()),
  source: z.enum(['configured', 'interface', 'unknown']),
});
export type Egress = z.infer<typeof egressResponse>;

/** GET /v1/component: whether the operator of this relay has a third-party platform. */
export const componentResponse = z.object({
  available: z.boolean(),
  componentAppid: z.string().nullable(),
  /** False until WeChat's first ticket has arrived. */
  ready: z.boolean(),
});

/** POST /v1/authorizations: begins one attempt to authorize an account. */
export const authorizationRequest = z
  .object({
    /** Restricts to this account, for authorizing it again. */
    appid: appid.optional(),
    /** Permission sets to ask for; the published ones when left out. */
    permissionSets: z.array(z.number().int().min(1).max(200)).max(60).optional(),
  })
  .strict();
export const authorizationParams = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/) });
/** GET /v1/authorizations/:id?wait=SECONDS waits for another state than `known`; DELETE cancels. */
export const authorizationQuery = z
  .object({
    wait: z.coerce.number().min(0).max(FEED_MAX_WAIT_SECONDS).default(0),
    known: z.string().max(20).optional(),
  })
  .strict();
export const authorizationView = z.object({
  id: z.string(),
  /** What to open in the system browser. */
  startUrl: z.string(),
  /** `waiting`: not opened. `opened`: WeChat's page is on screen. `redeeming`: WeChat has confirmed. */
  state: z.enum(['waiting', 'opened', 'redeeming', 'done', 'failed', 'expired', 'cancelled']),
  expiresAt: z.number(),
  /** With `done`. */
  appid: z.string().nullable(),
  permissionSets: z.array(z.number()),
  /** With `failed`: a code of the catalogue, such as `relay/account-taken`, and WeChat's errcode when it has one. */
  error: z.object({ code: z.string(), errcode: z.number().optional() }).nullable(),
});
export type AuthorizationView = z.infer<typeof authorizationView>;

/**
 * POST /v1/accounts/:appid/lease: the short-lived access token of an authorized account. `refused`: a leased token that
 * WeChat called dead before its time; another one comes instead.
 */
export const leaseRequest = z.object({ refused: z.string().min(1).max(1_024).optional() }).strict();
export const leaseResponse = z.object({
  accessToken: z.string(),
  /** Unix seconds by the relay's clock. */
  expiresAt: z.number(),
});

/** GET /v1/accounts/:appid/profile: `authorizer_info` and `authorization_info` as WeChat gives them, without tokens. */
export const profileResponse = z.object({
  info: z.record(z.string(), z.unknown()),
  permissionSets: z.array(z.number()),
});

/** GET and PUT /v1/accounts/:appid/options/:name */
export const optionParams = z.object({
  appid,
  name: z.enum(['location_report', 'voice_recognize', 'customer_service']),
});
export const optionBody = z.object({ value: z.string().regex(/^[0-2]$/) }).strict();

export const errorResponse = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
