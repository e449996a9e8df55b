import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, sealedPush, type Push } from '../support/relay-harness';
import { RelayProcess } from '../support/relay-process';
import { now, onLanes, readAll, RelayFolder } from './relay-folder';

const CONNECTIONS = 64;
/** Blocks of 512 bytes that a file of the relay may have on its full disk. */
const DISK_BLOCKS = 1_200;

let folder: RelayFolder;

beforeEach(() => {
  folder = new RelayFolder();
});
afterEach(() => folder.dispose());

interface Sent {
  readonly push: Push;
  readonly status: number;
}

/** Delivers everything over many connections. */
async function deliverAll(callbackPath: string, pushes: readonly Push[]): Promise<readonly Sent[]> {
  const waiting = [...pushes];
  const sent: Sent[] = [];
  await onLanes(CONNECTIONS, async () => {
    for (let push = waiting.pop(); push !== undefined; push = waiting.pop()) {
      const { status, text } = await deliver(`${folder.origin}${callbackPath}`, push);
      expect(text === 'success').toBe(status === 200);
      sent.push({ push, status });
    }
  });
  return sent;
}

const bodiesOf = (sent: readonly Sent[]): string[] => sent.map(({ push }) => push.body).sort();
const pushesOf = (count: number, text: string): readonly Push[] =>
  Array.from({ length: count }, (_, index) => sealedPush(`${text} ${String(index)}`, now()));

describe('the relay as a process', { timeout: 180_000 }, () => {
  it.skipIf(process.platform === 'win32')(
    'on a disk that fills under load keeps every message answered success, once, through its own death',
    async () => {
      await folder.serve();
      const device = await folder.pair();
      const path = `/wx/${(await device.bind()).key}`;
      await folder.kill();
      // A limit on the size of files fails writes as a full disk does, at any write of any file.
      await folder.serve((args) =>
        RelayProcess.serve(args, {}, ['sh', '-c', `ulimit -f ${String(DISK_BLOCKS)}; exec "$0" "$@"`]),
      );
      const sent = await deliverAll(path, pushesOf(1_500, '某某'.repeat(60)));
      const accepted = sent.filter(({ status }) => status === 200);
      const refused = sent.filter(({ status }) => status !== 200);
      expect(accepted.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(0);
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
      await folder.kill();

      await folder.serve();
      expect((await readAll(device)).map((item) => item.body).sort()).toEqual(bodiesOf(accepted));
      const again = await deliverAll(
        path,
        refused.map(({ push }) => push),
      );
      expect(again.every(({ status }) => status === 200)).toBe(true);
      expect((await readAll(device)).map((item) => item.body).sort()).toEqual(bodiesOf(sent));
    },
  );

  it('whose database another process locks does not wait for the lock to end before it answers, and loses and doubles nothing', async () => {
    await folder.serve();
    const device = await folder.pair();
    const path = `/wx/${(await device.bind()).key}`;
    const locker = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import Database from 'libsql';
         const db = new Database(process.argv[1], { timeout: 5000 });
         for await (const line of process.stdin.setEncoding('utf8')) {
           db.exec(line.trim());
           process.stdout.write('done\\n');
         }`,
        join(folder.data, 'relay.db'),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lock = async (sql: string): Promise<void> => {
      const done = once(locker.stdout, 'data');
      locker.stdin.write(`${sql}\n`);
      await done;
    };
    try {
      await lock('BEGIN IMMEDIATE');
      const held = await deliverAll(path, pushesOf(CONNECTIONS, 'held'));
      expect(new Set(held.map(({ status }) => status))).toEqual(new Set([503]));
      expect(await readAll(device)).toEqual([]);

      const soon = deliverAll(path, pushesOf(CONNECTIONS, 'soon'));
      await lock('COMMIT');
      const taken = await soon;
      expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
      const again = await deliverAll(
        path,
        held.map(({ push }) => push),
      );
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
      expect((await readAll(device)).map((item) => item.body).sort()).toEqual(bodiesOf([...taken, ...again]));
    } finally {
      locker.kill('SIGKILL');
    }
  });
});
