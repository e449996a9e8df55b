import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Targets name the oldest runtime the app runs on (Node 20.18 / Chromium 130).
 * The main build has five entries: the app, its database and voice threads, and the two servers that also run alone under Node.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      // Packages of plain JavaScript are built in, without what is not used: reading one file at start is faster than
      // reading hundreds. What has a native part, and what only the servers need, stays outside.
      externalizeDeps: {
        exclude: ['zod', 'undici', 'electron-store', 'electron-log', 'fast-xml-parser', 'lossless-json'],
      },
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          'db-worker': at('src/main/db/worker/index.ts'),
          'voice-worker': at('src/main/services/voice/worker.ts'),
          relay: at('src/relay/index.ts'),
          sandbox: at('src/sandbox/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload has no ES module loader.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: at('out/renderer'),
      // Everything is served by app://, so nothing may be inlined as data: except what the policy names.
      assetsInlineLimit: 0,
      // Every byte of script passes through main before the page can start.
      minify: true,
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
