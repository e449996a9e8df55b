/** What a search asks for, as the parser understands a line of text. */

/** What a message can hold. */
export const HAS_KINDS = ['image', 'voice', 'video', 'link', 'file', 'location', 'miniprogram'] as const;
export type HasKind = (typeof HAS_KINDS)[number];

/** `failed`: a message that did not go out, or perhaps not. The others are of the conversation. */
export const IS_KINDS = ['failed', 'unanswered', 'starred'] as const;
export type IsKind = (typeof IS_KINDS)[number];

export interface SearchTerm {
  readonly text: string;
  /** In quotation marks: exactly this, one word after the other. */
  readonly phrase: boolean;
  readonly negated: boolean;
}

/** Who wrote: we ourselves, or someone whose alias or remark holds `name`. */
export type Sender = { readonly who: 'me' } | { readonly who: 'named'; readonly name: string };

export interface SearchQuery {
  /** All of them. */
  readonly terms: readonly SearchTerm[];
  /** Any of them; empty: everybody. */
  readonly from: readonly Sender[];
  /** Unix seconds: not older than `after`, older than `before`. */
  readonly after: number | null;
  readonly before: number | null;
  /** Any of them; empty: whatever it holds. */
  readonly has: readonly HasKind[];
  /** All of them. */
  readonly is: readonly IsKind[];
  /** Names of accounts, any of them; empty: all. */
  readonly accounts: readonly string[];
}

export const OPERATORS = ['from', 'after', 'before', 'has', 'is', 'account'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A place in the text that was typed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One filter as it was typed; drawn as a chip. */
export interface FilterPart extends Span {
  readonly operator: Operator;
  readonly value: string;
}

export type SearchProblem = Span &
  (
    | { readonly code: 'missing-value' | 'bad-date' | 'negated-filter'; readonly operator: Operator }
    | { readonly code: 'unknown-value'; readonly operator: 'has' | 'is'; readonly value: string }
    | { readonly code: 'empty-range' }
  );

export interface ParsedQuery {
  readonly query: SearchQuery;
  readonly filters: readonly FilterPart[];
  /** What cannot be understood; nothing is searched until it is corrected. */
  readonly problems: readonly SearchProblem[];
  /** Nothing was asked for. */
  readonly empty: boolean;
}
