/** What the set-up tells the person at the terminal. Every failure is one sentence that says what to do. */

/** A failure whose message is the whole story; shown without a stack. */
export class SetupError extends Error {}

export const say = (text) => process.stdout.write(`${text}\n`);

/** What the set-up does meanwhile; apart from the output of the program that it prepares. */
export const note = (text) => process.stderr.write(`${text}\n`);

/** Runs `main`; a SetupError ends the process with its sentence, anything else with its stack. */
export async function run(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof SetupError ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}

/** A progress line that rewrites itself on a terminal and prints every tenth elsewhere. */
export function progress(label, total) {
  let shown = -1;
  return {
    at(done) {
      const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
      const step = process.stderr.isTTY ? 1 : 10;
      if (percent < shown + step && percent !== 100) return;
      if (percent === shown) return;
      shown = percent;
      const line = `${label} ${percent}% (${megabytes(done)} of ${megabytes(total)} MB)`;
      process.stderr.write(process.stderr.isTTY ? `\r${line}${percent === 100 ? '\n' : ''}` : `${line}\n`);
    },
  };
}

const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(0);
