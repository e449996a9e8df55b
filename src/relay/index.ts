/** The relay's process: `npm run relay -- --port N --data DIR`, and its commands (`help` lists them). */
import { text } from 'node:stream/consumers';
import { AppError } from '#shared/app-error';
import { systemClock } from './clock';
import { answerFor } from './errors';
import { createRelayLog } from './log';
import { runComponent } from './operations/component';
import { runBackup, runDevices, runInvite, runRestore, runRotateKey } from './operations/commands';
import { runDoctor } from './operations/doctor/run';
import { keepHeapSmall } from './operations/heap';
import type { EnvironmentKeys } from './operations/keys';
import { UsageError } from './operations/option-values';
import { readOptions, type ComponentOptions, type Options, type ServeOptions } from './operations/options';
import { serve } from './operations/serve';
import { USAGE } from './operations/usage';

const log = createRelayLog('info');
const environment: EnvironmentKeys & { readonly language: string } = {
  masterKey: process.env['OADESK_RELAY_KEY'],
  newMasterKey: process.env['OADESK_RELAY_NEW_KEY'],
  language: process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '',
};

function print(text: string): void {
  process.stdout.write(text);
}

async function runServer(options: ServeOptions): Promise<void> {
  keepHeapSmall();
  const relay = await serve(options, { clock: systemClock, log, ...environment });
  const end = (): void => {
    relay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(error);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (options.exitWithStdin) process.stdin.once('end', end).once('error', end).resume();
  print(`${JSON.stringify({ origin: relay.origin })}\n`);
}

/** What `component set` is given; secrets do not belong on a command line, which everybody on the machine can read. */
async function readInput({ action }: ComponentOptions): Promise<string> {
  return action === 'set' ? text(process.stdin) : '';
}

async function run(options: Options): Promise<void> {
  switch (options.command) {
    case 'help':
      print(USAGE);
      return;
    case 'serve':
      return runServer(options);
    case 'invite':
      return runInvite(options, systemClock, print);
    case 'component':
      return runComponent(options, environment, await readInput(options), print);
    case 'devices':
      return runDevices(options, print);
    case 'rotate-key':
      return runRotateKey(options, environment, print);
    case 'backup':
      runBackup(options, print);
      return;
    case 'restore':
      return runRestore(options, environment, systemClock, print);
    case 'doctor':
      process.exitCode = await runDoctor(options, environment, print);
  }
}

/** One sentence for the operator; what is not foreseen also leaves its trace in the log. */
function fail(error: unknown): void {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
  const code = error instanceof AppError ? error.code : 'relay/internal';
  if (code === 'relay/internal') log.error('relay-failed', { error });
  process.stderr.write(`${answerFor(code).message} (${code})\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  await run(readOptions(process.argv.slice(2)));
}

main().catch(fail);
