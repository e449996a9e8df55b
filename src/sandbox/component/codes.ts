import { BASE64_URL, type Random } from '../random';

/** Seconds. The text of the documents says 1800, their sample 600; `expires_in` tells which. */
export const PRE_AUTH_CODE_LIFE = 1800;
export const AUTHORIZATION_CODE_LIFE = 600;

export type CodeStanding = 'valid' | 'used' | 'expired' | 'unknown';

interface Entry<T> {
  readonly value: T;
  readonly expiresAt: number;
  used: boolean;
}

/** Codes that are good for one use and for a time, each with what it stands for. */
export class CodeBook<T> {
  readonly #random: Random;
  readonly #prefix: string;
  readonly #life: number;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(random: Random, prefix: string, life: number) {
    this.#random = random;
    this.#prefix = prefix;
    this.#life = life;
  }

  mint(value: T, now: number): { readonly code: string; readonly expiresIn: number } {
    const code = `${this.#prefix}@@@${this.#random.chars(64, BASE64_URL)}`;
    this.#entries.set(code, { value, expiresAt: now + this.#life, used: false });
    return { code, expiresIn: this.#life };
  }

  standing(code: string, now: number): CodeStanding {
    const entry = this.#entries.get(code);
    if (entry === undefined) return 'unknown';
    if (entry.used) return 'used';
    return now < entry.expiresAt ? 'valid' : 'expired';
  }

  /** Unix seconds; null for a code that was never given. */
  expiresAt(code: string): number | null {
    return this.#entries.get(code)?.expiresAt ?? null;
  }

  /** Uses a valid code up and gives what it stands for; null when its standing is another. */
  use(code: string, now: number): T | null {
    const entry = this.#entries.get(code);
    if (entry === undefined || this.standing(code, now) !== 'valid') return null;
    entry.used = true;
    return entry.value;
  }
}
