import type { Target } from './deliveries';

/** Deliver `count` distinct pushes over `connections`, each connection sending its next one as soon as it is answered. */
export interface DeliverJob {
  readonly kind: 'deliver';
  readonly target: Target;
  readonly connections: number;
  readonly count: number;
  /** Number of the first push: no two jobs of a run share one. */
  readonly from: number;
}

export interface DeliverResult {
  readonly seconds: number;
  /** Milliseconds from the write of a request to its answer. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Answers that were not 200. */
  readonly refused: number;
  /** Seconds of processor time that the load itself took. */
  readonly cpuSeconds: number;
}

export type Job = DeliverJob;
export type ResultOf<J extends Job> = J extends DeliverJob ? DeliverResult : never;
