/** A page of the relay's feed as a desktop reads it: what a later relay adds must not stop what this desktop knows. */
import { z } from 'zod';
import { feedItem } from './protocol';

/** Before relays said what an item is, each was a callback as WeChat sealed it. */
const earlierItem = feedItem
  .extend({ kind: z.undefined().optional(), encrypted: z.undefined().optional() })
  .transform((item) => ({ ...item, kind: 'message' as const, encrypted: true }));

/** An item in no form that this version knows, as it came. */
const unknownItem = z.looseObject({ seq: z.number().int() }).transform((raw) => ({
  kind: 'unknown' as const,
  seq: raw.seq,
  appid: typeof raw['appid'] === 'string' ? raw['appid'] : '',
  raw,
}));

export const pulledItem = z.union([feedItem, earlierItem, unknownItem]);
export type PulledItem = z.infer<typeof pulledItem>;

/** GET /v1/feed */
export const pulledPage = z.object({ items: z.array(pulledItem), next: z.number().int() });
