import type Database from 'libsql';
import AsyncDatabase from 'libsql/promise';

/** Moves what the log holds into the database and puts that on the disk, without holding up the event loop meanwhile. */
export interface Checkpointer {
  /** Rejects when the disk does not take it; then everything is still in the log. */
  run(): Promise<void>;
  close(): void;
}

/** A connection of its own, whose work a thread of the driver does. SQLite then leaves checkpoints to it. */
export function checkpointerOf(db: Database.Database): Checkpointer {
  db.pragma('wal_autocheckpoint = 0');
  const [main] = db.prepare('PRAGMA database_list').all() as { readonly file: string }[];
  const connection = new AsyncDatabase(main?.file ?? '', {});
  // `exec` of this driver works on the calling thread, `all` does not.
  const all = async (text: string): Promise<void> => {
    const statement = (await connection.prepare(text)) as { all(): Promise<unknown> };
    await statement.all();
  };
  const ready = all('PRAGMA synchronous = NORMAL').then(() => all('PRAGMA fullfsync = ON'));
  ready.catch(() => undefined);
  return {
    async run() {
      await ready;
      await all('PRAGMA wal_checkpoint(PASSIVE)');
    },
    close() {
      connection.close();
    },
  };
}

/** In pages, by estimate. */
export interface CheckpointLimits {
  /** What has come to the log since the last pass, from which on it is moved. */
  readonly pages: number;
  /** The whole log, from which on it is to begin anew. */
  readonly logPages: number;
  /** So short a rest is moved while the next group waits, so that the log can begin anew. */
  readonly restPages: number;
}

/** Short passes take little from the groups beside them, though each syncs the database; a wait for one is rare. 8 MB. */
export const CHECKPOINT_LIMITS: CheckpointLimits = { pages: 200, logPages: 2_000, restPages: 40 };

/** Pages of the trees' ends and of feeds that a group changes, and what each write in it takes of its own. */
const PAGES_OF_GROUP = 4.5;
const PAGES_OF_WRITE = 0.25;

/** Passes of a long log beside the groups before the rest is moved while they wait, however much it is. */
const MAX_PASSES = 3;

/**
 * When to move the log into the database. Groups go on meanwhile, so a pass leaves behind what came during it, and SQLite
 * begins the log anew only when nothing is left in it. So once the log is long, the last and shortest pass keeps the next
 * group waiting.
 */
export class Checkpoints {
  /** Pages that came since the log began, and those of them that no pass has begun to move. */
  private logPages = 0;
  private pages = 0;
  /** Passes since the log was found to be long; 0 while it is short. */
  private passes = 0;
  private running: Promise<void> | null = null;
  private failure: unknown = null;

  constructor(
    private readonly checkpointer: Checkpointer,
    private readonly limits: CheckpointLimits,
  ) {}

  /** Why the latest checkpoint failed, null when it did not. Nothing is lost by it, but the log grows. */
  get problem(): unknown {
    return this.failure;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  /**
   * To be called after each group that is on the disk, with the number of its writes. Returns what the next group must
   * wait for, which never rejects; null when for nothing.
   */
  afterGroup(writes: number): Promise<void> | null {
    const pages = PAGES_OF_GROUP + writes * PAGES_OF_WRITE;
    this.pages += pages;
    this.logPages += pages;
    if (this.running !== null || (this.passes === 0 && this.pages < this.limits.pages)) return null;
    const isLast = this.passes > 0 && (this.pages <= this.limits.restPages || this.passes >= MAX_PASSES);
    this.passes = isLast || this.logPages < this.limits.logPages ? 0 : this.passes + 1;
    this.pages = 0;
    if (isLast) this.logPages = 0;
    this.running = this.move().finally(() => (this.running = null));
    return isLast ? this.running : null;
  }

  /** Ends with the pass that is under way. */
  async close(): Promise<void> {
    await this.running;
    this.checkpointer.close();
  }

  /** A reader elsewhere can keep a part of the log in use; it is moved when as much has come once more. */
  private async move(): Promise<void> {
    try {
      await this.checkpointer.run();
      this.failure = null;
    } catch (error) {
      this.failure = error;
      this.passes = 0;
    }
  }
}
