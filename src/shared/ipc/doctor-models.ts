/** What main tells the page of the connection doctor. */
import { z } from 'zod';
import { CHECK_IDS, CHECK_STATES } from '../domain/doctor/finding';
import { appErrorData, appid } from './models';

const localized = z.object({ zh: z.string(), en: z.string() });

const remedy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('copy'), value: z.string() }),
  z.object({ kind: z.literal('copy-setting'), setting: z.enum(['url', 'token', 'aes-key']) }),
  z.object({ kind: z.literal('reconnect') }),
  z.object({ kind: z.literal('open'), url: z.string() }),
  z.object({ kind: z.literal('help'), article: z.string() }),
]);

const finding = z.object({
  check: z.enum(CHECK_IDS),
  state: z.enum(CHECK_STATES),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  times: z.record(z.string(), z.number()).optional(),
  terms: z.record(z.string(), localized).optional(),
  remedies: z.array(remedy),
  details: z.array(
    z.object({
      label: localized,
      value: z.union([z.string(), z.number(), localized]),
      unit: z.literal('time').optional(),
    }),
  ),
  blockedBy: z.enum(CHECK_IDS).optional(),
  error: appErrorData.nullable(),
});

/** One examination, finished or under way. */
export const examination = z.object({
  appid,
  /** `asked`: by the person. `noticed`: by itself, after something failed. */
  trigger: z.enum(['asked', 'noticed']),
  startedAt: z.number(),
  /** null while it is under way. */
  finishedAt: z.number().nullable(),
  cancelled: z.boolean(),
  /** What is examined now. */
  current: z.enum(CHECK_IDS).nullable(),
  /** In the order of the checks, as they come in. */
  findings: z.array(finding),
});
export type Examination = z.infer<typeof examination>;
