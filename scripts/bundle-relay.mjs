/**
 * `npm run relay:bundle [-- --target linux-x64-gnu] [--out DIR]`: the relay as one file, dist/relay/oa-desk-relay.mjs, that
 * runs under Node 20 alone, and beside it what sets it up on a server. The database binding of the target is inside,
 * whatever system this one is.
 */
import { chmodSync, copyFileSync, cpSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { checkNode, ensureNodePackages } from './lib/node-packages.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { bindingFor } from './lib/relay-bundle/binding.mjs';
import { run, say } from './lib/say.mjs';

const LOADER = join(PROJECT_ROOT, 'scripts', 'lib', 'relay-bundle', 'native-loader.js');
const EMBEDDED = '\0virtual:embedded-binding';
const NATIVE_FUNCTION = /function requireNative\(\) \{[\s\S]*?\n\}\n/;
const NATIVE_IMPORTS = /const \{[^}]*\} = require\("(?:@neon-rs\/load|detect-libc)"\);\n/g;

await run(async (args) => {
  const { values } = parseArgs({ args, options: { target: { type: 'string' }, out: { type: 'string' } } });
  checkNode();
  await ensureNodePackages();
  const target = values.target ?? 'linux-x64-gnu';
  const binding = await bindingFor(target);
  const outDir = values.out === undefined ? join(PROJECT_ROOT, 'dist', 'relay') : resolve(values.out);
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'warn',
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"' },
    ssr: { noExternal: true, target: 'node' },
    plugins: [embedBinding(target, binding)],
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        input: join(PROJECT_ROOT, 'src', 'relay', 'index.ts'),
        checks: { pluginTimings: false },
        output: {
          format: 'es',
          entryFileNames: 'oa-desk-relay.mjs',
          codeSplitting: false,
          banner: '#!/usr/bin/env node',
        },
      },
    },
  });
  const file = join(outDir, 'oa-desk-relay.mjs');
  chmodSync(file, 0o755);
  cpSync(join(PROJECT_ROOT, 'resources', 'relay'), outDir, { recursive: true });
  copyFileSync(join(PROJECT_ROOT, 'docs', 'relay.md'), join(outDir, 'relay.md'));
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  say(`${file}\n${target}, ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB, SHA-256 ${sum}`);
});

/** Replaces the search for an installed binding in libsql by the one inside the file. */
function embedBinding(target, bytes) {
  return {
    name: 'embed-binding',
    enforce: 'pre',
    resolveId: (id) => (id === 'virtual:embedded-binding' ? EMBEDDED : null),
    load(id) {
      if (id !== EMBEDDED) return null;
      // More costs seconds and saves nothing: 1 % at quality 9.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
      const data = brotliCompressSync(bytes, { params }).toString('base64');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return `export const EMBEDDED = ${JSON.stringify({ target, sha256, data })};`;
    },
    transform(code, id) {
      if (!/\/node_modules\/libsql\/(?:index|promise)\.js$/.test(id)) return null;
      if (!NATIVE_FUNCTION.test(code))
        throw new Error('libsql looks for its binding in another way than known here.');
      return code
        .replace(NATIVE_IMPORTS, '')
        .replace(NATIVE_FUNCTION, `const { requireNative } = require(${JSON.stringify(LOADER)});\n`);
    },
  };
}
