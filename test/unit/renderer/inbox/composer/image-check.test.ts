import { describe, expect, it } from 'vitest';
import { IMAGE_LIMIT, checkImage } from '../../../../../src/renderer/features/inbox/composer/image-check';

const image = { name: '照片.png', type: 'image/png', size: 1000 };

describe('image to be sent', () => {
  it('is taken when WeChat takes it', () => {
    expect(checkImage(image)).toBeNull();
    expect(checkImage({ ...image, size: IMAGE_LIMIT.bytes })).toBeNull();
  });

  it('[S3.7] is refused over 10 MB before it is read, with the limit', () => {
    expect(IMAGE_LIMIT.bytes).toBe(10 * 1024 * 1024);
    expect(checkImage({ ...image, size: IMAGE_LIMIT.bytes + 1 })).toEqual({
      why: 'too-large',
      name: '照片.png',
      bytes: IMAGE_LIMIT.bytes + 1,
      limit: IMAGE_LIMIT.bytes,
    });
  });

  it('is refused when it is something else, or empty', () => {
    for (const type of ['application/pdf', 'image/svg+xml', 'image/heic', '']) {
      expect(checkImage({ ...image, type })?.why).toBe('wrong-kind');
    }
    expect(checkImage({ ...image, size: 0 })?.why).toBe('unreadable');
  });
});
