import { createRandom } from '../random';
import type { Component } from './component';

/** One opened authorization page. */
export interface Attempt {
  readonly id: string;
  readonly component: Component;
  readonly preAuthCode: string;
  readonly redirectUri: string;
  /** The only account that may authorize here; null for any. */
  readonly bizAppid: string | null;
  /** Permission sets that are offered. */
  readonly sets: readonly number[];
  /** Unix seconds by the sandbox's clock. */
  readonly openedAt: number;
  state: 'waiting' | 'refused' | 'confirmed';
}

/** Every authorization page that was opened. */
export class AttemptBook {
  readonly #attempts = new Map<string, Attempt>();
  readonly #random;

  constructor(seed: number, now: number) {
    this.#random = createRandom('attempts', seed, now);
  }

  open(attempt: Omit<Attempt, 'id' | 'state'>): Attempt {
    const opened: Attempt = { ...attempt, id: this.#random.hex(24), state: 'waiting' };
    this.#attempts.set(opened.id, opened);
    return opened;
  }

  get(id: string): Attempt | null {
    return this.#attempts.get(id) ?? null;
  }

  /** The pages of one platform, oldest first. */
  of(component: Component): readonly Attempt[] {
    return [...this.#attempts.values()].filter((attempt) => attempt.component === component);
  }
}
