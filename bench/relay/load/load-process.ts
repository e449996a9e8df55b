import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Pin } from '../cores';
import type { Job, ResultOf } from './jobs';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

/** The process that makes the load, on its own core. */
export class LoadProcess {
  private settle: (answer: Answer) => void = () => undefined;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answer) => {
      this.settle(answer);
    });
    child.once('exit', () => {
      this.settle({ error: 'the load process ended' });
    });
  }

  static start(pin: Pin): LoadProcess {
    // `fork` starts one program with its arguments; the channel of messages goes through `taskset` to it.
    const [command, ...rest] = pin;
    // On one core the collector's helpers stop the load they should help, for 13–17 ms: that would count as the server's time.
    const flags = ['--single-threaded-gc', '--max-semi-space-size=4', '--import', 'tsx'];
    return new LoadProcess(
      command === undefined
        ? fork(PROGRAM, [], { execArgv: flags })
        : fork(PROGRAM, [], { execPath: command, execArgv: [...rest, process.execPath, ...flags] }),
    );
  }

  /** One job at a time. @throws Error when it fails or the process ends */
  async run<J extends Job>(job: J): Promise<ResultOf<J>> {
    const answer = new Promise<Answer>((resolve) => (this.settle = resolve));
    this.child.send(job);
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error);
    return result as ResultOf<J>;
  }

  stop(): void {
    this.child.disconnect();
  }
}
