/** The relay's process: `npm run relay -- --port N --data DIR`, and `npm run relay -- invite --data DIR`. */
import { AppError } from '#shared/app-error';
import { systemClock } from './clock';
import { answerFor } from './errors';
import { createRelayLog } from './log';
import { invite } from './operations/invite';
import { UsageError } from './operations/option-values';
import { readOptions, type InviteOptions, type ServeOptions } from './operations/options';
import { serve } from './operations/serve';
import { USAGE } from './operations/usage';
import { SqliteStore } from './store/sqlite/sqlite-store';

const log = createRelayLog('info');

async function runServer(options: ServeOptions): Promise<void> {
  const relay = await serve(options, { clock: systemClock, log, masterKey: process.env['OADESK_RELAY_KEY'] });
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
  process.stdout.write(`${JSON.stringify({ origin: relay.origin })}\n`);
}

async function runInvite(options: InviteOptions): Promise<void> {
  const store = await SqliteStore.open(options.dataDir, { lockWaitMs: 10_000 });
  try {
    const code = await invite(store, systemClock, options.workspace);
    process.stdout.write(`Pairing code, for one device within 15 minutes: ${code}\n`);
  } finally {
    await store.close();
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
  const options = readOptions(process.argv.slice(2));
  if (options.command === 'help') process.stdout.write(USAGE);
  else if (options.command === 'invite') await runInvite(options);
  else await runServer(options);
}

main().catch(fail);
