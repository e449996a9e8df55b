import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { checkNode, ensureNodePackages } from './node-packages.mjs';
import { note } from './say.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/** Everything the app needs on a fresh clone. Returns the Electron to start. */
export async function setUpApp({ windowless, cluster = false }) {
  checkNode();
  await ensureSystemPackages({ windowless, cluster });
  await ensureNodePackages();
  const electron = await ensureElectron();
  await ensureBuilt();
  note(electron.label);
  return electron;
}

/** What the servers need: no Electron, no system packages. */
export async function setUpServers() {
  checkNode();
  await ensureNodePackages();
  await ensureBuilt();
}
