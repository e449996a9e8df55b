import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pin } from './cores';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Ticks of the processor times in /proc; Linux has had 100 on every platform that Node supports. */
const TICKS_PER_SECOND = 100;

/** As the relay's unit for servers starts it; every server of a run is started alike. */
const NODE_FLAGS = flagsOf(readFileSync(join(ROOT, 'resources/relay/oa-desk-relay.service'), 'utf8'));

/** A server under test: an own process that prints `{"origin"}` when it listens. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: URL,
  ) {}

  /** `args` follow `node`. @throws Error with what it printed when it ends before it listens */
  static async start(pin: Pin, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const [command = process.execPath, ...rest] = [...pin, process.execPath, ...NODE_FLAGS, ...args];
    const child = spawn(command, rest, {
      cwd: ROOT,
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4_000)));
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('error', reject);
      child.once('close', () => {
        reject(new Error(`${args.join(' ')} did not start: ${errors}`));
      });
    });
    return new ServerProcess(child, new URL((JSON.parse(line) as { origin: string }).origin));
  }

  get host(): string {
    return this.origin.hostname;
  }

  get port(): number {
    return Number(this.origin.port);
  }

  /** Bytes of memory resident now, and the most there ever were. */
  memory(): { readonly resident: number; readonly peak: number } {
    const status = readFileSync(`/proc/${String(this.child.pid)}/status`, 'utf8');
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
    return { resident: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 };
  }

  /** Seconds of processor time of all its threads since it started. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${String(this.child.pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGTERM');
    await closed;
  }
}

function flagsOf(unit: string): readonly string[] {
  const command = /^ExecStart=\S+ (.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
  return command.slice(
    0,
    command.findIndex((word) => !word.startsWith('--')),
  );
}
