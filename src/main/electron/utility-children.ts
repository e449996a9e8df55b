import { utilityProcess } from 'electron';
import { join } from 'node:path';
import type { ChildRunner } from '../services/demo-children';
import { lineBuffer } from '../services/demo-children';

/**
 * Runs the demo's servers in utility processes. Such a process hangs on a channel to the app and ends with it, also
 * when the app is killed. `programs` is the folder with sandbox.js and relay.js.
 */
export function utilityChildren(programs: string): ChildRunner {
  return {
    start(program, args) {
      const child = utilityProcess.fork(join(programs, `${program}.js`), [...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        serviceName: `OA Desk demo ${program}`,
      });
      const lines = lineBuffer();
      child.stdout?.on('data', lines.out);
      child.stderr?.on('data', lines.err);
      let running = true;
      const exited = new Promise<number | null>((resolve) => {
        child.once('exit', (code) => {
          running = false;
          resolve(code);
        });
      });
      return {
        pid: () => child.pid,
        onLine: lines.onLine,
        complaints: lines.complaints,
        exited,
        async stop() {
          if (running) child.kill();
          await exited;
        },
      };
    },
  };
}
