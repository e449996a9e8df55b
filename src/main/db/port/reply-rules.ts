/** Automatic replies of an account. */
import type { ReplyRuleSet } from '#shared/relay/reply-rules';

/** The automatic replies of one account as they are kept here. */
export interface RulesRecord {
  readonly appid: string;
  readonly rules: ReplyRuleSet;
  /** Version that the relay is known to have; null when it has none of ours. */
  readonly syncedVersion: number | null;
  readonly editedAt: number;
}

/** Whose set gave way: the one that stood here, or another desktop's at the relay. */
export type RulesOrigin = 'here' | 'relay';

export interface ReplacedRules {
  readonly id: number;
  readonly origin: RulesOrigin;
  readonly replacedAt: number;
  readonly rules: ReplyRuleSet;
}

export interface RuleReads {
  get(appid: string): RulesRecord | null;
  /** Newest first. */
  replaced(appid: string, limit: number): ReplacedRules[];
  replacedById(appid: string, id: number): ReplacedRules | null;
}

export interface RuleWrites {
  /**
   * Puts this set in the place of the stored one, which is kept among the replaced ones when `keep` says whose it was;
   * `keepOther` is kept there too. False, and nothing is changed, when the stored version is not `over` any more (null: none
   * is stored).
   */
  put(
    change: RulesRecord & {
      readonly over: number | null;
      readonly keep?: { readonly origin: RulesOrigin; readonly at: number };
      readonly keepOther?: { readonly rules: ReplyRuleSet; readonly at: number };
    },
  ): boolean;
  /** The relay has this version, or null: none; nothing happens when another one is stored meanwhile. */
  synced(appid: string, stored: number, version: number | null): void;
}
