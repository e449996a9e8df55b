import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error';
import { countAmrFrames } from '#main/services/voice/amr';
import { amrOf, LONG_AMR } from './samples';

function refusal(bytes: Uint8Array): string {
  try {
    countAmrFrames(bytes);
  } catch (error) {
    if (error instanceof AppError && error.cause instanceof Error)
      return `${error.code}: ${error.cause.message}`;
  }
  return 'accepted';
}

const withHeader = (...body: number[]) =>
  new Uint8Array(Buffer.concat([Buffer.from('#!AMR\n'), Buffer.from(body)]));

describe('countAmrFrames', () => {
  it('counts fifty frames for each second of a real recording', () => {
    expect(countAmrFrames(amrOf(1))).toBe(50);
    expect(countAmrFrames(amrOf(60))).toBe(3000);
  });

  it('counts comfort noise and frames without data', () => {
    expect(countAmrFrames(withHeader(0x44, 1, 2, 3, 4, 5, 0x7c, 0x7c))).toBe(3);
  });

  it('refuses a recording that is longer than WeChat lets anyone record', () => {
    expect(refusal(LONG_AMR)).toBe('media/unreadable: longer than 61 s');
  });

  it('refuses a small file that would become minutes of silence', () => {
    expect(refusal(withHeader(...new Array<number>(10_000).fill(0x7c)))).toBe(
      'media/unreadable: longer than 61 s',
    );
  });

  it('refuses a file over 2 MB before looking into it', () => {
    expect(refusal(new Uint8Array(2 * 1024 * 1024 + 1))).toBe('media/unreadable: over 2 MB');
  });

  it('refuses a file that ends within a frame, wherever it was cut', () => {
    const whole = amrOf(1);
    for (let missing = 1; missing < 32; missing += 1)
      expect(refusal(whole.slice(0, -missing))).toBe('media/unreadable: cut off within a frame');
  });

  it('refuses a file whose frames are of a type that AMR does not have', () => {
    const damaged = amrOf(1);
    damaged[6 + 10 * 32] = 0x5c;
    expect(refusal(damaged)).toBe('media/unreadable: frame 10 is of no known type');
  });

  it('refuses wide-band AMR, other formats and empty files', () => {
    expect(refusal(new Uint8Array(Buffer.from('#!AMR-WB\n\x04')))).toContain('not narrow-band AMR');
    expect(refusal(new Uint8Array(Buffer.from('#!SILK_V3')))).toContain('not narrow-band AMR');
    expect(refusal(new Uint8Array())).toContain('not narrow-band AMR');
    expect(refusal(withHeader())).toContain('holds no sound');
  });
});
