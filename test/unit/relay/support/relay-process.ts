import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../../support/built-program';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** The relay as its operator starts it: an own process, known by what it prints. */
export class RelayProcess {
  origin = '';
  errors = '';
  output = '';
  readonly exit: Promise<Exit>;

  private constructor(private readonly child: Child) {
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.exit = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    });
  }

  /** Starts the relay, by `launcher` when one is given, and waits until it says where it listens. */
  static async serve(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    launcher: readonly string[] = [],
  ): Promise<RelayProcess> {
    const relay = RelayProcess.run(args, env, launcher);
    const lines = createInterface({ input: relay.child.stdout });
    const line = await Promise.race([
      new Promise<string>((resolve) => lines.once('line', resolve)),
      relay.exit.then(() => ''),
    ]);
    lines.close();
    relay.child.stdout.resume();
    if (line === '') throw new Error(`the relay did not start: ${relay.errors}`);
    relay.origin = (JSON.parse(line) as { origin: string }).origin;
    return relay;
  }

  /** Starts a command without waiting for anything. */
  static run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    launcher: readonly string[] = [],
  ): RelayProcess {
    const [command, ...rest] = [...launcher, process.execPath];
    return new RelayProcess(
      spawn(command, [...rest, builtProgram('src/relay/index.ts'), ...args], {
        cwd: ROOT,
        env: { ...process.env, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
  }

  kill(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exit;
  }

  /** Everything that is ever typed into it. */
  type(text: string): void {
    this.child.stdin.end(text);
  }

  endStdin(): void {
    this.child.stdin.end();
  }
}

/** The last word of what `invite` prints. */
export async function inviteCode(dataDir: string, ...more: readonly string[]): Promise<string> {
  const command = RelayProcess.run(['invite', '--data', dataDir, ...more]);
  const { code } = await command.exit;
  if (code !== 0) throw new Error(`invite failed: ${command.errors}`);
  return command.output.trim().split(/\s+/).at(-1) ?? '';
}
