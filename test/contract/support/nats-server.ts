import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WAIT_MS = 20_000;
const LOOK_EVERY_MS = 20;

/**
 * Whether the tests that need a real nats-server can run. Where it is missing they are skipped with a word of it, except
 * in CI, where missing is a failure.
 */
export function hasNatsServer(): boolean {
  const found = spawnSync('nats-server', ['--version'], { encoding: 'utf8' }).status === 0;
  if (found) return true;
  const advice = 'nats-server is not installed; on Debian: apt-get install nats-server';
  if (process.env['CI'] === 'true') throw new Error(advice);
  process.stderr.write(`${advice}. Its tests are skipped.\n`);
  return false;
}

/** Waits until something holds; fails with `what` when it does not in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, waitMs = READY_WAIT_MS) {
  const deadline = performance.now() + waitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** So many ports of the loopback address that nobody listens on. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

interface Node {
  readonly name: string;
  readonly port: number;
  readonly monitorPort: number;
  readonly config: string;
  process: ChildProcess | null;
}

/** What the cluster's own monitoring says of one stream. */
interface StreamState {
  readonly name: string;
  readonly cluster?: { readonly leader?: string };
}

/** Real nats-server processes with JetStream on the loopback address: one, or a cluster of three. */
export class NatsServers {
  private constructor(
    private readonly folder: string,
    private readonly nodes: readonly Node[],
  ) {}

  /** Resolves when every server takes clients and JetStream has a leader. */
  static async start(count: 1 | 3): Promise<NatsServers> {
    const folder = mkdtempSync(join(tmpdir(), 'oa-desk-nats-'));
    const ports = await freePorts(count * 3);
    const part = (index: number, which: number): number => ports[index * 3 + which] ?? 0;
    const routes = Array.from({ length: count }, (_, index) => `nats://127.0.0.1:${part(index, 2)}`);
    const nodes = Array.from({ length: count }, (_, index): Node => {
      const name = `n${index + 1}`;
      const config = join(folder, `${name}.conf`);
      const cluster = `cluster { name: test, listen: "127.0.0.1:${part(index, 2)}", routes: [${routes.join(', ')}] }`;
      writeFileSync(
        config,
        [
          `server_name: ${name}`,
          `listen: "127.0.0.1:${part(index, 0)}"`,
          `http: "127.0.0.1:${part(index, 1)}"`,
          `jetstream { store_dir: "${join(folder, name)}", max_memory_store: 256MB, max_file_store: 2GB }`,
          count > 1 ? cluster : '',
        ].join('\n'),
      );
      return { name, port: part(index, 0), monitorPort: part(index, 1), config, process: null };
    });
    const servers = new NatsServers(folder, nodes);
    for (const { name } of nodes) servers.launch(name);
    await servers.ready();
    return servers;
  }

  get urls(): readonly string[] {
    return this.nodes.map(({ port }) => `nats://127.0.0.1:${port}`);
  }

  get names(): readonly string[] {
    return this.nodes.map(({ name }) => name);
  }

  get monitoring(): readonly string[] {
    return this.nodes.map(({ monitorPort }) => `http://127.0.0.1:${monitorPort}`);
  }

  urlOf(name: string): string {
    return `nats://127.0.0.1:${this.node(name).port}`;
  }

  /** Ends a server without a warning, as a power cut of its machine would seem to the others. */
  async kill(name: string): Promise<void> {
    await this.end(this.node(name));
  }

  /** Stops a server without closing its connections, as a frozen machine would; `thaw` lets it go on. */
  freeze(name: string): void {
    this.node(name).process?.kill('SIGSTOP');
  }

  thaw(name: string): void {
    this.node(name).process?.kill('SIGCONT');
  }

  /** Starts a server again on what it had stored. */
  launch(name: string): void {
    const node = this.node(name);
    const output = openSync(join(this.folder, `${name}.log`), 'a');
    node.process = spawn('nats-server', ['-c', node.config], { stdio: ['ignore', output, output] });
    closeSync(output);
  }

  /** Starts every server that does not run, and waits until all is well. */
  async heal(): Promise<void> {
    for (const { name, process: running } of this.nodes) if (running === null) this.launch(name);
    await this.ready();
  }

  /** Remembers what is on the servers' disks. They are started again and need a moment. */
  async sync(): Promise<void> {
    await this.endAll();
    for (const { name } of this.nodes) cpSync(this.storeOf(name), this.syncedOf(name), { recursive: true });
    await this.heal();
  }

  /** All servers lose their power: what they wrote since `sync` is gone, acknowledged or not. */
  async cutPower(): Promise<void> {
    await this.endAll();
    for (const { name } of this.nodes) {
      rmSync(this.storeOf(name), { recursive: true });
      cpSync(this.syncedOf(name), this.storeOf(name), { recursive: true });
    }
  }

  /** Resolves when every server that runs is healthy, its JetStream included. */
  async ready(): Promise<void> {
    const running = this.nodes.filter((node) => node.process !== null);
    for (const { name, monitorPort } of running)
      await until(`${name} is healthy`, async () => (await this.ask(monitorPort, '/healthz')) !== null).catch(
        (error: unknown) => {
          throw new Error(readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-2_000), {
            cause: error,
          });
        },
      );
    if (this.nodes.length > 1)
      await until('JetStream has a leader', async () => (await this.metaLeader()) !== '');
  }

  /** The server that leads a stream; '' while none does. */
  async leaderOf(stream: string): Promise<string> {
    for (const { monitorPort, process: running } of this.nodes) {
      if (running === null) continue;
      const answer = await this.ask(monitorPort, '/jsz?accounts=true&streams=true');
      const details = (answer?.['account_details'] ?? []) as { stream_detail?: StreamState[] }[];
      for (const state of details.flatMap(({ stream_detail: list = [] }) => list))
        if (state.name === stream && state.cluster?.leader) return state.cluster.leader;
    }
    return '';
  }

  async stop(): Promise<void> {
    await this.endAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async endAll(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.end(node)));
  }

  private storeOf(name: string): string {
    return join(this.folder, name);
  }

  private syncedOf(name: string): string {
    return join(this.folder, `${name}-synced`);
  }

  private async metaLeader(): Promise<string> {
    const answers = await Promise.all(this.nodes.map(({ monitorPort }) => this.ask(monitorPort, '/jsz')));
    const leaders = answers.map(
      (answer) => (answer?.['meta_cluster'] as { leader?: string } | undefined)?.leader ?? '',
    );
    return leaders.find((leader) => leader !== '') ?? '';
  }

  private async ask(port: number, path: string): Promise<Record<string, unknown> | null> {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(1_000) });
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }

  private async end(node: Node): Promise<void> {
    const { process: running } = node;
    node.process = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  private node(name: string): Node {
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (node === undefined) throw new RangeError(`no server ${name}`);
    return node;
  }
}
