/** The matrix of what each kind of account can do, and what is missing for one account. */
import {
  CAPABILITIES,
  capabilityOf,
  type AccountTraits,
  type Capability,
  type CapabilityLimit,
  type CapabilityState,
} from '#shared/domain/capabilities';

type KindTraits = Pick<AccountTraits, 'kind' | 'verified'>;

/** The four kinds, in the order of WeChat's own permission table. */
export const COLUMNS = [
  { id: 'subscription-unverified', kind: 'subscription', verified: false },
  { id: 'subscription-verified', kind: 'subscription', verified: true },
  { id: 'service-unverified', kind: 'service', verified: false },
  { id: 'service-verified', kind: 'service', verified: true },
] as const satisfies readonly (KindTraits & { readonly id: string })[];
export type ColumnId = (typeof COLUMNS)[number]['id'];

export interface MatrixRow {
  readonly capability: Capability;
  readonly cells: Readonly<Record<ColumnId, CapabilityState>>;
}

/** One row per capability; a cell says yes, no or try, with the limit behind it. */
export function matrixOf(region: AccountTraits['region']): readonly MatrixRow[] {
  return CAPABILITIES.map((capability) => ({
    capability,
    cells: {
      'subscription-unverified': capabilityOf({ ...COLUMNS[0], region }, capability),
      'subscription-verified': capabilityOf({ ...COLUMNS[1], region }, capability),
      'service-unverified': capabilityOf({ ...COLUMNS[2], region }, capability),
      'service-verified': capabilityOf({ ...COLUMNS[3], region }, capability),
    },
  }));
}

export function columnOf({ kind, verified }: KindTraits): ColumnId {
  return `${kind}-${verified ? 'verified' : 'unverified'}`;
}

/** How an owner gets what a limit keeps from the account: key of the text; null where there is nothing to do. */
export const WAY_OF = {
  'needs-verification': 'wayVerify',
  'verified-service-only': 'wayService',
  'not-overseas': 'wayOverseas',
  'documents-disagree': null,
  'must-apply': 'wayApply',
} as const satisfies Readonly<Record<CapabilityLimit, string | null>>;

export const NOTES = ['unverified', 'overseas', 'coupons', 'platforms', 'weibo'] as const;
export type Note = (typeof NOTES)[number];

/** What the owner of such an account should know beside the matrix; those that concern everyone when there is no account. */
export function notesFor(account: AccountTraits | null): readonly Note[] {
  const concerns: Readonly<Record<Note, boolean>> = {
    unverified: account !== null && !account.verified,
    overseas: account?.region === 'overseas',
    coupons: account?.kind === 'subscription' && account.verified,
    platforms: true,
    weibo: account === null || !account.verified,
  };
  return NOTES.filter((note) => concerns[note]);
}
