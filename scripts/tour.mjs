/** `npm run tour -- --out DIR`: drives the real app through its main job and leaves one picture per step. */
import { run } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';
import { runTour } from './lib/tour.mjs';

await run(async (args) => runTour(await setUpApp({ windowless: true }), args));
