/** `npm start`: sets everything up and opens the app; without a display it runs the tour instead. */
import { runVisible } from './lib/command.mjs';
import { hasDisplay, rootArguments } from './lib/display.mjs';
import { run, say } from './lib/say.mjs';
import { setUpApp } from './lib/setup.mjs';
import { runTour } from './lib/tour.mjs';

await run(async (args) => {
  const windowless = !hasDisplay();
  const electron = await setUpApp({ windowless });
  if (windowless) {
    say('There is no display here, so the app runs its tour without one and leaves pictures of every step.');
    return runTour(electron, args);
  }
  return runVisible(electron.executable, [...electron.args, ...rootArguments(), ...args]);
});
