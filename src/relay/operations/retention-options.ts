import type { RelayLimits } from '../deps';
import { countOf } from './option-values';

const DAY_SECONDS = 24 * 60 * 60;
const GIGABYTE = 1024 * 1024 * 1024;
const YEARS = 3_650;
/** The warning before anything unread goes comes a week ahead. */
const SHORTEST_UNREAD = 14;

export interface RetentionValues {
  readonly 'keep-days'?: string | undefined;
  readonly 'keep-unread-days'?: string | undefined;
  readonly 'max-storage'?: string | undefined;
}

/** What the operator says about how long messages are kept; what is not said stays at the default. @throws UsageError */
export function retentionOf(values: RetentionValues): Partial<RelayLimits> {
  const { 'keep-days': read, 'keep-unread-days': unread, 'max-storage': storage } = values;
  return {
    ...(read === undefined
      ? {}
      : { retention: countOf('--keep-days', read, { from: 1, to: YEARS, of: 'days' }) * DAY_SECONDS }),
    ...(unread === undefined
      ? {}
      : {
          unreadRetention:
            countOf('--keep-unread-days', unread, { from: SHORTEST_UNREAD, to: YEARS, of: 'days' }) *
            DAY_SECONDS,
        }),
    ...(storage === undefined
      ? {}
      : {
          storageBytes:
            countOf('--max-storage', storage, { from: 1, to: 100_000, of: 'gigabytes' }) * GIGABYTE,
        }),
  };
}
