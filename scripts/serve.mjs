/** `npm run sandbox -- …` and `npm run relay -- …`: the two servers under plain Node, from a clone. */
import { join } from 'node:path';
import { runVisible } from './lib/command.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { SetupError, run } from './lib/say.mjs';
import { setUpServers } from './lib/setup.mjs';

const SERVERS = ['sandbox', 'relay'];

await run(async ([name, ...args]) => {
  if (!SERVERS.includes(name))
    throw new SetupError(`There is no server "${name}"; choose one of: ${SERVERS.join(', ')}.`);
  await setUpServers();
  return runVisible(process.execPath, [join(PROJECT_ROOT, 'out', 'main', `${name}.js`), ...args]);
});
