import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMedia, MAX_TEXT_BYTES, mediaLimit, utf8Length } from '#shared/domain/media-limits';
import { APP_ERROR_CODES } from '#shared/error-texts';

const MB = 1024 * 1024;

describe('media limits', () => {
  it.each([
    ['image', 'image/png', 10 * MB, '10 MB'],
    ['voice', 'audio/amr', 2 * MB, '2 MB'],
    ['video', 'video/mp4', 10 * MB, '10 MB'],
    ['thumb', 'image/jpeg', 64 * 1024, '64 KB'],
    ['article-picture', 'image/jpeg', MB - 1, '1 MB'],
  ] as const)('[S3.7] a %s over its limit is refused with the limit named', (kind, mime, bytes, limit) => {
    expect(checkMedia(kind, { bytes, mime })).toEqual({ ok: true });
    expect(checkMedia(kind, { bytes: bytes + 1, mime })).toEqual({
      ok: false,
      code: 'media/too-large',
      params: { limit },
    });
  });

  it('[S3.7] a voice over a minute is refused', () => {
    expect(checkMedia('voice', { bytes: 9, mime: 'audio/mpeg', seconds: 60 })).toEqual({ ok: true });
    expect(checkMedia('voice', { bytes: 9, mime: 'audio/mpeg', seconds: 60.5 })).toEqual({
      ok: false,
      code: 'media/too-long',
      params: { limit: 60 },
    });
  });

  it('refuses formats that WeChat does not take, also when only permanent media may have them', () => {
    expect(checkMedia('image', { bytes: 9, mime: 'image/webp' })).toMatchObject({
      code: 'media/unsupported-type',
    });
    expect(checkMedia('image', { bytes: 9, mime: 'image/bmp' }).ok).toBe(false);
    expect(checkMedia('image', { bytes: 9, mime: 'image/bmp' }, 'permanent').ok).toBe(true);
    expect(checkMedia('image', { bytes: 9, mime: 'IMAGE/PNG; charset=x' }).ok).toBe(true);
  });

  it('refuses an empty file', () => {
    expect(checkMedia('image', { bytes: 0, mime: 'image/png' })).toMatchObject({ code: 'media/empty' });
  });

  it('every refusal has words', () => {
    for (const code of ['media/empty', 'media/too-large', 'media/too-long', 'media/unsupported-type']) {
      expect(APP_ERROR_CODES).toContain(code);
    }
    expect(mediaLimit('voice').seconds).toBe(60);
  });
});

describe('the length of a text', () => {
  it('is counted in bytes: 682 Chinese characters fit into one message, 683 do not', () => {
    expect(utf8Length('汉'.repeat(682))).toBeLessThanOrEqual(MAX_TEXT_BYTES);
    expect(utf8Length('汉'.repeat(683))).toBeGreaterThan(MAX_TEXT_BYTES);
  });

  it('equals what an encoder makes of it', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(utf8Length(text)).toBe(encoder.encode(text).length);
      }),
    );
    expect(utf8Length('a\ud83d')).toBe(encoder.encode('a\ud83d').length);
  });
});
