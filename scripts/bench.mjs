/** `npm run bench [-- NAME …] [--json] [--rows=N]`: every benchmark of bench/, each against its floor or peer in the same run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runWindowless } from './lib/display.mjs';
import { PROJECT_ROOT } from './lib/paths.mjs';
import { SetupError, run, say } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';

await run(async (args) => {
  const json = args.includes('--json');
  const options = args.filter((arg) => arg.startsWith('--'));
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const all = readdirSync(join(PROJECT_ROOT, 'bench'))
    .filter((name) => name.endsWith('.bench.ts'))
    .map((name) => name.slice(0, -'.bench.ts'.length));
  const unknown = wanted.find((name) => !all.includes(name));
  if (unknown) throw new SetupError(`There is no benchmark "${unknown}"; choose from: ${all.join(', ')}.`);

  const electron = await setUpApp({ windowless: true, cluster: true });
  const env = {
    ...process.env,
    OADESK_ELECTRON: JSON.stringify({ executable: electron.executable, args: electron.args }),
    OADESK_BENCH_JSON: json ? '1' : '',
  };
  let failed = 0;
  for (const name of wanted.length > 0 ? wanted : all) {
    if (!json) say(`\n${name}`);
    const code = await runWindowless(
      process.execPath,
      ['--import', 'tsx', join(PROJECT_ROOT, 'bench', `${name}.bench.ts`), ...options],
      env,
    );
    if (code !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
});
