import type { ImportState } from '#shared/ipc/models';

export interface ImportProgress {
  readonly done: number;
  /** null until WeChat has said how many there are. */
  readonly total: number | null;
  /** 0 to 1. */
  readonly share: number;
}

/** How far an import is: the list of followers is a tenth of the work, their profiles the rest. */
export function importProgress(state: ImportState): ImportProgress {
  const { total } = state;
  const listing = total !== null && state.listed < total;
  const done = listing || total === null ? state.listed : state.detailed;
  if (total === null || total === 0) return { done, total, share: total === 0 ? 1 : 0 };
  const share = 0.1 * Math.min(1, state.listed / total) + 0.9 * Math.min(1, state.detailed / total);
  return { done, total, share };
}
