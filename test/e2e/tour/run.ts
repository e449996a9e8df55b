/** The guided tour: drives the real app on the demo account and keeps a picture of every step. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/runtime';
import { BINDING_STEPS } from './binding-steps';
import { STEPS } from './steps';
import { startTour, type Step, type Tour } from './tour';

interface Outcome {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  /** File name beside tour.json; null when the window was gone. */
  readonly screenshot: string | null;
}

const TOUR: readonly Step[] = [...STEPS, ...BINDING_STEPS];

const out = process.argv[2];
if (!out) throw new Error('usage: run.ts OUTDIR');
process.exitCode = (await tour(out)) ? 0 : 1;

/** Returns whether every step succeeded. */
async function tour(folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const data = temporaryFolder('tour');
  const outcomes: Outcome[] = [];
  const running = await startTour(data.path);
  try {
    for (const [index, step] of TOUR.entries()) {
      const started = performance.now();
      const problem = await step.run(running).then(
        () => null,
        (error: unknown) => error,
      );
      await still(running);
      const ms = Math.round(performance.now() - started);
      const name = `${String(index + 1).padStart(2, '0')}-${step.name}.png`;
      const path = join(folder, name);
      const taken = await (
        problem === null && step.picture ? step.picture(running) : running.page.screenshot()
      )
        .then((png) => {
          writeFileSync(path, png);
          return path;
        })
        .catch(() => null);
      outcomes.push({ step: step.name, ok: problem === null, ms, screenshot: taken ? name : null });
      process.stdout.write(`${problem === null ? 'ok  ' : 'FAIL'} ${name} ${ms} ms\n`);
      if (problem !== null) process.stdout.write(`${reason(problem)}\n`);
      if (problem !== null && step.needed) break;
    }
    for (const error of running.app.pageErrors) process.stdout.write(`page error: ${error}\n`);
  } finally {
    await running.close();
    data.remove();
    writeFileSync(join(folder, 'tour.json'), `${JSON.stringify(outcomes, null, 2)}\n`);
  }
  return outcomes.length === TOUR.length && outcomes.every(({ ok }) => ok);
}

/** Waits until what moves has come to rest; what moves for ever does not count. */
async function still({ page }: Tour): Promise<void> {
  await page
    .waitForFunction(
      () =>
        document
          .getAnimations()
          .every(
            ({ playState, effect }) =>
              playState !== 'running' || effect?.getComputedTiming().iterations === Infinity,
          ),
      undefined,
      { timeout: 2_000 },
    )
    .catch(() => undefined);
}

function reason(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
