/** What main tells the page of authorizing an account by scanning. */
import { z } from 'zod';
import { appErrorData, appid } from './models';

/** A relay that this computer is paired with, and whether accounts can be authorized there. */
export const authorizingRelay = z.object({
  linkId: z.string(),
  /** Its host, as the owner knows it. */
  host: z.string(),
  ready: z.boolean(),
  /** Why not; null when ready. */
  error: appErrorData.nullable(),
});
export type AuthorizingRelay = z.infer<typeof authorizingRelay>;

export const authorizationScope = z.enum(['all', 'chat']);
export type AuthorizationScope = z.infer<typeof authorizationScope>;

export const authorizationAttempt = z.object({
  linkId: z.string(),
  host: z.string(),
  scope: authorizationScope,
  /** The account that is to be authorized again; null for any. */
  requested: appid.nullable(),
  /** The relay's page, which leads to WeChat's. */
  startUrl: z.string(),
  /**
   * `waiting`: the page was not opened. `opened`: WeChat's QR code is on screen; WeChat tells nothing of scans until one is
   * confirmed. `redeeming`: confirmed. `checking`: WeChat is asked what kind of account it is.
   */
  state: z.enum(['waiting', 'opened', 'redeeming', 'checking', 'done', 'failed', 'expired', 'cancelled']),
  expiresAt: z.number(),
  /** With `done`. */
  appid: appid.nullable(),
  /** With `failed`; also while the relay does not answer and the attempt goes on. */
  error: appErrorData.nullable(),
});
export type AuthorizationAttempt = z.infer<typeof authorizationAttempt>;

export const authorizeBegin = z
  .object({
    linkId: z.string().max(64),
    scope: authorizationScope,
    appid: appid.nullable(),
    /** WeChat's API host; the official one when absent. */
    apiOrigin: z.string().max(300).optional(),
  })
  .strict();

export const authorizePair = z
  .object({ relayUrl: z.string().max(300), pairingCode: z.string().max(64) })
  .strict();
