import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { currentLocale, resolveLocale, setLocale } from '../../../../src/renderer/i18n/i18n';
import { defineTexts, translate } from '../../../../src/renderer/i18n/texts';

const ROOT = fileURLToPath(new URL('../../../../src/renderer', import.meta.url));

interface Declared {
  readonly file: string;
  readonly namespace: string;
  readonly 'zh-CN': Readonly<Record<string, string>>;
  readonly en: Readonly<Record<string, string>>;
}

function isTexts(value: unknown): value is Omit<Declared, 'file'> {
  return (
    typeof value === 'object' && value !== null && 'namespace' in value && 'zh-CN' in value && 'en' in value
  );
}

async function declaredTexts(): Promise<readonly Declared[]> {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|[\\/])texts\.ts$/.test(file),
  );
  const found: Declared[] = [];
  for (const file of files) {
    const module = (await import(pathToFileURL(join(ROOT, file)).href)) as Readonly<Record<string, unknown>>;
    for (const value of Object.values(module)) if (isTexts(value)) found.push({ file, ...value });
  }
  return found;
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort();

describe('the texts of every feature', async () => {
  const all = await declaredTexts();

  it('are declared by the shell, the shared parts and each feature, under names of their own', () => {
    const names = all.map((texts) => texts.namespace);
    expect(names).toEqual(expect.arrayContaining(['app', 'ui', 'accounts', 'followers', 'settings']));
    expect(new Set(names).size).toBe(names.length);
  });

  for (const texts of all) {
    it(`${texts.namespace}: both languages have the same keys and no empty text`, () => {
      expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts['zh-CN']).sort());
      for (const locale of ['zh-CN', 'en'] as const) {
        for (const [key, text] of Object.entries(texts[locale]))
          expect(text.trim(), `${locale} ${key}`).not.toBe('');
      }
    });

    it(`${texts.namespace}: a phrase takes the same values in both languages`, () => {
      for (const [key, text] of Object.entries(texts['zh-CN'])) {
        expect(placeholders(texts.en[key] ?? ''), key).toEqual(placeholders(text));
      }
    });

    it(`${texts.namespace}: every plural has its form for one and for many`, () => {
      for (const key of Object.keys(texts.en)) {
        const stem = /^(.+)_(?:one|other)$/.exec(key)?.[1];
        if (stem === undefined) continue;
        expect(texts.en).toHaveProperty(`${stem}_one`);
        expect(texts.en).toHaveProperty(`${stem}_other`);
      }
    });
  }
});

describe('the language', () => {
  afterEach(() => setLocale('zh-CN'));

  const sample = defineTexts('sample-of-test', {
    'zh-CN': {
      rows_one: '{{count, number}} 位',
      rows_other: '{{count, number}} 位',
      hello: '您好，{{name}}',
    },
    en: {
      rows_one: '{{count, number}} person',
      rows_other: '{{count, number}} people',
      hello: 'Hello, {{name}}',
    },
  });

  it('follows the system until the user chooses', () => {
    expect(resolveLocale('system', 'zh-TW')).toBe('zh-CN');
    expect(resolveLocale('system', 'de-AT')).toBe('en');
    expect(resolveLocale('en', 'zh-CN')).toBe('en');
    expect(resolveLocale('zh-CN', 'en-US')).toBe('zh-CN');
  });

  it('switches live', () => {
    expect(translate(sample, 'hello', { name: '王' })).toBe('您好，王');
    setLocale('en');
    expect(currentLocale()).toBe('en');
    expect(translate(sample, 'hello', { name: 'Wang' })).toBe('Hello, Wang');
  });

  it('counts with plurals and digit grouping', () => {
    setLocale('en');
    expect(translate(sample, 'rows', { count: 1 })).toBe('1 person');
    expect(translate(sample, 'rows', { count: 1_000_000 })).toBe('1,000,000 people');
  });

  it('leaves marks of markup as they are, because React escapes them', () => {
    expect(translate(sample, 'hello', { name: '<b>&' })).toBe('您好，<b>&');
  });
});
