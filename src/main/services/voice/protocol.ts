/** One narrow-band AMR file to decode, and how many frames it holds. */
export interface VoiceQuestion {
  readonly amr: Uint8Array;
  readonly frames: number;
}

/** What the voice thread answers; it answers in the order it was asked. `reason` is for the log. */
export type VoiceAnswer =
  { readonly ok: true; readonly wav: Uint8Array } | { readonly ok: false; readonly reason: string };
