import { setTimeout as pace } from 'node:timers/promises';
import type { AppendOutcome, RelayStore } from '#relay/store/port';
import { until } from '../support/nats-server';
import { item } from './contract-items';

const PACE_MS = 4;
const PAGE = { limit: 500, maxBytes: Number.MAX_SAFE_INTEGER };

export interface Answered {
  readonly name: string;
  readonly outcome: AppendOutcome;
  readonly milliseconds: number;
}

/** Appends numbered items with several in flight until it is stopped, as callbacks would come in. */
export class Load {
  readonly answered: Answered[] = [];
  readonly failures: unknown[] = [];
  private next = 0;
  private running = true;
  private readonly workers: readonly Promise<void>[];

  constructor(
    private readonly store: RelayStore,
    private readonly workspace: string,
    inFlight = 4,
  ) {
    this.workers = Array.from({ length: inFlight }, () => this.work());
  }

  /** The names in order of receipt. */
  get names(): readonly string[] {
    return Array.from({ length: this.next }, (_, index) => nameOf(index));
  }

  get slowest(): number {
    return Math.max(...this.answered.map(({ milliseconds }) => milliseconds));
  }

  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (this.running) {
      const name = nameOf(this.next);
      this.next += 1;
      const begun = performance.now();
      try {
        const outcome = await this.store.log.append(item(this.workspace, name));
        this.answered.push({ name, outcome, milliseconds: performance.now() - begun });
      } catch (error) {
        this.failures.push(error);
      }
      await pace(PACE_MS);
    }
  }
}

/** Everything that a workspace's feed gives, once the cluster can be read again. */
export async function readAll(store: RelayStore, workspace: string): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await until('the feed can be read', async () => {
    try {
      found = await readPages(store, workspace);
      return true;
    } catch {
      return false;
    }
  });
  return found;
}

async function readPages(store: RelayStore, workspace: string): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor = 0;
  for (;;) {
    const { items, next } = await store.log.readFeed(workspace, cursor, PAGE);
    if (items.length === 0) return found;
    found.push(...items.map(({ body }) => body.toString()));
    cursor = next;
  }
}

/** How a feed differs from what was sent, in words short enough to read. */
export function differences(found: readonly string[], sent: readonly string[]) {
  const seen = new Set(found);
  const known = new Set(sent);
  const order = new Map(sent.map((name, index) => [name, index]));
  const positions = found.map((name) => order.get(name) ?? -1);
  return {
    missing: sent.filter((name) => !seen.has(name)),
    repeated: found.filter((name, index) => found.indexOf(name) !== index),
    unknown: found.filter((name) => !known.has(name)),
    overtaken: found.filter((_, index) => index > 0 && (positions[index] ?? 0) < (positions[index - 1] ?? 0)),
  };
}

export const NO_DIFFERENCES = { missing: [], repeated: [], unknown: [], overtaken: [] };

function nameOf(index: number): string {
  return String(index).padStart(7, '0');
}
