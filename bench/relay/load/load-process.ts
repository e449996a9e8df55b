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
    const [command = process.execPath, ...rest] = [...pin, process.execPath];
    // `fork` starts one program with its arguments; the channel of messages goes through `taskset` to it.
    return new LoadProcess(
      fork(PROGRAM, [], {
        execPath: command,
        execArgv: [...rest, '--import', 'tsx'].slice(pin.length === 0 ? 1 : 0),
      }),
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
