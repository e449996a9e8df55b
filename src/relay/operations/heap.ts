import { setFlagsFromString } from 'node:v8';

/** Percent by which the heap may outgrow what was alive at the last full collection. */
const GROWTH = 50;

/**
 * Keeps the process small under load. V8 lets a heap of the relay's size grow fourfold before it collects what has grown old,
 * which is some 40 MiB of garbage on a server that may have 512 in all; a collection of so little takes milliseconds.
 * Electron, in which the demo's relay runs, does not allow its flags to be changed.
 */
export function keepHeapSmall(): void {
  if (process.versions['electron'] === undefined)
    setFlagsFromString(`--heap-growing-percent=${String(GROWTH)}`);
}
