import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import type { AppendOutcome, IncomingItem, WorkspaceId } from '../port';
import { CHECKPOINT_LIMITS, checkpointerOf, Checkpoints } from '../sqlite/checkpoints';
import { GroupWriter } from '../sqlite/group-writer';
import { syncLogOf } from '../sqlite/log-sync';
import { openDatabaseFile } from '../sqlite/open-database';
import { factsOf } from './item-codec';

const FILE = 'spool.db';
const VERSION = 1;
/** WeChat waits 5 seconds, and the stream has been waited for already. */
const LOCK_WAIT_MS = 2_000;
const MAX_PENDING = 20_000;
/** Rows covered by one note that they may have been published: one sync to disk for so many. */
const ATTEMPT_SPAN = 4_096;

/** Frozen. A later change of the schema is a new step. */
const SCHEMA = `
CREATE TABLE spool (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id TEXT NOT NULL,
  replay_key BLOB NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  body BLOB NOT NULL,
  published_after INTEGER
);
CREATE TABLE attempt (one INTEGER PRIMARY KEY CHECK (one = 1), through_id INTEGER NOT NULL, after_seq INTEGER NOT NULL);
`;

/** What is kept of an item. */
export interface Spoolable {
  readonly workspaceId: WorkspaceId;
  readonly replayKey: Buffer;
  /** As `factsOf` writes them. */
  readonly facts: string;
  readonly body: Buffer;
}

/** An item that waits for the stream. */
export interface SpooledItem extends Spoolable {
  readonly id: number;
  /**
   * Null for an item that was surely never published. Otherwise the stream may have it already, at a greater sequence
   * number than this.
   */
  readonly publishedAfter: number | null;
}

interface Row {
  readonly id: number;
  readonly workspace_id: string;
  readonly replay_key: Buffer | ArrayBuffer;
  readonly facts: string;
  readonly body: Buffer | ArrayBuffer;
  readonly published_after: number | null;
}

/** Rows up to `throughId` may have been published, none before the stream stood at `afterSeq`. */
interface Attempt {
  readonly throughId: number;
  readonly afterSeq: number;
}

/** A local, power-cut-safe queue of the items that the stream did not acknowledge in time, in order of receipt. */
export class Spool {
  private readonly sql: ReturnType<typeof prepare>;
  private readonly writer: GroupWriter;
  private rows: number;
  private adding = 0;
  private attempt: Attempt;
  /** Rows up to here were published by an earlier process or by a failed round of this one. */
  private attemptedId: number;
  /** Whether nothing has waited since the note was written: its position is older than need be. */
  private noteIsOld: boolean;
  private closed = false;

  /** @throws AppError as `openDatabaseFile` does */
  static async open(folder: string): Promise<Spool> {
    return new Spool(await openDatabaseFile(folder, FILE, prepareSchema));
  }

  private constructor(private readonly db: Database.Database) {
    db.pragma('busy_timeout = 0');
    this.sql = prepare(db);
    this.writer = new GroupWriter(
      db,
      syncLogOf(db),
      new Checkpoints(checkpointerOf(db), CHECKPOINT_LIMITS),
      { beforeCommit: () => undefined, afterSync: () => undefined, afterRollback: () => undefined },
      { lockWaitMs: LOCK_WAIT_MS, maxPending: MAX_PENDING },
    );
    this.rows = (this.sql.count.get() as { readonly count: number }).count;
    const attempt = this.sql.attempt.get() as { through_id: number; after_seq: number } | undefined;
    this.attempt = { throughId: attempt?.through_id ?? 0, afterSeq: attempt?.after_seq ?? 0 };
    this.attemptedId = this.attempt.throughId;
    this.noteIsOld = this.rows === 0;
  }

  /** Items that wait. */
  get size(): number {
    return this.rows;
  }

  /** Items that wait or are being written. */
  get unsettled(): number {
    return this.rows + this.adding;
  }

  /** Nothing waits and nothing is being written. */
  get idle(): boolean {
    return this.unsettled === 0;
  }

  /**
   * Resolves after the item would survive a power cut; `duplicate` when it waits here already.
   * @param publishedAfter as in `SpooledItem`
   */
  async add(item: IncomingItem, publishedAfter: number | null): Promise<AppendOutcome> {
    const facts = factsOf(item);
    this.adding += 1;
    try {
      const stored = await this.writer.write('log', () => {
        const { workspaceId, replayKey, body } = item;
        return this.sql.insert.run([null, workspaceId, replayKey, facts, body, publishedAfter]).changes > 0;
      });
      if (stored) this.rows += 1;
      return stored ? 'stored' : 'duplicate';
    } finally {
      this.adding -= 1;
    }
  }

  /**
   * Puts items before all that wait. Resolves after they would survive a power cut.
   * @param items in order; the stream had each at a greater number than its `publishedAfter`
   */
  async putBefore(items: readonly (Spoolable & { readonly publishedAfter: number })[]): Promise<void> {
    this.adding += items.length;
    try {
      const added = await this.writer.write('log', () => {
        const { first } = this.sql.first.get() as { readonly first: number };
        return items.reduce((count, { workspaceId, replayKey, facts, body, publishedAfter }, index) => {
          const id = first - items.length + index;
          const values = [id, workspaceId, replayKey, facts, body, publishedAfter];
          return count + this.sql.insert.run(values).changes;
        }, 0);
      });
      this.rows += added;
    } finally {
      this.adding -= items.length;
    }
  }

  /** The oldest items: at most `limit`, and no more bytes than `maxBytes` after the first. */
  oldest(limit: number, maxBytes: number): readonly SpooledItem[] {
    const sizes = this.sql.sizes.all([limit]) as { readonly id: number; readonly size: number }[];
    let bytes = 0;
    let through = 0;
    for (const { id, size } of sizes) {
      bytes += size;
      if (through > 0 && bytes > maxBytes) break;
      through = id;
    }
    return (this.sql.through.all([through]) as Row[]).map((row) => this.toItem(row));
  }

  /** To be awaited before items up to `throughId` are published while the stream stands at `afterSeq`. */
  async noteAttempt(throughId: number, afterSeq: number): Promise<void> {
    if (this.noteIsOld || throughId > this.attempt.throughId) {
      const attempt = {
        throughId: throughId + ATTEMPT_SPAN,
        // Rows of the present note may still wait, so its lower bound stays.
        afterSeq: this.noteIsOld ? afterSeq : Math.min(this.attempt.afterSeq, afterSeq),
      };
      await this.writer.write('log', () => this.sql.saveAttempt.run([attempt.throughId, attempt.afterSeq]));
      this.attempt = attempt;
      this.noteIsOld = false;
    }
    this.attemptedId = Math.max(this.attemptedId, throughId);
  }

  /** Forgets the items up to `throughId`: the stream has them. */
  async remove(throughId: number): Promise<void> {
    const removed = await this.writer.write('log', () => this.sql.remove.run([throughId]).changes);
    // Not in one statement with the wait: items may have been added meanwhile.
    this.rows -= removed;
    if (this.rows === 0) this.noteIsOld = true;
  }

  /** Proves that an item could be written now. @throws AppError `relay/store-unavailable` */
  async check(): Promise<void> {
    const { throughId, afterSeq } = this.attempt;
    await this.writer.write('log', () => this.sql.saveAttempt.run([throughId, afterSeq]));
  }

  bytes(): number {
    return (this.sql.bytes.get() as { readonly bytes: number }).bytes;
  }

  /** Puts what is being written on the disk, then closes. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writer.finish();
    this.db.close();
  }

  private toItem(row: Row): SpooledItem {
    const attempted = row.id <= this.attemptedId ? this.attempt.afterSeq : null;
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      replayKey: toBuffer(row.replay_key),
      facts: row.facts,
      body: toBuffer(row.body),
      publishedAfter: row.published_after ?? attempted,
    };
  }
}

function prepare(db: Database.Database) {
  const statement = (text: string) => db.prepare<[readonly (string | number | Buffer | null)[]]>(text);
  return {
    insert: statement(
      `INSERT INTO spool (id, workspace_id, replay_key, facts, body, published_after) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (replay_key) DO NOTHING`,
    ),
    // The next number would be one more than the greatest ever.
    first: db.prepare(
      `SELECT coalesce(
         (SELECT min(id) FROM spool), (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'spool'), 1
       ) AS first`,
    ),
    sizes: statement('SELECT id, length(body) AS size FROM spool ORDER BY id LIMIT ?'),
    through: statement('SELECT * FROM spool WHERE id <= ? ORDER BY id'),
    remove: statement('DELETE FROM spool WHERE id <= ?'),
    count: db.prepare('SELECT count(*) AS count FROM spool'),
    attempt: db.prepare('SELECT through_id, after_seq FROM attempt'),
    saveAttempt: statement('INSERT OR REPLACE INTO attempt (one, through_id, after_seq) VALUES (1, ?, ?)'),
    bytes: db.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
    ),
  };
}

function prepareSchema(db: Database.Database): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > VERSION) throw new AppError({ code: 'relay/store-newer', params: { version } });
  if (version === VERSION) return;
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${String(VERSION)}; COMMIT`);
}

/** The driver gives BLOBs as ArrayBuffer in `all`. */
function toBuffer(value: Buffer | ArrayBuffer): Buffer {
  return value instanceof ArrayBuffer ? Buffer.from(value) : value;
}
