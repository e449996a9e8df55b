import startDecoder from 'benz-amr-recorder/src/amrnb.js';

/** The global that the decoder takes for a web worker's own. */
interface DecoderScope {
  onmessage?: (event: { readonly data: { readonly command: 'decode'; readonly buffer: Uint8Array } }) => void;
  postMessage(answer: { readonly command: 'decode'; readonly amr: Float32Array | null }): void;
}

/** Samples per second of narrow-band AMR. */
export const AMR_SAMPLE_RATE = 8000;
const SAMPLES_PER_FRAME = 160;
/** The decoder makes room for one frame per so many bytes, although frames of silence are shorter. */
const ROOM_BYTES = 6;
const FILLER_BYTES = 32;

/**
 * Starts the AMR decoder; it sets a global `self` and keeps 16 MB, so it belongs in a thread of its own.
 * The function it returns gives samples from -1 to 1, 160 for each of the `frames`. It may throw anything: the decoder
 * is compiled from C and ends a fault by throwing text.
 */
export function createAmrDecoder(): (amr: Uint8Array, frames: number) => Float32Array {
  let samples: Float32Array | null = null;
  const scope: DecoderScope = {
    postMessage(answer) {
      samples = answer.amr;
    },
  };
  Object.assign(globalThis, { self: scope });
  startDecoder();
  const { onmessage } = scope;
  if (!onmessage) throw new Error('the AMR decoder did not start');

  function run(buffer: Uint8Array): Float32Array | null {
    samples = null;
    onmessage?.({ data: { command: 'decode', buffer } });
    return samples;
  }

  return (amr, frames) => {
    // Filler behind the last frame: without it the decoder stops early when frames are short, and drops a last frame of
    // one byte. What it makes of the filler is cut off.
    const filled = new Uint8Array(Math.max(amr.length, ROOM_BYTES * frames) + FILLER_BYTES);
    filled.set(amr);
    const decoded = run(filled);
    const wanted = frames * SAMPLES_PER_FRAME;
    if (decoded === null || decoded.length < wanted) throw new Error('the AMR decoder stopped early');
    return decoded.subarray(0, wanted);
  };
}
