/** The guided tour: drives the real app through its main job, binding and an hour in the inbox, and keeps a picture of every step. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/runtime';
import { BINDING_STEPS } from './binding-steps';
import { INBOX_STEPS } from './inbox-steps';
import { STEPS } from './steps';
import { CHINESE_LIGHT, nameOf, startTour, wear, type Step, type Tour } from './tour';

interface Outcome {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  /** File name beside tour.json; null when the window was gone. */
  readonly screenshot: string | null;
  /** The same in other looks. */
  readonly also: readonly string[];
}

const PARTS = { job: STEPS, inbox: INBOX_STEPS, binding: BINDING_STEPS } as const;

const [out, part] = process.argv.slice(2);
if (!out) throw new Error('usage: run.ts OUTDIR [job|inbox|binding]');
process.exitCode = (await tour(out, chosen(part))) ? 0 : 1;

function chosen(name: string | undefined): readonly Step[] {
  if (name === undefined) return Object.values(PARTS).flat();
  if (!(name in PARTS)) throw new Error(`the tour has no part "${name}"`);
  return PARTS[name as keyof typeof PARTS];
}

/** Returns whether every step succeeded. */
async function tour(folder: string, steps: readonly Step[]): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const data = temporaryFolder('tour');
  const outcomes: Outcome[] = [];
  const running = await startTour(data.path);
  try {
    for (const [index, step] of steps.entries()) {
      const started = performance.now();
      const name = `${String(index + 1).padStart(3, '0')}-${step.name}`;
      let problem: unknown = null;
      const screenshots: string[] = [];
      try {
        await step.run(running);
        screenshots.push(...(await picturesOf(running, step, folder, name)));
      } catch (error) {
        problem = error;
        const file = `${name}.png`;
        const isTaken = await running.page.screenshot({ path: join(folder, file) }).then(
          () => true,
          () => false,
        );
        if (isTaken) screenshots.push(file);
      }
      const ms = Math.round(performance.now() - started);
      const [screenshot = null, ...also] = screenshots;
      outcomes.push({ step: step.name, ok: problem === null, ms, screenshot, also });
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
  return outcomes.length === steps.length && outcomes.every(({ ok }) => ok);
}

/** The picture of a step, then the same in its other looks. */
async function picturesOf(running: Tour, step: Step, folder: string, name: string): Promise<string[]> {
  await still(running);
  const files = [`${name}.png`];
  const png = step.picture ? await step.picture(running) : await running.page.screenshot();
  writeFileSync(join(folder, `${name}.png`), png);
  for (const look of step.also ?? []) {
    await wear(running, look);
    await still(running);
    const file = `${name}-${nameOf(look)}.png`;
    writeFileSync(join(folder, file), await running.page.screenshot());
    files.push(file);
  }
  if (step.also) await wear(running, CHINESE_LIGHT);
  return files;
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
