import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '#shared/log';
import { createDemoService, type DemoService } from '#main/services/demo';
import {
  lineBuffer,
  type ChildRunner,
  type DemoProgram,
  type RunningChild,
} from '#main/services/demo-children';
import { demoFolder } from '#main/services/demo-memory';
import { until } from '../../sandbox/harness';
import { builtProgram } from '../../support/built-program';
import { World, type Desk } from './desk';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface Started {
  readonly program: DemoProgram;
  readonly args: readonly string[];
  readonly child: RunningChild;
}

/** Runs the demo's servers from their sources, as processes of their own. */
class SourceRunner implements ChildRunner {
  readonly started: Started[] = [];

  start(program: DemoProgram, args: readonly string[]): RunningChild {
    const process_ = spawn(process.execPath, [builtProgram(`src/${program}/index.ts`), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = lineBuffer();
    process_.stdout.on('data', lines.out);
    process_.stderr.on('data', lines.err);
    const exited = new Promise<number | null>((done) => process_.once('exit', (code) => done(code)));
    const child: RunningChild = {
      pid: () => process_.pid,
      onLine: lines.onLine,
      complaints: lines.complaints,
      exited,
      async stop() {
        process_.kill('SIGKILL');
        await exited;
      },
    };
    this.started.push({ program, args, child });
    return child;
  }

  /** What `--session` said at each start of the sandbox so far. */
  sessions(): string[] {
    return this.started
      .filter(({ program }) => program === 'sandbox')
      .map(({ args }) => args[args.indexOf('--session') + 1] ?? '');
  }
}

describe("the demo's memory", () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'oa-desk-memory-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('keeps where the demo lives and how often it was started', async () => {
    const memory = { appid: 'wx1', sandboxPort: 4001, relayPort: 4002, starts: 3 };
    await demoFolder(path).save(memory);
    expect(await demoFolder(path).load()).toEqual(memory);
  });

  it('takes a memory without a count, or with nonsense, for one start', async () => {
    for (const starts of ['', ',"starts":0', ',"starts":-2', ',"starts":1.5', ',"starts":"7"']) {
      await writeFile(join(path, 'demo.json'), `{"appid":"wx1","sandboxPort":1,"relayPort":2${starts}}`);
      expect(await demoFolder(path).load()).toMatchObject({ sandboxPort: 1, starts: 1 });
    }
  });
});

describe('the demo', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let path: string;
  let runner: SourceRunner;
  const demos: DemoService[] = [];
  beforeEach(async () => {
    world = await World.create();
    desk = world.desk();
    path = await mkdtemp(join(tmpdir(), 'oa-desk-demo-'));
    runner = new SourceRunner();
  }, 60_000);
  afterEach(async () => {
    for (const demo of demos.splice(0)) await demo.stop();
    for (const { child } of runner.started) await child.stop();
    await world.close();
    await rm(path, { recursive: true, force: true });
  }, 60_000);

  const create = (): DemoService => {
    const demo = createDemoService({
      accounts: desk.accounts,
      followers: desk.followers,
      conversations: desk.conversations,
      children: runner,
      folder: demoFolder(path),
      publish: () => undefined,
      locale: () => 'zh-CN',
      log: silentLogger,
    });
    demos.push(demo);
    return demo;
  };

  it('tells each sandbox it starts which one it is, so that no opening burst is played twice', async () => {
    const first = create();
    first.start();
    await first.settled();
    expect(first.status()).toMatchObject({ state: 'running', error: null });
    expect(runner.sessions()).toEqual(['0']);

    // One that dies is replaced by the next, not by itself.
    await runner.started.find(({ program }) => program === 'sandbox')?.child.stop();
    await until(() => runner.sessions().length === 2, 60_000);
    await first.settled();
    await first.stop();
    expect(runner.sessions()).toEqual(['0', '1']);

    const second = create();
    await second.resume();
    expect(second.status()).toMatchObject({ state: 'running', error: null });
    expect(runner.sessions()).toEqual(['0', '1', '2']);

    await second.remove();
    const afresh = create();
    afresh.start();
    await afresh.settled();
    expect(runner.sessions()).toEqual(['0', '1', '2', '0']);
  });
});
