import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ERROR_CODES } from '#shared/error-texts';

const AREAS = [...new Set(APP_ERROR_CODES.map((code) => code.split('/')[0]))].join('|');
const CODE = new RegExp(`['"\`]((?:${AREAS})/[a-z][a-z-]*)['"\`]`, 'g');
const SRC = join(import.meta.dirname, '../../../src');

/** Every literal `area/what` whose area the catalogue knows, with its file. The relay's own server texts are not the app's. */
function codesUsed(): { code: string; file: string }[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('error-catalogue') && !/^relay[\\/]/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(SRC, file), 'utf8').matchAll(CODE)].map((match) => ({
        code: match[1] ?? '',
        file,
      })),
    );
}

describe('the error catalogue', () => {
  it('explains every code that the product can raise, in both languages', () => {
    const used = codesUsed();
    expect(used.length).toBeGreaterThan(80);
    const known = new Set(APP_ERROR_CODES);
    const unexplained = used.filter(({ code }) => !known.has(code));
    expect(unexplained).toEqual([]);
  });
});
