import type { CollectionSpec } from '../store/port';

/** The operator's credentials of the platform; one document, `platform`. */
export const PLATFORM = { name: 'component-platform', lifetime: null } as const;
/** `component_verify_ticket`s by component AppID. */
export const TICKETS = { name: 'component-tickets', lifetime: null } as const;
/** component_access_tokens by component AppID. */
export const TOKENS = { name: 'component-tokens', lifetime: null } as const;
/** Authorizers and their tokens by AppID. */
export const AUTHORIZERS = { name: 'component-authorizers', lifetime: null } as const;
/** Attempts to authorize by their id. */
export const ATTEMPTS = { name: 'component-attempts', lifetime: 3_600 } as const;
/** Authorization codes by hash: what became of each. */
export const CODES = { name: 'component-codes', lifetime: 3_600 } as const;
/** Which attempt a pre-authorization code belongs to, by the code's hash. */
export const PRE_AUTH_CODES = { name: 'component-pre-auth-codes', lifetime: 3_600 } as const;
/** Who does what must not be done twice at the same time. */
export const LOCKS = { name: 'component-locks', lifetime: 3_600 } as const;

/** Collections of `SealedDocuments`: a new master key has to seal every document of these again. */
export const SEALED_COLLECTIONS: readonly CollectionSpec[] = [
  PLATFORM,
  TICKETS,
  TOKENS,
  AUTHORIZERS,
  ATTEMPTS,
  CODES,
];
