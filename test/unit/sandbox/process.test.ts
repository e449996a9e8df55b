import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readCommandLine } from '#sandbox/cli';
import { builtProgram } from '../support/built-program';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const children: ChildProcessWithoutNullStreams[] = [];

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
  readonly ready: Promise<Record<string, unknown>>;
}

function start(...args: string[]): Run {
  const child = spawn(process.execPath, [builtProgram('src/sandbox/index.ts'), ...args], { cwd: ROOT });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const ready = new Promise<Record<string, unknown>>((done) => {
    child.stdout.on('data', (chunk) => {
      output.stdout += String(chunk);
      if (output.stdout.includes('\n')) done(JSON.parse(output.stdout) as Record<string, unknown>);
    });
  });
  return { child, output, ended, ready };
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('the sandbox as a process', () => {
  it('prints one JSON line when it serves, and ends cleanly on SIGTERM', async () => {
    const run = start('--port', '0', '--followers', '7', '--seed', '3', '--manual-clock');
    const line = await run.ready;
    expect(Object.keys(line)).toEqual(['origin', 'accounts']);
    const accounts = line['accounts'] as Record<string, unknown>[];
    expect(Object.keys(accounts[0] ?? {})).toEqual(['appid', 'secret', 'type', 'verified', 'region']);
    const answer = await fetch(`${String(line['origin'])}/__sandbox/clock`);
    expect(await answer.json()).toMatchObject({ manual: true });
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output.stdout.trim().split('\n')).toHaveLength(1);
  });

  it('ends with its parent when told to watch its input', async () => {
    const run = start('--exit-with-stdin');
    await run.ready;
    run.child.stdin.end();
    expect(await run.ended).toBe(0);
  });

  it('says in one sentence that the port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
    const { port } = holder.address() as AddressInfo;
    const run = start('--port', String(port));
    expect(await run.ended).toBe(1);
    expect(run.output.stderr).toContain(`cannot listen on port ${port}`);
    holder.close();
  });

  it('refuses a wrong command line with the usage', async () => {
    const run = start('--followers', 'many');
    expect(await run.ended).toBe(2);
    expect(run.output.stderr).toContain('--followers takes a whole number');
    expect(run.output.stderr).toContain('usage:');
    expect(() => readCommandLine(['--loud'])).toThrow();
    expect(readCommandLine(['--live', '--seed', '9'])).toMatchObject({
      port: 0,
      options: { live: true, seed: 9 },
    });
  });
});
