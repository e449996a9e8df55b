import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resolveTheme } from '../../../../src/renderer/theme/resolve-theme';

const ROOT = fileURLToPath(new URL('../../../../src/renderer', import.meta.url));
const CSS = readFileSync(join(ROOT, 'theme/tokens.css'), 'utf8');

function tokens(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

const [lightCss = '', darkCss = ''] = CSS.split(":root[data-theme='dark']");
const THEMES = { light: tokens(lightCss), dark: tokens(darkCss) };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((index) => Number.parseInt(hex.slice(index, index + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['--bg-app', '--bg-panel', '--bg-hover', '--bg-selected', '--bg-input'];
const PAIRS: readonly (readonly [text: string, surface: string])[] = [
  ...['--text', '--text-2'].flatMap((text) => SURFACES.map((surface) => [text, surface] as const)),
  ...['--bg-app', '--bg-panel', '--bg-input'].map((surface) => ['--text-3', surface] as const),
  ...['--accent', '--amber', '--red', '--blue'].flatMap((text) =>
    ['--bg-app', '--bg-panel', `${text}-soft`].map((surface) => [text, surface] as const),
  ),
  ['--accent', '--bg-selected'],
  ['--text-on-accent', '--accent'],
  ['--text-on-accent', '--red'],
  ['--bubble-in-text', '--bubble-in'],
  ['--bubble-out-text', '--bubble-out'],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(PAIRS)('is readable: %s on %s meets AA', (text, surface) => {
    const values = THEMES[theme];
    expect(contrast(values.get(text) ?? '#000000', values.get(surface) ?? '#000000')).toBeGreaterThanOrEqual(
      4.5,
    );
  });
});

describe('colours', () => {
  it('are the same set in both themes', () => {
    expect([...THEMES.dark.keys()].sort()).toEqual([...THEMES.light.keys()].sort());
  });

  it('have one home: no other style sheet or component names one', () => {
    const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(css|tsx|ts)$/.test(file) && !file.endsWith('tokens.css'),
    );
    const literal = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})\b|\b(?:rgb|hsl|oklch)a?\(/i;
    expect(files.filter((file) => literal.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('follow the system only when asked to', () => {
    expect(resolveTheme('system', true)).toBe('dark');
    expect(resolveTheme('system', false)).toBe('light');
    expect(resolveTheme('light', true)).toBe('light');
  });
});
