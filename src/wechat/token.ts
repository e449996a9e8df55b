import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { NetworkError } from './http';
import { WeChatError } from './errors';

/** Renewing this long before the end, seconds: WeChat itself mints the next token during the last five minutes. */
const RENEW_BEFORE = 300;
/** At most this much earlier still, seconds, so that many accounts do not ask in the same moment. */
const MAX_JITTER = 60;
/** How long a token that could not be renewed, but lives, is used before asking again, seconds. */
const RENEW_AGAIN_AFTER = 30;

export interface AccessToken {
  readonly accessToken: string;
  /** Remaining life, seconds. */
  readonly expiresIn: number;
}

export interface TokenSourceOptions {
  /**
   * Asks for the current token (`stable_token` in normal mode, or a lease). `refused`: the last token that WeChat called
   * dead and nothing has replaced yet.
   */
  readonly fetchToken: (refused: string | null) => Promise<AccessToken>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 ≤ random < 1; `Math.random` when absent. */
  readonly random?: () => number;
}

/** The one holder of an account's access token. The token stays in this process's memory. */
export interface TokenSource {
  /** The current token; however many ask at once, WeChat is asked once. Fails as `fetchToken` does. */
  get(): Promise<string>;
  /** Forgets a token that WeChat refused, unless another one has taken its place meanwhile. */
  drop(failingToken: string): void;
}

interface Held {
  readonly token: string;
  readonly renewAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { fetchToken, clock, logger, random = Math.random } = options;
  let held: Held | null = null;
  let refused: string | null = null;
  let flight: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const askedAt = clock.now();
    try {
      const { accessToken, expiresIn } = await fetchToken(refused);
      const lead = RENEW_BEFORE + random() * Math.min(MAX_JITTER, Math.max(0, expiresIn - RENEW_BEFORE));
      refused = null;
      held = { token: accessToken, renewAt: askedAt + expiresIn - lead, expiresAt: askedAt + expiresIn };
      return accessToken;
    } catch (error) {
      const now = clock.now();
      const transient = error instanceof NetworkError || (error instanceof WeChatError && error.retryable);
      if (!transient || held === null || held.expiresAt - now < RENEW_AGAIN_AFTER) throw error;
      logger.warn('token-renewal-postponed', { code: error.code });
      held = { ...held, renewAt: now + RENEW_AGAIN_AFTER };
      return held.token;
    }
  }

  return {
    get() {
      if (flight) return flight;
      if (held && clock.now() < held.renewAt) return Promise.resolve(held.token);
      flight = renew().finally(() => {
        flight = null;
      });
      return flight;
    },
    drop(failingToken) {
      if (held?.token !== failingToken) return;
      held = null;
      refused = failingToken;
    },
  };
}
