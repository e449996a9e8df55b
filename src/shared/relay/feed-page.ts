/** A page of the relay's feed as a desktop reads it: what a later relay adds must not stop what this desktop knows. */
import { z } from 'zod';
import { feedItem } from './protocol';

/** An item in no form that this version knows, as it came. */
const unknownItem = z
  .looseObject({ seq: z.number().int(), appid: z.string().catch('') })
  .transform((raw) => ({ kind: 'unknown' as const, seq: raw.seq, appid: raw.appid, raw }));

export const pulledItem = z.union([feedItem, unknownItem]);
export type PulledItem = z.infer<typeof pulledItem>;

/** GET /v1/feed */
export const pulledPage = z.object({ items: z.array(pulledItem), next: z.number().int() });
