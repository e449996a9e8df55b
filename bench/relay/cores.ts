import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Command and arguments in front of a program that shall run on one core only. */
export type Pin = readonly string[];

export interface Cores {
  readonly server: Pin;
  readonly load: Pin;
  /** What the report says about it. */
  readonly label: string;
}

/** Servers on the first core, load on the second; without `taskset` or a second core the system places them. */
export function chooseCores(): Cores {
  const known = spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!known || availableParallelism() < 2)
    return { server: [], load: [], label: 'not pinned: this machine has no taskset or only one core' };
  return {
    server: ['taskset', '-c', '0'],
    load: ['taskset', '-c', '1'],
    label: 'servers on core 0, load on core 1',
  };
}
