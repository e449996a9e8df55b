/** From a change to its reading, milliseconds; and between readings while changes keep coming in. */
const SOON_MS = 200;
const IN_BURST_MS = 500;

/**
 * When to read again what main says has changed. A single change is on screen soon; of a burst (an import, a reconnect, a rush)
 * two readings a second are enough, and keys and clicks find the page free in between.
 */
export function afterBursts(read: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    /** Something changed. */
    soon(): void {
      if (timer) return;
      const inBurst = performance.now() - readAt < 2 * IN_BURST_MS;
      timer = setTimeout(
        () => {
          timer = null;
          readAt = performance.now();
          read();
        },
        inBurst ? IN_BURST_MS : SOON_MS,
      );
    },
    cancel(): void {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
