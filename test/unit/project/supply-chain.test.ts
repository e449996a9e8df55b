import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));

const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read('package.json'));
const lock = z
  .object({
    lockfileVersion: z.number(),
    packages: z.record(
      z.string(),
      z.object({
        name: z.string().optional(),
        version: z.string().optional(),
        resolved: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        link: z.boolean().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        devDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(read('package-lock.json'));

const installed = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));

/** Electron supports its latest three majors; the oldest of them when this was written. */
const OLDEST_SUPPORTED_ELECTRON = 43;

describe('what is installed', () => {
  it('[SEC-18] is locked: every package by version and hash, and the lockfile fits the manifest', () => {
    const root = lock.packages[''];
    expect(lock.lockfileVersion).toBeGreaterThanOrEqual(3);
    expect(root?.dependencies).toEqual(manifest.dependencies);
    expect(root?.devDependencies).toEqual(manifest.devDependencies);
    expect(installed.length).toBeGreaterThan(100);
    const loose = installed.filter(([, entry]) => !entry.version || !entry.integrity?.startsWith('sha512-'));
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('[SEC-18] names no address, so that everything comes from the registry that npm is set to, checked by its hash', () => {
    const addressed = installed.filter(([, entry]) => entry.resolved !== undefined);
    expect(addressed.map(([path]) => path)).toEqual([]);
  });

  it('[SEC-18] runs an install script only where that was decided by name', () => {
    const scripted = installed
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path, entry]) => entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13));
    const undecided = [...new Set(scripted)].filter((name) => !(name in manifest.allowScripts));
    expect(undecided).toEqual([]);
  });

  it('[SEC-18] runs on an Electron that its makers still support', () => {
    const version = lock.packages['node_modules/electron']?.version ?? '0';
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_SUPPORTED_ELECTRON);
  });
});
