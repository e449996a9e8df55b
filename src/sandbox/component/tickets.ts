import { BASE64_URL, type Random } from '../random';

/** Seconds between two pushes of a ticket, and how long each ticket is good (auth-component.md §2). */
export const TICKET_GAP = 600;
export const TICKET_LIFE = 12 * 3600;

export type TicketStanding = 'valid' | 'expired' | 'unknown';

/** The `component_verify_ticket`s of one component, and when the next one is due. */
export class TicketBook {
  readonly #random: Random;
  readonly #mintedAt = new Map<string, number>();
  #dueAt: number;
  /** How many of the next tickets get lost on their way. */
  #toLose = 0;
  paused = false;
  /** Whether the last push of a ticket was taken. */
  delivered = false;

  constructor(random: Random, now: number) {
    this.#random = random;
    this.#dueAt = now;
  }

  get toLose(): number {
    return this.#toLose;
  }

  /** The next `count` tickets are minted but never pushed. */
  lose(count: number): void {
    this.#toLose += count;
  }

  /** A new ticket; null for one that gets lost. The next one is due a gap later. */
  mint(now: number): string | null {
    for (const [ticket, mintedAt] of this.#mintedAt)
      if (now - mintedAt > 2 * TICKET_LIFE) this.#mintedAt.delete(ticket);
    const ticket = `ticket@@@${this.#random.chars(86, BASE64_URL)}`;
    this.#mintedAt.set(ticket, now);
    this.#dueAt = now + TICKET_GAP;
    if (this.#toLose === 0) return ticket;
    this.#toLose -= 1;
    this.delivered = false;
    return null;
  }

  /**
   * Mints every ticket that has fallen due. Null when there is nothing to push; otherwise the newest that is not lost:
   * when a manual clock jumps over several, the earlier ones would arrive in the same moment.
   */
  takeDue(now: number): string | null {
    if (this.paused) {
      this.#dueAt = Math.max(this.#dueAt, now);
      return null;
    }
    let newest: string | null = null;
    while (this.#dueAt <= now) newest = this.mint(this.#dueAt) ?? newest;
    return newest;
  }

  standing(ticket: string, now: number): TicketStanding {
    const mintedAt = this.#mintedAt.get(ticket);
    if (mintedAt === undefined) return 'unknown';
    return now - mintedAt < TICKET_LIFE ? 'valid' : 'expired';
  }
}
