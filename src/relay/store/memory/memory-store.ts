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

interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  lastSeq: number;
  messages: (StoredMessage & { readonly replayKey: string })[];
}

interface DeviceRecord extends Device {
  readonly tokenHash: string;
  acked: number;
}

/** What a store holds; given to a second store it is what a restart would find. */
export class MemoryState {
  readonly workspaces = new Map<WorkspaceId, Workspace>();
  readonly codes = new Map<string, { readonly workspaceId: WorkspaceId; readonly expiresAt: number }>();
  readonly devices: DeviceRecord[] = [];
  readonly accounts = new Map<string, StoredAccount>();
  readonly replayKeys = new Set<string>();
  fingerprint: Buffer | null = null;
}

/** The port without a disk: for tests of what stands on it, and to keep the contract honest. */
export class MemoryStore implements RelayStore {
  private readonly listeners = new Set<(workspaceId: WorkspaceId) => void>();
  private closed = false;

  constructor(private readonly state: MemoryState = new MemoryState()) {}

  async append(message: IncomingMessage): Promise<AppendOutcome> {
    await this.turn();
    const { replayKeys } = this.state;
    const replayKey = message.replayKey.toString('hex');
    if (replayKeys.has(replayKey)) return 'duplicate';
    const workspace = this.workspace(message.workspaceId);
    workspace.lastSeq += 1;
    replayKeys.add(replayKey);
    workspace.messages.push({
      seq: workspace.lastSeq,
      appid: message.appid,
      receivedAt: message.receivedAt,
      query: message.query,
      body: Buffer.from(message.body),
      replayKey,
    });
    for (const listener of this.listeners) listener(workspace.id);
    return 'stored';
  }

  async readFeed(workspaceId: WorkspaceId, after: number, window: FeedWindow): Promise<FeedPage> {
    await this.turn();
    const workspace = this.workspace(workspaceId);
    const start = after > workspace.lastSeq ? 0 : after;
    const messages: StoredMessage[] = [];
    let bytes = 0;
    for (const message of workspace.messages) {
      if (message.seq <= start) continue;
      bytes += message.body.length;
      if (messages.length > 0 && (messages.length >= window.limit || bytes > window.maxBytes)) break;
      const { replayKey: _, ...visible } = message;
      messages.push(visible);
    }
    return { messages, next: messages.at(-1)?.seq ?? start };
  }

  onCommitted(listener: (workspaceId: WorkspaceId) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  async acknowledge(deviceId: number, seq: number): Promise<number> {
    await this.turn();
    const device = this.state.devices.find((candidate) => candidate.id === deviceId);
    if (device === undefined) throw new AppError({ code: 'relay/unauthorized' });
    device.acked = Math.max(device.acked, Math.min(seq, this.workspace(device.workspaceId).lastSeq));
    return device.acked;
  }

  async addPairingCode(code: PairingCode): Promise<void> {
    await this.turn();
    const workspaceId = this.workspaceFor(code.workspaceName).id;
    this.state.codes.set(code.codeHash.toString('hex'), { workspaceId, expiresAt: code.expiresAt });
  }

  async redeemPairingCode({ codeHash, now, tokenHash }: Redemption): Promise<Device | null> {
    await this.turn();
    const name = [...this.state.codes.keys()].filter((hash) =>
      sameBytes(Buffer.from(hash, 'hex'), codeHash),
    )[0];
    const code = name === undefined ? undefined : this.state.codes.get(name);
    if (name === undefined || code === undefined || code.expiresAt <= now) return null;
    this.state.codes.delete(name);
    const device = { id: this.state.devices.length + 1, workspaceId: code.workspaceId };
    this.state.devices.push({ ...device, tokenHash: tokenHash.toString('hex'), acked: 0 });
    return device;
  }

  async findDevice(tokenHash: Buffer): Promise<Device | null> {
    await this.turn();
    const device = this.state.devices.find((candidate) => candidate.tokenHash === tokenHash.toString('hex'));
    return device === undefined ? null : { id: device.id, workspaceId: device.workspaceId };
  }

  async saveAccount({ newKey, ...account }: AccountChange): Promise<string | null> {
    await this.turn();
    const present = this.state.accounts.get(account.appid);
    if (present !== undefined && present.workspaceId !== account.workspaceId) return null;
    const key = present?.key ?? newKey;
    this.state.accounts.set(account.appid, { ...account, key });
    return key;
  }

  async removeAccount(workspaceId: WorkspaceId, appid: string): Promise<boolean> {
    await this.turn();
    if (this.state.accounts.get(appid)?.workspaceId !== workspaceId) return false;
    return this.state.accounts.delete(appid);
  }

  async findAccount(key: string): Promise<StoredAccount | null> {
    await this.turn();
    for (const account of this.state.accounts.values()) if (account.key === key) return account;
    return null;
  }

  async sweep(policy: RetentionPolicy): Promise<SweepReport> {
    await this.turn();
    let removed = 0;
    let unreadOverAge = 0;
    const byAge = Math.min(policy.removeReadBefore, policy.keepAllAfter);
    for (const workspace of this.state.workspaces.values()) {
      const floor = this.readFloor(workspace.id);
      removed += this.remove(workspace, (message) => message.seq <= floor && message.receivedAt < byAge);
      unreadOverAge += workspace.messages.filter(
        (message) => message.seq > floor && message.receivedAt < policy.removeReadBefore,
      ).length;
    }
    for (const workspace of this.state.workspaces.values()) {
      const floor = this.readFloor(workspace.id);
      removed += this.remove(
        workspace,
        (message) =>
          this.bytes() > policy.maxBytes && message.seq <= floor && message.receivedAt < policy.keepAllAfter,
      );
    }
    const bytes = this.bytes();
    return { removed, unreadOverAge, bytes, overSize: bytes > policy.maxBytes };
  }

  async claimKeyFingerprint(fingerprint: Buffer): Promise<Buffer> {
    await this.turn();
    this.state.fingerprint ??= Buffer.from(fingerprint);
    return this.state.fingerprint;
  }

  check(): Promise<void> {
    return this.turn();
  }

  close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
    return Promise.resolve();
  }

  /** A change is visible one turn later, as with a disk. */
  private turn(): Promise<void> {
    if (this.closed)
      return Promise.reject(new AppError({ code: 'relay/store-unavailable', retryable: true }));
    return new Promise((resolve) => setImmediate(resolve));
  }

  private workspace(id: WorkspaceId): Workspace {
    const workspace = this.state.workspaces.get(id);
    if (workspace === undefined) throw new RangeError('no such workspace');
    return workspace;
  }

  private workspaceFor(name: string | null): Workspace {
    const { workspaces } = this.state;
    for (const workspace of workspaces.values())
      if (name === null || workspace.name === name) return workspace;
    const workspace = { id: workspaces.size + 1, name: name ?? 'default', lastSeq: 0, messages: [] };
    workspaces.set(workspace.id, workspace);
    return workspace;
  }

  private readFloor(workspaceId: WorkspaceId): number {
    const acked = this.state.devices
      .filter((device) => device.workspaceId === workspaceId)
      .map((device) => device.acked);
    return acked.length === 0 ? 0 : Math.min(...acked);
  }

  /** Removes from the oldest on while `obsolete` holds. */
  private remove(workspace: Workspace, obsolete: (message: StoredMessage) => boolean): number {
    let removed = 0;
    for (
      let oldest = workspace.messages[0];
      oldest !== undefined && obsolete(oldest);
      oldest = workspace.messages[0]
    ) {
      workspace.messages.shift();
      this.state.replayKeys.delete(oldest.replayKey);
      removed += 1;
    }
    return removed;
  }

  private bytes(): number {
    let bytes = 0;
    for (const workspace of this.state.workspaces.values())
      for (const message of workspace.messages) bytes += message.body.length;
    return bytes;
  }
}
