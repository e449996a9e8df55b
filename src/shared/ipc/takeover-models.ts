import { z } from 'zod';

const note = z.object({
  name: z.string(),
  reason: z.enum(['media', 'type', 'empty', 'too-long', 'first-only', 'was-off']),
});

/**
 * `idle`: nothing was changed. `begun`: it was asked for, and whether it happened is not known; doing it again is safe.
 */
const step = z.enum(['idle', 'begun', 'done']);

/** What the website had, what was carried over, and how to go back. */
export const takeover = z.object({
  takenAt: z.number(),
  phase: z.enum(['open', 'undoing', 'undone']),
  /** Who answers as WeChat last told; `unknown` when the website had no reply switched on by which to tell. */
  inCharge: z.enum(['website', 'server', 'unknown']),
  checkedAt: z.number().nullable(),
  menu: z.object({
    step,
    /** Buttons of the website that stop working, children after their parent. */
    stops: z.array(z.string()),
    /** A menu made by API goes on working and would be replaced. */
    hasApiMenu: z.boolean(),
    /** False for accounts that WeChat gives no menu API. */
    isAllowed: z.boolean(),
    buttons: z.number().int(),
    notes: z.array(note),
  }),
  replies: z.object({
    step,
    stops: z.array(z.string()),
    rules: z.number().int(),
    notes: z.array(note),
  }),
  media: z.object({ kept: z.number().int(), lost: z.number().int() }),
});
export type Takeover = z.infer<typeof takeover>;
