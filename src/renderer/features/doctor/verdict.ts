import { CHECK_IDS, firstCause, type Finding } from '#shared/domain/doctor/finding';
import type { Examination } from '#shared/ipc/doctor-models';

export type Verdict =
  | { readonly kind: 'running'; readonly done: number; readonly current: Examination['current'] }
  | { readonly kind: 'well' }
  | { readonly kind: 'failed' | 'warning' | 'unclear' | 'offline'; readonly cause: Finding }
  | { readonly kind: 'cancelled'; readonly done: number };

/** What the head of the screen says. A fault that is known already is said also of a cancelled examination. */
export function verdictOf({ findings, current, finishedAt, cancelled }: Examination): Verdict {
  const done = findings.filter(({ code }) => code !== 'doctor/cancelled').length;
  if (finishedAt === null) return { kind: 'running', done, current };
  const cause = firstCause(findings);
  if (cause?.state === 'failed' || cause?.state === 'warning') return { kind: cause.state, cause };
  if (cancelled && done < CHECK_IDS.length) return { kind: 'cancelled', done };
  if (cause === null) return { kind: 'well' };
  return { kind: cause.code === 'doctor/offline' ? 'offline' : 'unclear', cause };
}
