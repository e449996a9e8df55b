/** Longest wait, also in a window that nobody sees and that paints nothing; milliseconds. */
const AT_LATEST_MS = 250;

/** Runs `work` once what is about to be drawn has been painted and the page has nothing more urgent to do. */
export function whenIdle(work: () => void): void {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    work();
  };
  const timer = setTimeout(run, AT_LATEST_MS);
  requestAnimationFrame(() => requestIdleCallback(run));
}
