/** Waiting, as a port: tests let the time pass themselves. */
export interface Timers {
  /** Calls once after so many milliseconds; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const machineTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
