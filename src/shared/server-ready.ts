/** The one JSON line that a server prints on standard output when it listens. */
import { z } from 'zod';

export const relayReady = z.object({ origin: z.string() });

export const sandboxReady = z.object({
  origin: z.string(),
  accounts: z
    .array(
      z.object({
        appid: z.string(),
        secret: z.string(),
        type: z.string(),
        verified: z.boolean(),
        region: z.string(),
      }),
    )
    .min(1),
});
export type SandboxReady = z.infer<typeof sandboxReady>;
