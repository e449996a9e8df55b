import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { FEATURES, globOf, IMPORT_TABLE, SINGLE_OWNERS } from './test/architecture/import-table.js';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const TYPESCRIPT = ['**/*.{ts,tsx}'];

// ---- Who may import what: one block per row, the most specific last, because the last block wins.

const places = new Set(IMPORT_TABLE.flatMap((row) => [...row.imports, ...(row.typeImports ?? [])]));

const boundarySettings = {
  'import/resolver': { [`${ROOT}test/architecture/resolver.cjs`]: {} },
  'boundaries/root-path': ROOT,
  'boundaries/elements': [{ type: 'feature', pattern: `${FEATURES}*`, capture: ['feature'] }],
  'boundaries/files': [...places].map((place) => ({ category: place, pattern: globOf(place) })),
  'boundaries/additional-dependency-nodes': [
    { selector: 'TSImportType > TSLiteralType > Literal', kind: 'type', name: 'import type' },
    { selector: 'TSImportType > Literal.source', kind: 'type', name: 'import type' },
    { selector: 'TSExternalModuleReference > Literal', kind: 'value', name: 'import equals' },
    {
      selector: 'CallExpression[callee.object.name=module][callee.property.name=require] > Literal',
      kind: 'value',
      name: 'require',
    },
  ],
};

const isInPlaces = (list) => ({ file: { categories: { anyOf: [...list] } } });

function policiesOf(row) {
  const targets = [
    ...(row.imports.length > 0 ? [isInPlaces(row.imports)] : []),
    ...(row.packages.length > 0 ? [{ module: { origin: 'external', source: [...row.packages] } }] : []),
    ...(row.node ? [{ module: { origin: 'core' } }] : []),
  ];
  return [
    ...(targets.length > 0 ? [{ allow: { to: targets } }] : []),
    ...(row.typeImports
      ? [{ allow: { to: [isInPlaces(row.typeImports)], dependency: { kind: 'type' } } }]
      : []),
    {
      from: { element: { type: 'feature' } },
      disallow: {
        to: { element: { type: 'feature', captured: { feature: '!{{from.element.captured.feature}}' } } },
      },
    },
  ];
}

const boundaryBlocks = [...IMPORT_TABLE].reverse().map((row) => ({
  name: `imports of ${row.id}`,
  files: row.places.map(globOf),
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkAllOrigins: true,
        checkUnknownLocals: true,
        policies: policiesOf(row),
        message: `${row.id} may not import this (test/architecture/import-table.js). ${row.why}`,
      },
    ],
  },
}));

// ---- Single owners: everything is banned in src; each owner gets a block with its own names left out.

/** The rules that ban the names of some owners. */
function bans(owners) {
  const imports = owners.flatMap(({ imported, why }) =>
    imported ? [{ name: imported.module, importNames: [imported.name], message: why }] : [],
  );
  const globals = owners.flatMap(({ global, why }) => (global ? [{ name: global, message: why }] : []));
  const properties = owners.flatMap(({ member, global, why }) => [
    ...(member ? [{ ...member, message: why }] : []),
    ...(global
      ? ['globalThis', 'window', 'self'].map((object) => ({ object, property: global, message: why }))
      : []),
  ]);
  const syntax = owners.flatMap(({ member, attribute, emptyNew, why }) => [
    // A longer chain, such as `event.sender.webContents.send`, which the property rule does not follow.
    ...(member
      ? [
          {
            selector: `MemberExpression[property.name='${member.property}'][object.property.name='${member.object}']`,
            message: why,
          },
        ]
      : []),
    ...(attribute
      ? [
          { selector: `JSXAttribute[name.name='${attribute}']`, message: why },
          { selector: `Property[key.name='${attribute}']`, message: why },
          { selector: `Literal[value='${attribute}']`, message: why },
        ]
      : []),
    ...(emptyNew
      ? [{ selector: `NewExpression[callee.name='${emptyNew}'][arguments.length=0]`, message: why }]
      : []),
  ]);
  const rule = (name, list) => (list.length > 0 ? { [name]: ['error', ...list] } : { [name]: 'off' });
  return {
    'no-restricted-imports': imports.length > 0 ? ['error', { paths: imports }] : 'off',
    ...rule('no-restricted-globals', globals),
    ...rule('no-restricted-properties', properties),
    ...rule('no-restricted-syntax', syntax),
  };
}

const everywhere = SINGLE_OWNERS.filter((owner) => !owner.within);
const ownerPlaces = [...new Set(everywhere.flatMap((owner) => owner.owners))];

const ownerBlocks = [
  { name: 'single owners', files: ['src/**/*.{ts,tsx}'], rules: bans(everywhere) },
  ...ownerPlaces.map((place) => ({
    name: `what ${place} owns`,
    files: [globOf(place)],
    rules: bans(everywhere.filter((owner) => !owner.owners.includes(place))),
  })),
  ...SINGLE_OWNERS.filter((owner) => owner.within).map((owner) => ({
    name: owner.id,
    files: [globOf(owner.within)],
    rules: bans([...everywhere, owner]),
  })),
];

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test/architecture/fixtures/', '**/*.d.ts'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    rules: {
      // A deprecation announces a change of a dependency; it is no defect of the code that uses it today.
      '@typescript-eslint/no-deprecated': 'off',
      // A query names the row it expects; the driver cannot know it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Electron's classes are handed out by functions, not constructed.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Objects are closures here: their functions never use `this` and may be passed around.
      '@typescript-eslint/unbound-method': 'off',
      // An `async` function without `await` turns what it throws into a rejection, as its callers expect.
      '@typescript-eslint/require-await': 'off',
      // The compiler does not see that a variable changed while a function waited, and calls such a check superfluous.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A string is spread to count or cut characters as WeChat counts them: by code point.
      '@typescript-eslint/no-misused-spread': 'off',
      // Numbers are what texts, logs and queries are mostly made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void promise` and arrow functions that pass a call through say what they mean.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: boundarySettings,
    rules: { 'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true }] },
  },
  ...boundaryBlocks,
  ...ownerBlocks,
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The plugin's other rules prepare code for the React compiler, which is not used.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Answers of the page, of sockets and of matchers arrive untyped; a test that reads them wrongly fails.
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...[
            'process',
            'console',
            'Buffer',
            'URL',
            'URLSearchParams',
            'fetch',
            'AbortController',
            'AbortSignal',
          ],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance'],
          ...['queueMicrotask', 'structuredClone', 'TextDecoder', 'TextEncoder', 'Response', 'Request'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // Runs in the page.
    files: ['bench/lib/page-probe.js'],
    languageOptions: { globals: { window: 'readonly', document: 'readonly' } },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', exports: 'writable', __dirname: 'readonly' },
    },
  },
);
