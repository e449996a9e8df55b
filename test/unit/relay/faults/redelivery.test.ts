import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, sealedPush } from '../support/relay-harness';
import { now, onLanes, readAll, RelayFolder } from './relay-folder';

const PUSHES = 100;
const COPIES = 20;
const CONNECTIONS = 64;

let folder: RelayFolder;

beforeEach(async () => {
  folder = new RelayFolder();
  await folder.serve();
});
afterEach(() => folder.dispose());

describe('a storm of redeliveries', { timeout: 180_000 }, () => {
  it('is answered success every time and stored once, also by the relay that comes after a kill', async () => {
    const device = await folder.pair();
    const { key } = await device.bind();
    const pushes = Array.from({ length: PUSHES }, (_, index) => sealedPush(String(index), now()));
    const storm = async (): Promise<number> => {
      // All copies of a push are near each other, so that they meet in the same commit and in neighbouring ones.
      const waiting = pushes.flatMap((push) => Array.from({ length: COPIES }, () => push));
      let answered = 0;
      await onLanes(CONNECTIONS, async () => {
        for (let push = waiting.pop(); push !== undefined; push = waiting.pop()) {
          expect((await deliver(`${folder.origin}/wx/${key}`, push)).text).toBe('success');
          answered += 1;
        }
      });
      return answered;
    };
    const bodies = pushes.map(({ body }) => body).sort();

    expect(await storm()).toBe(PUSHES * COPIES);
    expect((await readAll(device)).map((item) => item.body).sort()).toEqual(bodies);
    await folder.kill();
    await folder.serve();
    expect(await storm()).toBe(PUSHES * COPIES);
    expect((await readAll(device)).map((item) => item.body).sort()).toEqual(bodies);
  });
});
