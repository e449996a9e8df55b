import { Worker } from 'node:worker_threads';
import { unreadable } from './amr';
import type { VoiceAnswer, VoiceQuestion } from './protocol';

/** A minute of voice takes a tenth of a second; a thread that is silent for so long hangs. */
const TIMEOUT_MS = 20_000;

export interface VoiceWorker {
  /** Path or file URL of the built `voice-worker`. */
  readonly script: string | URL;
}

export interface VoiceThread {
  /**
   * The WAV of one AMR file that passed `countAmrFrames`. Files are decoded one after the other.
   * @throws AppError media/unreadable when the decoder fails on it or hangs; any other error says that the thread broke
   */
  decode(question: VoiceQuestion): Promise<Uint8Array>;
  /** Ends the thread; what was under way is rejected. */
  close(): Promise<void>;
}

interface Asked {
  readonly resolve: (answer: VoiceAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Decodes in a worker thread that lives while there is something to decode, so that an idle app keeps neither the
 * thread nor the decoder's memory.
 */
export function createVoiceThread({ script }: VoiceWorker): VoiceThread {
  let worker: Worker | null = null;
  let asked: Asked | null = null;
  let waiting = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;

  function start(): Worker {
    const started = new Worker(script);
    const broke = (error: Error) => {
      if (worker !== started) return;
      worker = null;
      asked?.reject(error);
    };
    started.on('message', (answer: VoiceAnswer) => {
      if (worker === started) asked?.resolve(answer);
    });
    started.on('error', broke);
    started.on('exit', (code) => broke(new Error(`the voice thread ended with ${code}`)));
    return started;
  }

  async function end(): Promise<void> {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  }

  async function ask({ amr, frames }: VoiceQuestion): Promise<VoiceAnswer> {
    worker ??= start();
    const { promise, resolve, reject } = withResolvers<VoiceAnswer>();
    asked = { resolve, reject };
    const timer = setTimeout(() => reject(unreadable('decoding hangs')), TIMEOUT_MS);
    // A copy of its own: a Buffer may be a window on memory that others share.
    const copy = new Uint8Array(amr);
    worker.postMessage({ amr: copy, frames } satisfies VoiceQuestion, [copy.buffer]);
    return promise.finally(() => {
      clearTimeout(timer);
      asked = null;
    });
  }

  async function decodeNow(question: VoiceQuestion): Promise<Uint8Array> {
    let sound = false;
    try {
      if (closed) throw new Error('the voice thread is closed');
      const answer = await ask(question);
      if (!answer.ok) throw unreadable(answer.reason);
      sound = true;
      return answer.wav;
    } finally {
      waiting -= 1;
      // After a fault the decoder's memory cannot be trusted.
      if (!sound || waiting === 0) await end();
    }
  }

  return {
    decode(question) {
      waiting += 1;
      const result = tail.then(() => decodeNow(question));
      tail = result.catch(() => undefined);
      return result;
    },
    async close() {
      closed = true;
      asked?.reject(new Error('the voice thread is closed'));
      await end();
      await tail;
    },
  };
}

/** `Promise.withResolvers`, which Node has since 22. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
