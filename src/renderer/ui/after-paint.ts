/** A window that nobody sees paints nothing; milliseconds. */
const UNSEEN_MS = 250;

/** Runs `work` once what is about to be drawn has been painted: for what is less urgent than that. */
export function afterPaint(work: () => void): void {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(run, UNSEEN_MS);
  requestAnimationFrame(() => setTimeout(run));
}
