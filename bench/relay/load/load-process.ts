import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Pin } from '../cores';
import type { Job, ResultOf } from './jobs';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The process that makes the load, on its own core. */
export class LoadProcess {
  private constructor(private readonly child: ChildProcess) {}

  static start(pin: Pin): LoadProcess {
    const [command = process.execPath, ...rest] = [...pin, process.execPath];
    // `fork` starts one program with its arguments, and the channel of messages goes through `taskset` to it.
    const child = fork(PROGRAM, [], { execPath: command, execArgv: [...rest, '--import', 'tsx'] });
    return new LoadProcess(child);
  }

  /** @throws Error when the job fails or the process ends */
  async run<J extends Job>(job: J): Promise<ResultOf<J>> {
    const answer = once(this.child, 'message') as Promise<[{ result?: ResultOf<J>; error?: string }]>;
    const ended = once(this.child, 'exit').then(() => {
      throw new Error('the load process ended');
    });
    this.child.send(job);
    const [{ result, error }] = await Promise.race([answer, ended]);
    if (result === undefined) throw new Error(error ?? 'the load gave no result');
    return result;
  }

  stop(): void {
    this.child.disconnect();
  }
}
