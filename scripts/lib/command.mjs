import { spawn, spawnSync } from 'node:child_process';
import { PROJECT_ROOT } from './paths.mjs';

/** npm is a script on Windows, which only a shell can start. */
const viaShell = (command) => process.platform === 'win32' && command === 'npm';

/** Runs to the end with this terminal's output. Returns the exit code (1 when a signal ended it). */
export function runVisible(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: PROJECT_ROOT,
      stdio: 'inherit',
      shell: viaShell(command),
      ...options,
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

/** Runs to the end in silence. Returns `{ code, stdout, stderr }`; code 127 when the command does not exist. */
export function runQuiet(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    shell: viaShell(command),
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return {
    code: result.error ? 127 : (result.status ?? 1),
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
  };
}
