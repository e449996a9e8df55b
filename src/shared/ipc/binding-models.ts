/** What main tells the page while an account is connected by hand, and of the time it was away. No secret is among it. */
import { z } from 'zod';
import { accountKind, appid } from './models';

export const BINDING_STEPS = [
  'relay',
  'address',
  'credentials',
  'mode',
  'takeover',
  'server',
  'checks',
] as const;
export type BindingStep = (typeof BINDING_STEPS)[number];

/** What was typed so far, without AppSecret and pairing code. */
export const bindingDraft = z
  .object({
    step: z.enum(BINDING_STEPS),
    name: z.string().max(100),
    appid: z.string().max(64),
    region: z.enum(['mainland', 'overseas']),
    kind: accountKind,
    relayUrl: z.string().max(300),
    apiOrigin: z.string().max(300),
    /** The account that came of it; null before WeChat accepted AppID and secret. */
    bound: appid.nullable(),
  })
  .strict();
export type BindingDraft = z.infer<typeof bindingDraft>;

/** Addresses of the relay for the account's IP whitelist (IP白名单); see `egressResponse`. */
export const relayAddresses = z.object({
  addresses: z.array(z.string()),
  source: z.enum(['configured', 'interface', 'unknown']),
});
export type RelayAddresses = z.infer<typeof relayAddresses>;

/** Unix seconds of what has been proved since the account was bound; null for what has not. */
export const bindingChecks = z.object({
  /** WeChat gave a token to the relay's address, which is therefore on the whitelist. */
  acceptedAt: z.number().nullable(),
  /** WeChat verified the server address by its echostr. */
  verifiedAt: z.number().nullable(),
  /** The newest callback that this computer received and decrypted. */
  messageAt: z.number().nullable(),
});
export type BindingChecks = z.infer<typeof bindingChecks>;

/** A time in which the account was not connected: nothing that happened in it was received. */
export const accountGap = z.object({
  appid,
  /** Unix seconds. */
  from: z.number(),
  until: z.number(),
});
export type AccountGap = z.infer<typeof accountGap>;
