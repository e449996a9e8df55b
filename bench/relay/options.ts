import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { RELAY } from './relay-process';

export interface Options {
  /** The built relay; another build's, to compare versions. */
  readonly relay: string;
  readonly connections: number;
  readonly messages: number;
  readonly rounds: number;
  /** Messages of the long run; 0 leaves it out. */
  readonly long: number;
  /** Waiting devices; 0 leaves them out. */
  readonly devices: number;
  /** Messages a second, and seconds, of the time from receipt to device. */
  readonly perSecond: number;
  readonly seconds: number;
}

/** Files that a process has open besides one for each device. */
const OTHER_FILES = 500;

export function readOptions(args: readonly string[]): Options {
  const given = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const number = (name: string, otherwise: number): number => {
    const value = Number(given(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${name} takes a whole number`);
    return value;
  };
  return {
    relay: resolve(given('relay') ?? RELAY),
    connections: number('connections', 64),
    messages: number('messages', 20_000),
    rounds: number('rounds', 5),
    long: number('long', 200_000),
    devices: Math.min(number('devices', 10_000), openFiles() - OTHER_FILES),
    perSecond: number('per-second', 500),
    seconds: number('seconds', 20),
  };
}

/** How many files a process started from here may have open. */
function openFiles(): number {
  const limit = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout.trim();
  return limit === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(limit);
}
