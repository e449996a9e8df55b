/** `npm run dev`: the app with live reload of the page and restart of main. */
import { join } from 'node:path';
import { runVisible } from './lib/command.mjs';
import { hasDisplay, rootArguments } from './lib/display.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { SetupError, run } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';

await run(async (args) => {
  if (!hasDisplay())
    throw new SetupError(
      'Development needs a display; start it from a desktop, or under: xvfb-run npm run dev',
    );
  const electron = await setUpApp({ windowless: false });
  const vite = join(PROJECT_ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return runVisible(process.execPath, [vite, 'dev', '--watch', '--', ...rootArguments(), ...args], {
    env: { ...process.env, ELECTRON_EXEC_PATH: electron.executable },
  });
});
