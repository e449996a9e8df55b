/** `npm run sandbox -- …` and `npm run relay -- …`: the two servers under plain Node, from a clone. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { SetupError, run } from './lib/say.mjs';
import { setUpServers } from './lib/setup.mjs';

const SERVERS = ['sandbox', 'relay'];

await run(async ([name, ...args]) => {
  if (!SERVERS.includes(name))
    throw new SetupError(`There is no server "${name}"; choose one of: ${SERVERS.join(', ')}.`);
  await setUpServers();
  const program = join(PROJECT_ROOT, 'out', 'main', `${name}.js`);
  // In this very process: a signal meant for the server reaches it, however this script was started.
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
  return process.exitCode;
});
