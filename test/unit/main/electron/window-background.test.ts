import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WINDOW_BACKGROUND } from '#main/electron/window-background';

describe('the ground of an opening window', () => {
  it('is the page’s own in both themes', () => {
    const tokens = readFileSync(
      join(import.meta.dirname, '../../../../src/renderer/theme/tokens.css'),
      'utf8',
    );
    const grounds = [...tokens.matchAll(/--bg-app:\s*(#[0-9a-f]{6})/g)].map((match) => match[1]);
    expect(grounds).toEqual([WINDOW_BACKGROUND.light, WINDOW_BACKGROUND.dark]);
  });
});
