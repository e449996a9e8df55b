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

/** A workspace with one account and one device. */
export interface Shop {
  readonly deviceToken: string;
  /** Path of the account's callback address. */
  readonly path: string;
}

/** Open one long poll for each shop and keep them open, each asking again as soon as it is answered. */
export interface WaitJob {
  readonly kind: 'wait';
  readonly host: string;
  readonly port: number;
  readonly shops: readonly Shop[];
}

/** Deliver pushes to shops whose devices wait, `perSecond` at even intervals whether or not they are answered. */
export interface ReceiptJob {
  readonly kind: 'receipts';
  readonly perSecond: number;
  readonly count: number;
}

export interface ReceiptResult {
  /** Milliseconds from the write of a push to the end of the device's page that holds it. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  readonly received: number;
  /** Messages a second that were really sent. */
  readonly perSecond: number;
}

export type Job = DeliverJob | WaitJob | ReceiptJob;
export type ResultOf<J extends Job> = J extends DeliverJob
  ? DeliverResult
  : J extends ReceiptJob
    ? ReceiptResult
    : { readonly open: number };
