import { AppError } from '#shared/app-error';
import type { Collection, CollectionSpec, MessageLog, RelayStore } from '#relay/store/port';

type Write = 'create' | 'update' | 'delete' | 'append';

/** A store whose writes can be made to fail, as those of a relay that dies or loses its disk. Reads go on. */
export class FaultyStore implements RelayStore {
  readonly log: MessageLog;
  /** Which writes fail; `append` is that of the log, whose place is called `log`. */
  fails: (place: string, write: Write) => boolean = () => false;

  constructor(private readonly store: RelayStore) {
    const { log } = store;
    this.log = {
      ...{ readFeed: log.readFeed.bind(log), lastSeq: log.lastSeq.bind(log), bytes: log.bytes.bind(log) },
      ...{
        backlog: log.backlog.bind(log),
        trim: log.trim.bind(log),
        held: log.held.bind(log),
        onCommitted: log.onCommitted.bind(log),
      },
      append: async (item) => {
        this.check('log', 'append');
        return log.append(item);
      },
    };
  }

  collection(spec: CollectionSpec): Collection {
    const inner = this.store.collection(spec);
    const { name } = spec;
    return {
      get: (key) => inner.get(key),
      list: (prefix) => inner.list(prefix),
      create: async (key, value) => {
        this.check(name, 'create');
        return inner.create(key, value);
      },
      update: async (key, value, revision) => {
        this.check(name, 'update');
        return inner.update(key, value, revision);
      },
      delete: async (key, revision) => {
        this.check(name, 'delete');
        return revision === undefined ? inner.delete(key) : inner.delete(key, revision);
      },
    };
  }

  check(): Promise<void>;
  check(place: string, write: Write): void;
  check(place?: string, write?: Write): Promise<void> | void {
    if (place === undefined || write === undefined) return this.store.check();
    if (this.fails(place, write)) throw new AppError({ code: 'relay/store-unavailable', retryable: true });
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
