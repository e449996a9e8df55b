import { FOLDER_FINDINGS } from './folder';
import { NETWORK_FINDINGS } from './network';
import { RELAY_FINDINGS } from './relay';

/** Every finding of `relay doctor`: how bad it is, why, and what to do. */
export const FINDINGS = { ...NETWORK_FINDINGS, ...RELAY_FINDINGS, ...FOLDER_FINDINGS } as const;

export type FindingCode = keyof typeof FINDINGS;
