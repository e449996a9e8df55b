import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { IMPORT_TABLE, SINGLE_OWNERS } from './import-table.js';
import { checkModule, modulesBelow, rowOf } from './walker';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FIXTURES = 'test/architecture/fixtures';

/** ESLint with the project's own configuration; rules that need types are left out, for fixtures belong to no program. */
const eslint = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] });

const BOUNDARY_RULES = [
  'boundaries/dependencies',
  'no-restricted-imports',
  'no-restricted-globals',
  'no-restricted-properties',
  'no-restricted-syntax',
];

async function boundaryMessages(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  const messages = result?.messages ?? [];
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${file}: ${fatal.message}`);
  return messages.filter(({ ruleId }) => BOUNDARY_RULES.includes(ruleId ?? '')).map(({ message }) => message);
}

const rules = [...IMPORT_TABLE, ...SINGLE_OWNERS];

interface Fixture {
  readonly rule: string;
  readonly why: string;
  /** The place in `src` that the fixture pretends to have. */
  readonly file: string;
  readonly textFile: string;
}

const fixtures: readonly Fixture[] = rules.flatMap(({ id, why }) =>
  modulesBelow(ROOT, `${FIXTURES}/${id}`).map((path) => ({
    rule: id,
    why,
    file: path.slice(`${FIXTURES}/${id}/`.length),
    textFile: join(ROOT, path),
  })),
);

describe('the modules of src', () => {
  const modules = modulesBelow(ROOT, 'src');

  it('each belong to a row of the import table', () => {
    expect(modules.length).toBeGreaterThan(20);
    expect(modules.filter((file) => rowOf(file) === null)).toEqual([]);
  });

  it('import what their row allows and leave to single owners what is theirs', () => {
    expect(modules.flatMap((file) => checkModule(file, join(ROOT, file)))).toEqual([]);
  });
});

describe('the import table', () => {
  it('has a name of its own for every row and every single owner', () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a failing fixture for every row and every single owner, and none for anything else', () => {
    expect(readdirSync(join(ROOT, FIXTURES)).sort()).toEqual(rules.map((rule) => rule.id).sort());
    expect(rules.filter(({ id }) => !fixtures.some(({ rule }) => rule === id))).toEqual([]);
  });
});

describe('a fixture that crosses a boundary', () => {
  it.each(fixtures)('is found by the walker: $rule, $file', ({ rule, file, textFile }) => {
    expect(checkModule(file, textFile).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(fixtures)('is found by ESLint: $rule, $file', async ({ why, file, textFile }) => {
    const messages = await boundaryMessages(file, readFileSync(textFile, 'utf8'));
    expect(messages.join('\n')).toContain(why);
  });
});

describe('what the table allows', () => {
  it.each([
    ['src/wechat/http.ts', "import { Agent } from 'undici';\nexport const agent = new Agent();\n"],
    ['src/wechat/token.ts', "import type { Clock } from '#shared/domain/clock';\nexport type A = Clock;\n"],
    ['src/main/services/a.ts', "import type { Db } from '../db/port/database';\nexport type A = Db;\n"],
    ['src/main/services/b.ts', "import { join } from 'node:path';\nexport const a = join('b');\n"],
    ['src/preload/index.ts', "import { ipcRenderer } from 'electron';\nexport const a = ipcRenderer;\n"],
    [
      'src/preload/b.ts',
      "import type { Contract } from '#shared/ipc/contract';\nexport type A = Contract;\n",
    ],
    ['src/renderer/app/a.tsx', "import { store } from '../features/inbox/store';\nexport const a = store;\n"],
    ['src/renderer/features/inbox/a.ts', "import Button from 'antd/es/button';\nexport const a = Button;\n"],
    ['src/renderer/features/inbox/b.ts', "import styles from './b.module.css';\nexport const a = styles;\n"],
    ['src/renderer/features/inbox/list/c.ts', "import { key } from '../key';\nexport const a = key;\n"],
    ['src/relay/store/sqlite/a.ts', "import Database from 'libsql';\nexport const a = Database;\n"],
    ['src/sandbox/a.ts', "import { sign } from '#wechat/callback/signature';\nexport const a = sign;\n"],
    ['src/main/electron/environment.ts', 'export const a = process.env;\n'],
    ['src/main/services/c.ts', 'export const a = Date.now();\nexport const b = { console: 1 };\n'],
  ])('passes ESLint: %s', async (file, text) => {
    expect(await boundaryMessages(file, text)).toEqual([]);
  });
});
