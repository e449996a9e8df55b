import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronRuntime, temporaryFolder } from './support/runtime';

const PROJECT = join(import.meta.dirname, '../..');
const folder = temporaryFolder('package');
afterAll(() => folder.remove());

const FUSES = Object.entries(FuseV1Options).filter(
  (entry): entry is [string, FuseV1Options] => typeof entry[1] === 'number',
);
/** How an enabled fuse is written into the executable: the character 1. */
const ENABLED = '1'.charCodeAt(0);
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The folder of the runtime that the tests use, without what links it to this project. */
function runtimeCopy(): string {
  const source = dirname(electronRuntime().executable);
  const copy = join(folder.path, 'electron');
  cpSync(source, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== join(source, 'resources', 'app'),
  });
  return copy;
}

describe.runIf(process.platform === 'linux')('the package', () => {
  let executable = '';
  beforeAll(async () => {
    // Fuses are written into the executable: it must be a copy of its own.
    process.env['USE_HARD_LINKS'] = 'false';
    await build({
      projectDir: PROJECT,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: {
        extends: join(PROJECT, 'electron-builder.yml'),
        electronDist: runtimeCopy(),
        directories: { output: join(folder.path, 'dist') },
      },
    });
    const unpacked = join(folder.path, 'dist', 'linux-unpacked');
    executable = join(unpacked, readdirSync(unpacked).find((name) => name === 'oa-desk') ?? 'oa-desk');
  });

  it('[SEC-10] has every fuse set as it is stated', async () => {
    const wire = await getCurrentFuseWire(executable);
    expect(wire.version).toBe(FuseVersion.V1);
    const read = Object.fromEntries(
      FUSES.map(([name, fuse]) => [lowerFirst(name), Number(wire[fuse]) === ENABLED]),
    );
    expect(read).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('the configuration of the package', () => {
  it('[SEC-10] states every fuse that there is', () => {
    const text = readFileSync(join(PROJECT, 'electron-builder.yml'), 'utf8');
    for (const [name] of FUSES)
      expect(text).toMatch(new RegExp(`^  ${lowerFirst(name)}: (true|false)$`, 'm'));
  });
});
