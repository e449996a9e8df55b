import { expect, it } from 'vitest';
import { waveformOf } from '#main/services/voice/waveform';
import { wavOf } from '#main/services/voice/wav';

it('tells how loud a voice is from beginning to end, and how long it is', () => {
  const samples = Float32Array.from(
    { length: 16_000 },
    (_, at) => (at < 8000 ? 0.1 : 0.4) * (at % 2 ? 1 : -1),
  );
  const { peaks, seconds } = waveformOf(wavOf(samples, 8000));
  expect(seconds).toBe(2);
  expect(peaks).toHaveLength(48);
  expect(Math.max(...peaks)).toBe(255);
  expect(peaks[0]).toBeCloseTo(64, -1);
  expect(peaks[47]).toBe(255);
});

it('draws silence as silence, also when there is nothing at all', () => {
  expect(Math.max(...waveformOf(wavOf(new Float32Array(800), 8000)).peaks)).toBe(0);
  expect(waveformOf(wavOf(new Float32Array(0), 8000))).toMatchObject({ seconds: 0 });
});
