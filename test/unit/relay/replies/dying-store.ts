import type { Collection, CollectionSpec, IncomingItem, MessageLog, RelayStore } from '#relay/store/port';

type Fate = 'before' | 'after';

/**
 * A store as seen by a process that dies: the operation with this number does not happen, or happens without anybody
 * hearing of it, and nothing happens afterwards.
 */
export class DyingStore implements RelayStore {
  readonly log: MessageLog;
  private done = 0;

  constructor(
    private readonly inner: RelayStore,
    private readonly survives: number,
    private readonly fate: Fate,
  ) {
    const { log } = inner;
    this.log = {
      append: (item: IncomingItem) => this.run(() => log.append(item)),
      readFeed: (...args) => log.readFeed(...args),
      lastSeq: (...args) => log.lastSeq(...args),
      onCommitted: (...args) => log.onCommitted(...args),
      backlog: (...args) => log.backlog(...args),
      trim: (...args) => log.trim(...args),
      held: (workspaceId) => log.held(workspaceId),
      bytes: () => log.bytes(),
    };
  }

  get isDead(): boolean {
    return this.done > this.survives;
  }

  collection(spec: CollectionSpec): Collection {
    const inner = this.inner.collection(spec);
    return {
      get: (key) => this.run(() => inner.get(key)),
      create: (key, value) => this.run(() => inner.create(key, value)),
      update: (key, value, revision) => this.run(() => inner.update(key, value, revision)),
      delete: (key, revision) => this.run(() => inner.delete(key, revision)),
      list: (prefix) => this.run(() => inner.list(prefix)),
    };
  }

  check(): Promise<void> {
    return this.inner.check();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private async run<T>(operation: () => Promise<T>): Promise<T> {
    this.done += 1;
    if (!this.isDead) return operation();
    if (this.done === this.survives + 1 && this.fate === 'after') await operation();
    return new Promise<never>(() => undefined);
  }
}
