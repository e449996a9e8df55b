import { countAmrFrames } from './amr';
import { createVoiceThread, type VoiceWorker } from './voice-thread';

/** About a quarter of an hour of sound. */
const CACHE_BYTES = 16 * 1024 * 1024;

export interface PlayableVoices {
  /**
   * The voice `id` as WAV (8 kHz, one channel, 16 bits). `load` gives its AMR and is called only when the WAV is not in
   * memory; several calls at once decode once.
   * @throws AppError media/unreadable; whatever `load` throws
   */
  wav(id: string, load: () => Promise<Uint8Array>): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** WeChat's voices are AMR, which Chromium does not play. The WAV of those heard last is kept, up to `cacheBytes`. */
export function createPlayableVoices(worker: VoiceWorker, cacheBytes = CACHE_BYTES): PlayableVoices {
  const thread = createVoiceThread(worker);
  /** Heard least recently first. */
  const kept = new Map<string, Uint8Array>();
  let keptBytes = 0;
  const running = new Map<string, Promise<Uint8Array>>();

  function keep(id: string, wav: Uint8Array): void {
    kept.set(id, wav);
    keptBytes += wav.byteLength;
    for (const [oldest, { byteLength }] of kept) {
      if (keptBytes <= cacheBytes) return;
      kept.delete(oldest);
      keptBytes -= byteLength;
    }
  }

  async function convert(id: string, load: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const amr = await load();
    const wav = await thread.decode({ amr, frames: countAmrFrames(amr) });
    keep(id, wav);
    return wav;
  }

  return {
    async wav(id, load) {
      const known = kept.get(id);
      if (known) {
        kept.delete(id);
        kept.set(id, known);
        return known;
      }
      const under = running.get(id);
      if (under) return under;
      const run = convert(id, load).finally(() => running.delete(id));
      running.set(id, run);
      return run;
    },
    close: () => thread.close(),
  };
}
