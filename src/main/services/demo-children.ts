import { AppError } from '#shared/app-error';

/** The servers that the demo runs beside the app. */
export type DemoProgram = 'sandbox' | 'relay';

/** How programs are started. Whatever the adapter, a child never outlives the app, not even when the app is killed. */
export interface ChildRunner {
  start(program: DemoProgram, args: readonly string[]): RunningChild;
}

export interface RunningChild {
  readonly pid: () => number | undefined;
  /** Calls back for each line of standard output, also those that came before; returns the disposer. */
  onLine(listener: (line: string) => void): () => void;
  /** The last lines of standard error, for the log. */
  readonly complaints: () => readonly string[];
  /** Resolves with the exit code, null after a signal. Never rejects. */
  readonly exited: Promise<number | null>;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
}

const KEPT_COMPLAINTS = 20;

/** What every adapter needs: output cut into lines that late listeners still get. */
export function lineBuffer(): {
  readonly out: (chunk: Buffer | string) => void;
  readonly err: (chunk: Buffer | string) => void;
  readonly onLine: RunningChild['onLine'];
  readonly complaints: RunningChild['complaints'];
} {
  const lines: string[] = [];
  const complaints: string[] = [];
  const listeners = new Set<(line: string) => void>();
  return {
    out: splitter((line) => {
      lines.push(line);
      for (const listener of listeners) listener(line);
    }),
    err: splitter((line) => {
      complaints.push(line);
      if (complaints.length > KEPT_COMPLAINTS) complaints.shift();
    }),
    onLine(listener) {
      for (const line of lines) listener(line);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    complaints: () => complaints,
  };
}

function splitter(take: (line: string) => void): (chunk: Buffer | string) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk) => {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) take(part.replace(/\r$/, ''));
  };
}

/**
 * The first line that `read` understands.
 * @throws AppError demo/start-failed when the child ends or `timeoutMs` pass before
 */
export async function firstLine<T>(
  child: RunningChild,
  read: (line: string) => T | null,
  timeoutMs: number,
): Promise<T> {
  const failed = (reason: string): AppError =>
    new AppError({ code: 'demo/start-failed', params: { reason } });
  let dispose: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(failed('timeout')), timeoutMs);
      dispose = child.onLine((line) => {
        const value = read(line);
        if (value !== null) resolve(value);
      });
      void child.exited.then((code) => reject(failed(`exit-${code ?? 'signal'}`)));
    });
  } finally {
    clearTimeout(timer);
    dispose();
  }
}
