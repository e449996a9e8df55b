import type { QuotaBook } from '../state/quotas';
import { fail } from './errors';

/** Counts a call of somebody who is known by then. Raises 45009 and 45011. */
export function takeQuota(quotas: QuotaBook, path: string, now: number): void {
  const taken = quotas.take(path, now);
  if (taken === 'day') fail(45009);
  if (taken === 'minute') fail(45011);
}
