import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, sealedPush, until, type Push } from '../support/relay-harness';
import { now, onLanes, readAll, RelayFolder } from './relay-folder';

/** The whole count of 50 with `OADESK_RELAY_KILLS=50`. */
const KILLS = Number(process.env['OADESK_RELAY_KILLS'] ?? 10);
const CONNECTIONS = 64;

let folder: RelayFolder;

beforeEach(async () => {
  folder = new RelayFolder();
  await folder.serve();
});
afterEach(() => folder.dispose());

describe('a relay that is killed while 64 connections deliver', { timeout: 60_000 + KILLS * 12_000 }, () => {
  it(`[S1.14] has, after ${String(KILLS)} kills, every message that was answered success, once each`, async () => {
    const device = await folder.pair();
    const { key } = await device.bind();
    const accepted = new Set<string>();
    const stored: string[] = [];
    const unanswered: Push[] = [];
    let cursor = 0;
    const readOn = async (): Promise<void> => {
      const items = await readAll(device, cursor);
      stored.push(...items.map((item) => item.body));
      cursor = items.at(-1)?.seq ?? cursor;
    };

    for (let kill = 0; kill < KILLS; kill += 1) {
      const goal = accepted.size + 50 + ((kill * 37) % 200);
      let alive = true;
      const load = onLanes(CONNECTIONS, async () => {
        while (alive) {
          const push = unanswered.pop() ?? sealedPush(`message ${String(accepted.size)}`, now());
          try {
            const { text } = await deliver(`${folder.origin}/wx/${key}`, push);
            expect(text).toBe('success');
            accepted.add(push.body);
          } catch (error) {
            if (!(error instanceof TypeError)) throw error;
            // The connection broke: whether it was stored is unknown, and WeChat would send it again.
            unanswered.push(push);
            return;
          }
        }
      });
      await until(() => accepted.size > goal);
      const killed = folder.relay.kill('SIGKILL');
      await Promise.all([killed, load]);
      alive = false;
      await folder.serve();
      await readOn();
      const present = new Set(stored);
      expect(present.size).toBe(stored.length);
      expect([...accepted].filter((body) => !present.has(body))).toEqual([]);
    }

    for (const push of unanswered) {
      expect((await deliver(`${folder.origin}/wx/${key}`, push)).text).toBe('success');
      accepted.add(push.body);
    }
    await readOn();
    const all = (await readAll(device)).map((item) => item.body);
    expect(all).toEqual(stored);
    expect(all.length).toBe(accepted.size);
    expect(new Set(all)).toEqual(accepted);
  });
});
