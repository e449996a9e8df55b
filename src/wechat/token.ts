import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { NetworkError } from './http';
import { WeChatError } from './errors';

/** Renewing this long before the end, seconds: WeChat itself mints the next token during the last five minutes. */
const RENEW_BEFORE = 300;
/** At most this much earlier still, seconds, so that many accounts do not ask in the same moment. */
const MAX_JITTER = 60;
/** A new token's life, seconds (auth-direct §3). */
export const TOKEN_LIFE = 7200;
/** A clock that is corrected while a token lives moves its end by as much, seconds. */
const CLOCK_SLACK = 60;
/** How long a token that could not be renewed, but lives, is used before asking again, seconds. */
const RENEW_AGAIN_AFTER = 30;

export interface AccessToken {
  readonly accessToken: string;
  /** Remaining life, seconds. */
  readonly expiresIn: number;
}

/**
 * A token ended although it had long to live. In normal mode WeChat keeps a token until its last five minutes, so somebody
 * else forced another one (`force_refresh`).
 */
export interface TokenReplacement {
  readonly obtainedAt: UnixSeconds;
  /** When the token would have ended by itself. */
  readonly promisedUntil: UnixSeconds;
  /** When WeChat made the token in its place, by that one's remaining life. */
  readonly replacedAt: UnixSeconds;
  readonly noticedAt: UnixSeconds;
}

export interface TokenSourceOptions {
  /**
   * Asks for the current token (`stable_token` in normal mode, or a lease). `refused`: the last token that WeChat called
   * dead and nothing has replaced yet.
   */
  readonly fetchToken: (refused: string | null) => Promise<AccessToken>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told once for each token that ended before its time. */
  readonly onReplaced?: ((replacement: TokenReplacement) => void) | undefined;
  /** 0 ≤ random < 1; `Math.random` when absent. */
  readonly random?: () => number;
}

/** The one holder of an account's access token. The token stays in this process's memory. */
export interface TokenSource {
  /** The current token; however many ask at once, WeChat is asked once. Fails as `fetchToken` does. */
  get(): Promise<string>;
  /**
   * Asks WeChat now, also while a token is held; its answer is kept. Nothing is forced, so nobody is disturbed. Fails as
   * `fetchToken` does.
   */
  ask(): Promise<{ readonly expiresIn: number }>;
  /** Forgets a token that WeChat refused, unless another one has taken its place meanwhile. */
  drop(failingToken: string): void;
}

interface Held {
  readonly token: string;
  readonly obtainedAt: UnixSeconds;
  readonly renewAt: UnixSeconds;
  readonly expiresAt: UnixSeconds;
}

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { fetchToken, clock, logger, random = Math.random } = options;
  let held: Held | null = null;
  /** The token that WeChat refused last: what comes in its place tells why. */
  let refused: Held | null = null;
  let flight: Promise<string> | null = null;

  async function renew(): Promise<AccessToken> {
    const askedAt = clock.now();
    const answer = await fetchToken(refused?.token ?? null);
    const { accessToken, expiresIn } = answer;
    // The answer itself may have put the clock right: a token must not seem to live longer than it does.
    const at = Math.min(askedAt, clock.now());
    const before = held ?? refused;
    const lead = RENEW_BEFORE + random() * Math.min(MAX_JITTER, Math.max(0, expiresIn - RENEW_BEFORE));
    held = {
      token: accessToken,
      obtainedAt: at,
      renewAt: at + expiresIn - lead,
      expiresAt: at + expiresIn,
    };
    refused = null;
    if (before !== null && before.token !== accessToken) reportEarlyEnd(before, at, expiresIn);
    return answer;
  }

  function reportEarlyEnd(before: Held, now: UnixSeconds, expiresIn: number): void {
    if (now >= before.expiresAt - RENEW_BEFORE - CLOCK_SLACK) return;
    const replacedAt = Math.max(before.obtainedAt, Math.min(now, now + expiresIn - TOKEN_LIFE));
    logger.warn('token-replaced-by-another-system', { replacedAt });
    options.onReplaced?.({
      obtainedAt: before.obtainedAt,
      promisedUntil: before.expiresAt,
      replacedAt,
      noticedAt: now,
    });
  }

  async function renewOrKeep(): Promise<string> {
    try {
      return (await renew()).accessToken;
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
      const begun = renewOrKeep().finally(() => {
        if (flight === begun) flight = null;
      });
      flight = begun;
      return begun;
    },
    async ask() {
      // One renewal at a time: the one under way may keep the old token instead of failing, so it is no answer.
      while (flight) await flight.catch(() => undefined);
      const asked = renew();
      const begun = asked
        .then(({ accessToken }) => accessToken)
        .finally(() => {
          if (flight === begun) flight = null;
        });
      begun.catch(() => undefined);
      flight = begun;
      return { expiresIn: (await asked).expiresIn };
    },
    drop(failingToken) {
      if (held?.token !== failingToken) return;
      refused = held;
      held = null;
    },
  };
}
