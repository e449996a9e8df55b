import { join } from 'node:path';
import type { FeedItem } from '#shared/relay/protocol';
import { DeviceClient, postJson, temporaryFolder } from '../support/relay-harness';
import { inviteCode, RelayProcess } from '../support/relay-process';

export const now = (): number => Date.now() / 1000;

/** A data folder, the relay process that runs on it now, and one paired device. */
export class RelayFolder {
  private readonly folder = temporaryFolder();
  private running: RelayProcess | null = null;

  readonly data = join(this.folder.path, 'data');

  get relay(): RelayProcess {
    if (this.running === null) throw new Error('the relay does not run');
    return this.running;
  }

  get origin(): string {
    return this.relay.origin;
  }

  async serve(start: (args: readonly string[]) => Promise<RelayProcess> = RelayProcess.serve): Promise<void> {
    this.running = await start(['--port', '0', '--data', this.data]);
  }

  async kill(): Promise<void> {
    await this.relay.kill('SIGKILL');
    this.running = null;
  }

  async pair(): Promise<DeviceClient> {
    const code = await inviteCode(this.data);
    const response = await postJson(`${this.origin}/v1/pair`, { code, name: '前台' });
    const { deviceToken } = (await response.json()) as { deviceToken: string };
    return new DeviceClient(() => this.origin, deviceToken);
  }

  async dispose(): Promise<void> {
    await this.running?.kill('SIGKILL');
    this.folder.dispose();
  }
}

/** Every item after the cursor; fails when sequence numbers do not rise. */
export async function readAll(device: DeviceClient, after = 0): Promise<readonly FeedItem[]> {
  const items: FeedItem[] = [];
  let cursor = after;
  for (;;) {
    const page = await device.feed(cursor);
    if (page.items.length === 0) return items;
    for (const item of page.items) {
      if (item.seq <= cursor) throw new Error(`item ${String(item.seq)} came after ${String(cursor)}`);
      cursor = item.seq;
    }
    items.push(...page.items);
  }
}

/** Runs `task` on so many lanes at once until each has returned. */
export async function onLanes(count: number, task: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, task));
}
