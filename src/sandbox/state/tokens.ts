import { BASE64_URL, type Random } from '../random';

/** Seconds a fresh token lives, and how long old and new both work at a change (auth-direct.md §2–3). */
export const TOKEN_LIFE = 7200;
const CHANGEOVER = 300;
const FORCED_GAP = 30;
export const FORCED_PER_DAY = 20;

interface Slot {
  current: string | null;
  expiresAt: number;
  previous: string | null;
  previousValidUntil: number;
}

/** How a presented token stands. */
export type TokenStanding = 'valid' | 'expired' | 'unknown';

export interface IssuedToken {
  readonly accessToken: string;
  /** Seconds left. */
  readonly expiresIn: number;
}

/** The two independent token slots of one account: `/cgi-bin/token` and `/cgi-bin/stable_token` never touch each other. */
export class TokenDesk {
  readonly #random: Random;
  readonly #classic: Slot = emptySlot();
  readonly #stable: Slot = emptySlot();
  /** Every token ever issued, with the end of its own life. */
  readonly #issued = new Map<string, { readonly slot: Slot; readonly expiresAt: number }>();
  #lastForcedAt = Number.NEGATIVE_INFINITY;
  #forced: { day: number; count: number } = { day: 0, count: 0 };

  constructor(random: Random) {
    this.#random = random;
  }

  /** A new classic token; the one before works five more minutes. */
  issueClassic(now: number): IssuedToken {
    this.#replace(this.#classic, now, CHANGEOVER);
    return issued(this.#classic, now);
  }

  /** The current stable token, renewed when it has five minutes or less. */
  issueStable(now: number): IssuedToken {
    if (this.#stable.current === null || this.#stable.expiresAt - now <= CHANGEOVER) {
      this.#replace(this.#stable, now, CHANGEOVER);
    }
    return issued(this.#stable, now);
  }

  /**
   * A forced renewal: the token before dies at once. Within 30 s of the last one nothing is renewed and the current
   * token comes back; null when the 20 of the day (`day` is its number) are used.
   */
  forceStable(now: number, day: number): IssuedToken | null {
    if (this.#forced.day !== day) this.#forced = { day, count: 0 };
    if (this.#stable.current !== null && now - this.#lastForcedAt < FORCED_GAP) return this.issueStable(now);
    if (this.#forced.count >= FORCED_PER_DAY) return null;
    this.#forced.count += 1;
    this.#lastForcedAt = now;
    this.#replace(this.#stable, now, 0);
    return issued(this.#stable, now);
  }

  /** The secret was reset: nothing that was issued for the old one works any more. */
  revoke(): void {
    for (const slot of [this.#classic, this.#stable]) Object.assign(slot, emptySlot());
  }

  owns(token: string): boolean {
    return this.#issued.has(token);
  }

  standing(token: string, now: number): TokenStanding {
    const entry = this.#issued.get(token);
    if (!entry) return 'unknown';
    const { slot } = entry;
    if (slot.previous === token && now < slot.previousValidUntil) return 'valid';
    if (now >= entry.expiresAt) return 'expired';
    return slot.current === token ? 'valid' : 'unknown';
  }

  #replace(slot: Slot, now: number, overlap: number): void {
    const alive = slot.current !== null && now < slot.expiresAt;
    slot.previous = alive && overlap > 0 ? slot.current : null;
    slot.previousValidUntil = alive ? now + overlap : 0;
    slot.current = `${this.#random.between(70, 99)}_${this.#random.chars(133, BASE64_URL)}`;
    slot.expiresAt = now + TOKEN_LIFE;
    this.#issued.set(slot.current, { slot, expiresAt: slot.expiresAt });
  }
}

function emptySlot(): Slot {
  return { current: null, expiresAt: 0, previous: null, previousValidUntil: 0 };
}

function issued(slot: Slot, now: number): IssuedToken {
  return { accessToken: slot.current ?? '', expiresIn: Math.min(TOKEN_LIFE, slot.expiresAt - now) };
}
