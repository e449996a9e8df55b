const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;

/**
 * A WAV file: PCM, one channel, 16 bits.
 * @param samples from -1 to 1; what lies outside is clipped
 * @param sampleRate samples per second
 */
export function wavOf(samples: Float32Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const dataBytes = samples.length * SAMPLE_BYTES;
  const wav = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(wav.buffer);
  const ascii = (offset: number, text: string) => wav.set(Buffer.from(text, 'latin1'), offset);
  ascii(0, 'RIFF');
  view.setUint32(4, wav.byteLength - 8, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * SAMPLE_BYTES, true);
  view.setUint16(32, SAMPLE_BYTES, true);
  view.setUint16(34, SAMPLE_BYTES * 8, true);
  ascii(36, 'data');
  view.setUint32(40, dataBytes, true);
  samples.forEach((sample, index) => {
    const value = Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x8000)));
    view.setInt16(HEADER_BYTES + index * SAMPLE_BYTES, value, true);
  });
  return wav;
}
