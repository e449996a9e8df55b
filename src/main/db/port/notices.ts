/** Notices of the relays for the owner. */
import type { RelayNotice } from '#shared/relay/protocol';

/** A notice for the owner that was not put away. */
export interface OpenNotice {
  readonly id: number;
  readonly linkId: string;
  readonly at: number;
  readonly notice: RelayNotice;
}

export interface NoticeReads {
  /** Newest first. Notices of other types, which are kept for what needs them, are not among them. */
  open(types: readonly RelayNotice['type'][], limit: number): OpenNotice[];
}

export interface NoticeWrites {
  /** Puts away this notice and the older ones about the same device that it outdates. */
  dismiss(id: number): void;
}
