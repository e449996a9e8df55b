/** How loud a voice is from beginning to end. */

const BARS = 48;
const HEADER_BYTES = 44;
const SAMPLE_RATE_AT = 24;

export interface Waveform {
  /** One per bar, 0 to 255; the loudest is 255 unless all is silent. */
  readonly peaks: Uint8Array;
  readonly seconds: number;
}

/** Of a WAV as `wavOf` makes it: PCM, one channel, 16 bits. */
export function waveformOf(wav: Uint8Array): Waveform {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const samples = Math.max(0, Math.floor((wav.byteLength - HEADER_BYTES) / 2));
  const bars = Array.from({ length: BARS }, (_, bar) => {
    const from = Math.floor((bar * samples) / BARS);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * samples) / BARS));
    let sum = 0;
    for (let at = from; at < Math.min(until, samples); at += 1)
      sum += view.getInt16(HEADER_BYTES + at * 2, true) ** 2;
    return Math.sqrt(sum / (until - from));
  });
  const loudest = Math.max(...bars);
  return {
    peaks: Uint8Array.from(bars, (bar) => (loudest === 0 ? 0 : Math.round((255 * bar) / loudest))),
    seconds: samples / view.getUint32(SAMPLE_RATE_AT, true),
  };
}
