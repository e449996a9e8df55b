import { buildSandbox } from './app';
import { readCommandLine, USAGE, type CommandLine } from './cli';

/** Entry of the process: listens, prints one JSON line, ends cleanly on a signal or with its parent. */
async function main(): Promise<void> {
  let command: CommandLine;
  try {
    command = readCommandLine(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const sandbox = buildSandbox(command.options);
  try {
    await sandbox.app.listen({ host: '127.0.0.1', port: command.port });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`the sandbox cannot listen on port ${command.port}: ${reason}\n`);
    process.exitCode = 1;
    return;
  }
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void sandbox.app.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  if (command.exitWithStdin) {
    process.stdin.once('end', end);
    process.stdin.once('error', end);
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify({ origin: sandbox.origin(), accounts: sandbox.accounts })}\n`);
}

await main();
