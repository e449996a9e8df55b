import { describe, expect, it } from 'vitest';
import { checkFile, kindOfFile } from '../../../../../src/renderer/features/inbox/composer/file-check';

const MB = 1024 * 1024;
const mainland = { kind: 'service', verified: true, region: 'mainland' } as const;
const overseas = { ...mainland, region: 'overseas' } as const;
const file = (name: string, type: string, size: number) => ({ name, type, size });

describe('files that the user chose', () => {
  it.each([
    ['image', 'a.png', 'image/png', 10 * MB],
    ['voice', 'a.amr', '', 2 * MB],
    ['video', 'a.mp4', 'video/mp4', 10 * MB],
  ])('[S3.7] %s: taken up to the limit, refused above it with the limit named', (kind, name, type, limit) => {
    expect(kindOfFile(file(name, type, 1))).toBe(kind);
    expect(checkFile(file(name, type, limit), mainland)).toBeNull();
    expect(checkFile(file(name, type, limit + 1), mainland)).toEqual({
      ...{ why: 'too-large', kind, bytes: limit + 1, limit },
    });
  });

  it('[S3.8] of an account outside the mainland: images only', () => {
    expect(checkFile(file('a.mp3', 'audio/mpeg', 1), overseas)).toEqual({ why: 'overseas', kind: 'voice' });
    expect(checkFile(file('a.mp4', 'video/mp4', 1), overseas)).toEqual({ why: 'overseas', kind: 'video' });
    expect(checkFile(file('a.jpg', 'image/jpeg', 1), overseas)).toBeNull();
  });

  it('that no message can carry, or that are empty, are refused', () => {
    expect(checkFile(file('a.pdf', 'application/pdf', 1), mainland)).toEqual({ why: 'wrong-kind' });
    expect(checkFile(file('a.png', 'image/png', 0), mainland)).toEqual({ why: 'unreadable' });
  });
});
