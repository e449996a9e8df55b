// Tells eslint-plugin-boundaries where an import of the product points: `#layer/…` as package.json maps it, and relative
// paths. Whether the module exists is the compiler's business.
const { isBuiltin } = require('node:module');
const { dirname, join, resolve } = require('node:path');

const ROOT = resolve(__dirname, '../..');

exports.interfaceVersion = 2;

/** @type {(source: string, file: string) => { found: boolean, path?: string | null }} */
exports.resolve = (source, file) => {
  if (isBuiltin(source)) return { found: true, path: null };
  if (source.startsWith('#')) return { found: true, path: asModule(join(ROOT, 'src', source.slice(1))) };
  if (source.startsWith('.')) return { found: true, path: asModule(join(dirname(file), source)) };
  return { found: false };
};

function asModule(path) {
  return /\.[a-z]+$/.test(path) ? path : `${path}.ts`;
}
