import type Database from 'libsql';
import { AppError } from '#shared/app-error';
import { sameBytes } from '../../secrets/same-bytes';
import type {
  AccountChange,
  AppendOutcome,
  Device,
  FeedPage,
  FeedWindow,
  IncomingMessage,
  PairingCode,
  Redemption,
  RelayStore,
  RetentionPolicy,
  StoredAccount,
  StoredMessage,
  SweepReport,
  WorkspaceId,
} from '../port';
import { GroupWriter, type GroupLimits } from './group-writer';
import { openDatabase } from './open-database';
import { prepareStatements, type Statements } from './statements';
import { sweepMessages } from './sweep';

const DEFAULT_LIMITS: GroupLimits = { lockWaitMs: 2_500, maxPending: 20_000 };
/** More than WeChat's largest callback needs. */
const PROBE_BYTES = 32 * 1024;
const FIRST_WORKSPACE = 'default';

interface SizeRow {
  readonly seq: number;
  readonly size: number;
}

interface MessageRow {
  readonly seq: number;
  readonly appid: string;
  readonly received_at: number;
  readonly query: string;
  readonly body: Buffer;
}

/** The durable store of one machine: one SQLite file, written by group commit. */
export class SqliteStore implements RelayStore {
  private readonly sql: Statements;
  private readonly writer: GroupWriter;
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  /** Last sequence numbers given out by the group that is being written. */
  private readonly groupSeqs = new Map<WorkspaceId, number>();
  private closed = false;

  /** @throws AppError as `openDatabase` does */
  static async open(dataDir: string, limits: Partial<GroupLimits> = {}): Promise<SqliteStore> {
    return new SqliteStore(await openDatabase(dataDir), { ...DEFAULT_LIMITS, ...limits });
  }

  /** `db` comes from `openDatabase` and is closed by this store. */
  constructor(
    private readonly db: Database.Database,
    limits: GroupLimits = DEFAULT_LIMITS,
  ) {
    // Waiting for a lock is done by the writer, off the event loop's back.
    db.pragma('busy_timeout = 0');
    this.sql = prepareStatements(db);
    this.writer = new GroupWriter(
      db,
      {
        beforeCommit: () => {
          for (const [workspaceId, seq] of this.groupSeqs) this.sql.saveLastSeq.run(seq, workspaceId);
        },
        afterCommit: () => {
          this.announce();
        },
        afterRollback: () => {
          this.groupSeqs.clear();
        },
      },
      limits,
    );
  }

  append(message: IncomingMessage): Promise<AppendOutcome> {
    return this.write(() => {
      const { workspaceId } = message;
      const seq = (this.groupSeqs.get(workspaceId) ?? this.lastSeq(workspaceId)) + 1;
      const { changes } = this.sql.insertMessage.run(
        workspaceId,
        seq,
        message.appid,
        message.receivedAt,
        message.replayKey,
        message.query,
        message.body,
      );
      if (changes === 0) return 'duplicate';
      this.groupSeqs.set(workspaceId, seq);
      return 'stored';
    });
  }

  readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    return this.read(() => {
      const last = this.lastSeq(workspaceId);
      const start = after > last ? 0 : after;
      const until = this.pageEnd(workspaceId, start, window);
      const rows = until === null ? [] : (this.sql.feed.all(workspaceId, start, until) as MessageRow[]);
      const messages = rows.map(toMessage);
      return { messages, next: messages.at(-1)?.seq ?? start };
    });
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  async acknowledge(deviceId: number, seq: number): Promise<number> {
    const row = await this.write(() => {
      this.sql.acknowledge.run(seq, deviceId);
      return this.sql.ackedSeq.get(deviceId) as { readonly acked_seq: number } | undefined;
    });
    if (row === undefined) throw new AppError({ code: 'relay/unauthorized' });
    return row.acked_seq;
  }

  addPairingCode(code: PairingCode): Promise<void> {
    return this.write(() => {
      this.sql.deleteExpiredCodes.run(code.createdAt);
      this.sql.insertCode.run(code.codeHash, this.workspaceFor(code.workspaceName), code.expiresAt);
    });
  }

  redeemPairingCode({ codeHash, now, deviceName, tokenHash }: Redemption): Promise<Device | null> {
    return this.write(() => {
      const live = this.sql.liveCodes.all(now) as { code_hash: Buffer; workspace_id: number }[];
      // No early exit: the time taken says nothing about the codes that are live.
      const matches = live.filter((code) => sameBytes(code.code_hash, codeHash));
      const match = matches[0];
      if (match === undefined) return null;
      this.sql.deleteCode.run(codeHash);
      const { lastInsertRowid } = this.sql.insertDevice.run(match.workspace_id, deviceName, tokenHash, now);
      return { id: Number(lastInsertRowid), workspaceId: match.workspace_id };
    });
  }

  findDevice(tokenHash: Buffer): Promise<Device | null> {
    return this.read(() => {
      const row = this.sql.device.get(tokenHash) as { id: number; workspace_id: number } | undefined;
      return row === undefined ? null : { id: row.id, workspaceId: row.workspace_id };
    });
  }

  saveAccount({ workspaceId, appid, newKey, mode, sealedToken }: AccountChange): Promise<string | null> {
    return this.write(() => {
      const present = this.sql.accountByAppid.get(appid) as
        { readonly workspace_id: number; readonly key: string } | undefined;
      if (present === undefined) {
        this.sql.insertAccount.run(appid, workspaceId, newKey, mode, sealedToken);
        return newKey;
      }
      if (present.workspace_id !== workspaceId) return null;
      this.sql.updateAccount.run(mode, sealedToken, appid);
      return present.key;
    });
  }

  removeAccount(workspaceId: WorkspaceId, appid: string): Promise<boolean> {
    return this.write(() => this.sql.deleteAccount.run(appid, workspaceId).changes > 0);
  }

  findAccount(key: string): Promise<StoredAccount | null> {
    return this.read(() => {
      const row = this.sql.accountByKey.get(key) as
        | {
            readonly key: string;
            readonly workspace_id: number;
            readonly appid: string;
            readonly mode: 'sealed';
            readonly sealed_token: Buffer;
          }
        | undefined;
      if (row === undefined) return null;
      return {
        key: row.key,
        workspaceId: row.workspace_id,
        appid: row.appid,
        mode: row.mode,
        sealedToken: row.sealed_token,
      };
    });
  }

  sweep(policy: RetentionPolicy): Promise<SweepReport> {
    return sweepMessages(this.writer, this.sql, policy);
  }

  claimKeyFingerprint(fingerprint: Buffer): Promise<Buffer> {
    return this.write(() => {
      this.sql.insertSetting.run('key-fingerprint', fingerprint);
      return (this.sql.setting.get('key-fingerprint') as { readonly value: Buffer }).value;
    });
  }

  async check(): Promise<void> {
    // Room for a message is asked for and given back, since a small update still finds room on a full disk.
    await this.write(() => this.sql.saveProbe.run(PROBE_BYTES));
    await this.write(() => this.sql.saveProbe.run(0));
  }

  close(): Promise<void> {
    if (!this.closed) {
      this.writer.finish();
      this.closed = true;
      this.listeners.clear();
      this.db.close();
    }
    return Promise.resolve();
  }

  private write<T>(run: () => T): Promise<T> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return this.writer.write(run);
  }

  /** Reads see committed data only: they run between groups, never inside one. */
  private read<T>(run: () => T): Promise<T> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return new Promise((resolve) => {
      resolve(run());
    });
  }

  private announce(): void {
    const touched = [...this.groupSeqs.keys()];
    this.groupSeqs.clear();
    for (const workspaceId of touched) for (const listener of this.listeners) listener(workspaceId);
  }

  /** The last `seq` that fits the window, so that no more than one page of bodies is ever in memory. */
  private pageEnd(workspaceId: WorkspaceId, after: number, window: FeedWindow): number | null {
    const sizes = this.sql.feedSizes.all(workspaceId, after, window.limit) as SizeRow[];
    let end: number | null = null;
    let bytes = 0;
    for (const { seq, size } of sizes) {
      bytes += size;
      if (end !== null && bytes > window.maxBytes) break;
      end = seq;
    }
    return end;
  }

  private lastSeq(workspaceId: WorkspaceId): number {
    const row = this.sql.lastSeq.get(workspaceId) as { readonly last_seq: number } | undefined;
    return row?.last_seq ?? 0;
  }

  private workspaceFor(name: string | null): WorkspaceId {
    const row = (name === null ? this.sql.firstWorkspace.get() : this.sql.workspaceByName.get(name)) as
      { readonly id: number } | undefined;
    if (row !== undefined) return row.id;
    return Number(this.sql.insertWorkspace.run(name ?? FIRST_WORKSPACE).lastInsertRowid);
  }
}

function toMessage(row: MessageRow): StoredMessage {
  return {
    seq: row.seq,
    appid: row.appid,
    receivedAt: row.received_at,
    query: row.query,
    body: row.body,
  };
}
