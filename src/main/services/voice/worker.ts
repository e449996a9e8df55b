/** Entry of the voice thread: decoding takes longer than the main process may stand still. */
import { parentPort } from 'node:worker_threads';
import { AMR_SAMPLE_RATE, createAmrDecoder } from './amr-decoder';
import type { VoiceAnswer, VoiceQuestion } from './protocol';
import { wavOf } from './wav';

if (!parentPort) throw new Error('runs as a worker thread only');
const port = parentPort;
const decode = createAmrDecoder();

port.on('message', ({ amr, frames }: VoiceQuestion) => {
  let answer: VoiceAnswer;
  try {
    const wav = wavOf(decode(amr, frames), AMR_SAMPLE_RATE);
    answer = { ok: true, wav };
    port.postMessage(answer, [wav.buffer]);
  } catch (error) {
    answer = { ok: false, reason: String(error) };
    port.postMessage(answer);
  }
});
