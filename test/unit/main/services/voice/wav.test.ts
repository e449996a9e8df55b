import { expect, it } from 'vitest';
import { wavOf } from '#main/services/voice/wav';

it('writes 16-bit samples behind a header of 44 bytes and clips what is too loud', () => {
  const wav = Buffer.from(wavOf(new Float32Array([0, 0.5, -1, 1.5, -2]), 8000));
  expect(wav.byteLength).toBe(44 + 10);
  expect([0, 1, 2, 3, 4].map((index) => wav.readInt16LE(44 + index * 2))).toEqual([
    0, 16384, -32768, 32767, -32768,
  ]);
});
