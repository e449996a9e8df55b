/**
 * Draws the sounds of notifications, resources/sounds/*.wav: a few sines with an envelope each, so that they belong to
 * nobody. Run it again after changing a sound: `node scripts/make-sounds.mjs`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './lib/paths.mjs';

const RATE = 22_050;
const PEAK = 0.5;

/** Strikes: when they begin (s), their tone (Hz) and where it glides, how fast they fade (1/s), how loud they are. */
const SOUNDS = {
  drop: {
    length: 0.28,
    strikes: [{ at: 0, from: 520, to: 1_150, fade: 16, level: 1 }],
  },
  bell: {
    length: 0.9,
    strikes: [
      { at: 0, from: 1_046, to: 1_046, fade: 5, level: 0.8 },
      { at: 0, from: 2_637, to: 2_637, fade: 9, level: 0.25 },
      { at: 0, from: 4_186, to: 4_186, fade: 14, level: 0.1 },
    ],
  },
  knock: {
    length: 0.34,
    strikes: [
      { at: 0, from: 240, to: 150, fade: 34, level: 1 },
      { at: 0.15, from: 230, to: 145, fade: 34, level: 0.9 },
    ],
  },
  chime: {
    length: 0.85,
    strikes: [
      { at: 0, from: 659, to: 659, fade: 6, level: 0.7 },
      { at: 0.13, from: 988, to: 988, fade: 6, level: 0.7 },
    ],
  },
};

function samplesOf({ length, strikes }) {
  const samples = new Float64Array(Math.round(length * RATE));
  for (const { at, from, to, fade, level } of strikes) {
    let phase = 0;
    for (let i = Math.round(at * RATE); i < samples.length; i++) {
      const t = i / RATE - at;
      const glide = Math.min(1, t / 0.09);
      phase += (2 * Math.PI * (from + (to - from) * glide)) / RATE;
      // A soft start of 4 ms and an end at zero, so that nothing clicks.
      const attack = Math.min(1, t / 0.004);
      const release = Math.min(1, (samples.length - i) / (0.02 * RATE));
      samples[i] += Math.sin(phase) * Math.exp(-fade * t) * level * attack * release;
    }
  }
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int16Array.from(samples, (value) => Math.round((value / loudest) * PEAK * 32_767));
}

/** RIFF, one channel, 16 bits. */
function wav(samples) {
  const data = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

const folder = join(PROJECT_ROOT, 'resources', 'sounds');
mkdirSync(folder, { recursive: true });
for (const [name, sound] of Object.entries(SOUNDS))
  writeFileSync(join(folder, `${name}.wav`), wav(samplesOf(sound)));
