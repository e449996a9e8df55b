/** `npm run dist`: an installable package for this system, always with the pinned Electron, never with the fallback. */
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { runVisible } from './lib/command.mjs';
import { ensureElectron } from './lib/electron-runtime.mjs';
import { checkNode, ensureNodePackages } from './lib/node-packages.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { SetupError, run } from './lib/say.mjs';

await run(async (args) => {
  checkNode();
  await ensureNodePackages();
  const electron = await ensureElectron();
  if (electron.fallback)
    throw new SetupError(
      "A package is built with the pinned Electron only: use Node 22.12 or newer with access to Electron's release host or a mirror (ELECTRON_MIRROR).",
    );
  await ensureBuilt();
  const builder = join(PROJECT_ROOT, 'node_modules', 'electron-builder', 'cli.js');
  return runVisible(process.execPath, [builder, '--publish', 'never', ...args]);
});
