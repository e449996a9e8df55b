import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { VoiceWorker } from '#main/services/voice/voice-thread';

/** A real recording of 89 seconds, 12.2 kbit/s: every frame is 32 bytes. */
export const LONG_AMR: Uint8Array = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('benz-amr-recorder/res/mario.amr')),
);
export const HEADER_BYTES = 6;
export const FRAME_BYTES = 32;
export const FRAMES_PER_SECOND = 50;

/** The first seconds of the recording. */
export function amrOf(seconds: number): Uint8Array {
  return LONG_AMR.slice(0, HEADER_BYTES + seconds * FRAMES_PER_SECOND * FRAME_BYTES);
}

/** The thread from its source. */
export const VOICE_WORKER: VoiceWorker = { script: new URL('source-worker.mjs', import.meta.url) };

/** The code of the error that a promise ends with; null when it does not fail. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}
