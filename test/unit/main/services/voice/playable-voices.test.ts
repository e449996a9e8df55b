import { afterEach, describe, expect, it } from 'vitest';
import { createPlayableVoices, type PlayableVoices } from '#main/services/voice/playable-voices';
import { amrOf, codeOf, VOICE_WORKER } from './samples';

const opened: PlayableVoices[] = [];

/** Voices of one second, and the ids whose AMR was asked for. */
function open(cacheBytes?: number) {
  const voices = createPlayableVoices(VOICE_WORKER, cacheBytes);
  opened.push(voices);
  const loaded: string[] = [];
  const hear = (id: string, amr = amrOf(1)) =>
    voices.wav(id, () => {
      loaded.push(id);
      return Promise.resolve(amr);
    });
  return { hear, loaded };
}

afterEach(() => Promise.all(opened.splice(0).map((voices) => voices.close())));

describe('playable voices', () => {
  it('decodes once for ten readers at the same time, and not again for the next', async () => {
    const { hear, loaded } = open();
    const wavs = await Promise.all(Array.from({ length: 10 }, () => hear('a')));
    expect(new Set(wavs).size).toBe(1);
    expect(wavs[0]?.byteLength).toBe(44 + 16000);
    expect(await hear('a')).toBe(wavs[0]);
    expect(loaded).toEqual(['a']);
  });

  it('forgets the voice that was heard least recently when its memory is full', async () => {
    const { hear, loaded } = open(2 * (44 + 16000));
    for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await hear(id);
    expect(loaded).toEqual(['a', 'b', 'c', 'b']);
  });

  it('refuses a damaged voice each time, and plays it once its file is whole', async () => {
    const { hear, loaded } = open();
    expect(await codeOf(hear('a', amrOf(1).slice(0, -1)))).toBe('media/unreadable');
    expect(await codeOf(hear('a', new Uint8Array([1, 2, 3])))).toBe('media/unreadable');
    expect((await hear('a')).byteLength).toBe(44 + 16000);
    expect(loaded).toEqual(['a', 'a', 'a']);
  });
});
