/** `npm run check`: formatting, lint with the import table, types of every layer, unused code. */
import { runChecks } from './lib/checks.mjs';
import { checkNode, ensureNodePackages } from './lib/node-packages.mjs';
import { run } from './lib/say.mjs';

await run(async () => {
  checkNode();
  await ensureNodePackages();
  const results = await runChecks();
  return results.every((result) => result.ok) ? 0 : 1;
});
