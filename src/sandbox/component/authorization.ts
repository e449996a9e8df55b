import { BASE64_URL, type Random } from '../random';
import type { Account } from '../state/account';
import { TokenDesk } from '../state/tokens';

/** One account's authorization of one component, from its confirmation to its cancellation. */
export class Authorization {
  readonly account: Account;
  readonly tokens: TokenDesk;
  readonly #random: Random;
  sets: readonly number[];
  /** Unix seconds of the last confirmation. */
  authorizedAt: number;
  refreshToken: string;
  active = true;

  constructor(options: {
    readonly account: Account;
    readonly random: Random;
    readonly sets: readonly number[];
    readonly now: number;
  }) {
    this.account = options.account;
    this.#random = options.random;
    this.tokens = new TokenDesk(options.random);
    this.sets = options.sets;
    this.authorizedAt = options.now;
    this.refreshToken = this.rotate();
  }

  /** A new refresh token; the one before is dead from now on (61023). */
  rotate(): string {
    this.refreshToken = `refreshtoken@@@${this.#random.chars(43, BASE64_URL)}`;
    return this.refreshToken;
  }
}
