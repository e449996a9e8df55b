import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { countAmrFrames } from '#main/services/voice/amr';
import { createVoiceThread, type VoiceThread, type VoiceWorker } from '#main/services/voice/voice-thread';
import { amrOf, codeOf, FRAME_BYTES, HEADER_BYTES, VOICE_WORKER } from './samples';

const opened: VoiceThread[] = [];
const folders: string[] = [];

function open(worker: VoiceWorker): VoiceThread {
  const thread = createVoiceThread(worker);
  opened.push(thread);
  return thread;
}

function scriptOf(text: string): VoiceWorker {
  const folder = mkdtempSync(join(tmpdir(), 'oadesk-voice-'));
  folders.push(folder);
  const script = join(folder, 'worker.mjs');
  writeFileSync(script, text);
  return { script };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((thread) => thread.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const question = (amr: Uint8Array) => ({ amr, frames: countAmrFrames(amr) });
const samplesOf = (wav: Uint8Array) => new Int16Array(wav.slice(44).buffer);
const loudest = (samples: Int16Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('the voice thread', () => {
  it('turns a real recording into a WAV of the same length with sound in it', async () => {
    const wav = Buffer.from(await open(VOICE_WORKER).decode(question(amrOf(3))));
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.byteLength - 8);
    expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    expect(wav.readUInt32LE(16)).toBe(16);
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22)]).toEqual([1, 1]);
    expect([wav.readUInt32LE(24), wav.readUInt32LE(28)]).toEqual([8000, 16000]);
    expect([wav.readUInt16LE(32), wav.readUInt16LE(34)]).toEqual([2, 16]);
    expect(wav.toString('latin1', 36, 40)).toBe('data');
    expect(wav.readUInt32LE(40)).toBe(3 * 16000);
    expect(wav.byteLength).toBe(44 + 3 * 16000);
    expect(loudest(samplesOf(wav))).toBeGreaterThan(3000);
  });

  it('decodes the longest voice that WeChat records', async () => {
    const wav = await open(VOICE_WORKER).decode(question(amrOf(60)));
    expect(wav.byteLength).toBe(44 + 60 * 16000);
  });

  it('keeps every pause of a voice whose phone sends short frames during silence', async () => {
    const silence = [...new Array<number>(600).fill(0x7c)];
    const amr = new Uint8Array([...amrOf(1), ...silence, ...amrOf(1).slice(HEADER_BYTES), ...silence]);
    const wav = await open(VOICE_WORKER).decode(question(amr));
    expect(wav.byteLength).toBe(44 + (50 + 600 + 50 + 600) * 320);
    expect(loudest(samplesOf(wav).slice(650 * 160, 700 * 160))).toBeGreaterThan(1000);
  });

  it('survives sound that was damaged inside its frames, and goes on with the next file', async () => {
    const thread = open(VOICE_WORKER);
    const noise = amrOf(2);
    for (let index = HEADER_BYTES; index < noise.length; index += 1)
      if ((index - HEADER_BYTES) % FRAME_BYTES !== 0) noise[index] = (index * 7919) & 0xff;
    expect((await thread.decode(question(noise))).byteLength).toBe(44 + 2 * 16000);
    expect((await thread.decode(question(amrOf(1)))).byteLength).toBe(44 + 16000);
  });

  it('calls a file unreadable that the decoder fails on', async () => {
    const notAmr = { amr: new Uint8Array(Buffer.from('RIFF....')), frames: 1 };
    expect(await codeOf(open(VOICE_WORKER).decode(notAmr))).toBe('media/unreadable');
  });

  it('answers several files in the order in which they were asked', async () => {
    const thread = open(VOICE_WORKER);
    const wavs = await Promise.all([2, 1, 3].map((seconds) => thread.decode(question(amrOf(seconds)))));
    expect(wavs.map((wav) => (wav.byteLength - 44) / 16000)).toEqual([2, 1, 3]);
  });

  it('does not call the file damaged when its thread dies, and starts a new one for the next file', async () => {
    const thread = open(
      scriptOf(`import { parentPort } from 'node:worker_threads';
        parentPort.on('message', ({ frames }) => {
          if (frames === 13) process.exit(3);
          if (frames === 14) throw new Error('out of luck');
          parentPort.postMessage({ ok: true, wav: new Uint8Array([frames]) });
        });`),
    );
    const ask = (frames: number) => thread.decode({ amr: new Uint8Array(1), frames });
    await expect(ask(13)).rejects.toThrow('the voice thread ended with 3');
    await expect(ask(14)).rejects.toThrow('out of luck');
    expect(await ask(1)).toEqual(new Uint8Array([1]));
  });

  it('ends what is under way and what waits when it is closed', async () => {
    const thread = open(
      scriptOf(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`),
    );
    const asked = [1, 2].map((frames) => thread.decode({ amr: new Uint8Array(1), frames }));
    const outcomes = Promise.allSettled(asked);
    await thread.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(thread.decode({ amr: new Uint8Array(1), frames: 1 })).rejects.toThrow('closed');
  });
});
