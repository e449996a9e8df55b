import { parseArgs } from 'node:util';
import type { SandboxOptions } from './app';

export interface CommandLine {
  readonly port: number;
  readonly exitWithStdin: boolean;
  readonly options: SandboxOptions;
}

export const USAGE =
  'usage: npm run sandbox -- [--port N] [--followers N] [--seed N] [--live [--session N]] [--manual-clock [--start-at UNIX]] [--exit-with-stdin]';

/** Reads the command line; throws an Error with one sentence when it is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string', default: '0' },
      followers: { type: 'string' },
      seed: { type: 'string' },
      live: { type: 'boolean', default: false },
      session: { type: 'string' },
      'manual-clock': { type: 'boolean', default: false },
      'start-at': { type: 'string' },
      'exit-with-stdin': { type: 'boolean', default: false },
    },
  });
  const followers = whole('followers', values.followers, 20_000_000);
  const seed = whole('seed', values.seed, 2 ** 32 - 1);
  const startAt = whole('start-at', values['start-at'], 2 ** 32 - 1);
  if (startAt !== undefined && !values['manual-clock']) throw new Error('--start-at needs --manual-clock');
  const session = whole('session', values.session, 2 ** 32 - 1);
  return {
    port: whole('port', values.port, 65_535) ?? 0,
    exitWithStdin: values['exit-with-stdin'],
    options: {
      live: values.live,
      manualClock: values['manual-clock'],
      ...(followers === undefined ? {} : { followers }),
      ...(seed === undefined ? {} : { seed }),
      ...(session === undefined ? {} : { session }),
      ...(startAt === undefined ? {} : { startAt }),
    },
  };
}

function whole(name: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,10}$/.test(value) || Number(value) > most) {
    throw new Error(`--${name} takes a whole number from 0 to ${most}`);
  }
  return Number(value);
}
