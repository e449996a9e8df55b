import { spawn } from 'node:child_process';
import type { ChildRunner, DemoProgram } from '#main/services/demo-children';
import { lineBuffer } from '#main/services/demo-children';

/**
 * Runs the demo's servers as plain Node processes, for use without Electron. The child is told to end when its standard
 * input does, which the system closes when this process ends in whatever way.
 */
export function nodeChildren(command: (program: DemoProgram) => readonly [string, ...string[]]): ChildRunner {
  return {
    start(program, args) {
      const [file, ...before] = command(program);
      // A command such as `invite` ends by itself; only servers wait to be told.
      const serves = args[0]?.startsWith('--') === true;
      const child = spawn(file, [...before, ...args, ...(serves ? ['--exit-with-stdin'] : [])], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const lines = lineBuffer();
      child.stdout.on('data', lines.out);
      child.stderr.on('data', lines.err);
      let running = true;
      const exited = new Promise<number | null>((resolve) => {
        const ended = (code: number | null): void => {
          running = false;
          resolve(code);
        };
        child.once('close', ended);
        child.once('error', () => ended(null));
      });
      return {
        pid: () => child.pid,
        onLine: lines.onLine,
        complaints: lines.complaints,
        exited,
        async stop() {
          if (running) child.kill('SIGTERM');
          await exited;
        },
      };
    },
  };
}
