/** What desktop and relay say to each other (HTTP, JSON). Shapes only; the relay's routes and the desktop's client share them. */
import { z } from 'zod';

export const FEED_MAX_WAIT_SECONDS = 50;
export const FEED_MAX_LIMIT = 500;

/** POST /v1/pair */
export const pairRequest = z
  .object({ code: z.string().min(4).max(64), name: z.string().min(1).max(100) })
  .strict();
export const pairResponse = z.object({ deviceToken: z.string() });

/** PUT /v1/accounts/:appid */
export const accountRequest = z
  .object({ token: z.string().regex(/^[A-Za-z0-9]{3,32}$/), mode: z.literal('sealed') })
  .strict();
export const accountResponse = z.object({ key: z.string(), callbackUrl: z.string() });

/** The AppID in the path of /v1/accounts/:appid */
export const accountParams = z.object({ appid: z.string().regex(/^[A-Za-z0-9_-]{4,64}$/) });

/** GET /v1/feed?after=SEQ&wait=SECONDS&limit=N */
export const feedQuery = z
  .object({
    /** The `next` of the page before; 0 at the beginning. */
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    /** Seconds to wait for a message when there is none. */
    wait: z.coerce.number().min(0).max(FEED_MAX_WAIT_SECONDS).default(0),
    limit: z.coerce.number().int().min(1).max(FEED_MAX_LIMIT).default(100),
  })
  .strict();
export const feedItem = z.object({
  seq: z.number().int(),
  appid: z.string(),
  /** Unix seconds by the relay's clock. */
  receivedAt: z.number(),
  /** The callback's query, as WeChat sent it. */
  query: z.record(z.string(), z.string()),
  /** The callback's body, byte for byte: in sealed mode WeChat's own ciphertext. */
  body: z.string(),
});
export type FeedItem = z.infer<typeof feedItem>;
export const feedResponse = z.object({ items: z.array(feedItem), next: z.number().int() });

/** POST /v1/ack */
export const ackRequest = z.object({ seq: z.number().int().min(0) }).strict();
export const ackResponse = z.object({ acked: z.number().int() });

export const errorResponse = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
