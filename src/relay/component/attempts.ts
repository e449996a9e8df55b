import { createHash, randomBytes } from 'node:crypto';
import { AppError, type AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { AuthorizationView } from '#shared/relay/protocol';
import type { SealedBox } from '../secrets/sealed-box';
import { Documents } from '../state/documents';
import type { RelayStore, WorkspaceId } from '../store/port';
import { ATTEMPTS, PRE_AUTH_CODES } from './collections';
import { SealedDocuments, type Sealed } from './sealed-documents';

/** Seconds in which the start page has to be opened. From then on the life of WeChat's pre-authorization code counts. */
const TIME_TO_OPEN = 1_800;
/** A pre-authorization code that has less than this many seconds left is not shown again. */
const TIME_TO_SCAN = 120;

type State = AuthorizationView['state'];

interface Plain {
  readonly workspaceId: WorkspaceId;
  /** Name of the device that began it, for the start page. */
  readonly device: string;
  readonly requestedAppid: string | null;
  readonly requestedSets: readonly number[] | null;
  readonly state: State;
  readonly expiresAt: UnixSeconds;
  /** Hash of the authorization code that decides it; null before WeChat has confirmed. */
  readonly codeHash: string | null;
  readonly appid: string | null;
  readonly permissionSets: readonly number[];
  readonly error: AuthorizationView['error'];
}

interface Secrets {
  readonly preAuthCode: string | null;
}

export type Attempt = Plain & { readonly id: string };

export type AttemptResult =
  { readonly appid: string; readonly permissionSets: readonly number[] } | { readonly error: AppErrorData };

export interface AttemptRequest {
  readonly workspaceId: WorkspaceId;
  readonly device: string;
  readonly appid: string | null;
  readonly permissionSets: readonly number[] | null;
}

/** Attempts of desktops to have an account authorized, each known by an id that cannot be guessed. */
export class Attempts {
  private readonly documents: SealedDocuments<Plain, Secrets>;
  private readonly byPreAuthCode: Documents<{ readonly attemptId: string }>;
  private readonly listeners = new Set<(id: string) => void>();

  constructor(
    store: RelayStore,
    box: SealedBox,
    private readonly clock: Clock,
  ) {
    this.documents = new SealedDocuments(store, box, ATTEMPTS);
    this.byPreAuthCode = new Documents(store, PRE_AUTH_CODES);
  }

  async begin(request: AttemptRequest): Promise<Attempt> {
    const id = randomBytes(24).toString('base64url');
    const plain: Plain = {
      workspaceId: request.workspaceId,
      device: request.device,
      requestedAppid: request.appid,
      requestedSets: request.permissionSets,
      state: 'waiting',
      expiresAt: this.clock.now() + TIME_TO_OPEN,
      codeHash: null,
      appid: null,
      permissionSets: [],
      error: null,
    };
    await this.documents.create(id, { plain, secret: { preAuthCode: null } });
    return { id, ...plain };
  }

  /** Null for an id that never was or is long over. */
  async find(id: string): Promise<Attempt | null> {
    const plain = await this.documents.plain(id);
    return plain === null ? null : { id, ...plain, state: this.stateOf(plain) };
  }

  /** The attempt that a pre-authorization code was made for; null for one that is not ours. */
  async idOf(preAuthCode: string): Promise<string | null> {
    return (await this.byPreAuthCode.get(hashOf(preAuthCode)))?.value.attemptId ?? null;
  }

  /**
   * The pre-authorization code to continue with, made by `create` when the page is opened first or the one before is nearly
   * over; null when the attempt is not open any more. However often the page is opened, one code is used while it lives.
   */
  async open(
    id: string,
    create: () => Promise<{ readonly preAuthCode: string; readonly expiresIn: number }>,
  ): Promise<string | null> {
    const present = await this.documents.get(id);
    if (present === null || !this.isOpen(present.plain)) return null;
    const usable = this.usableCode(present);
    if (usable !== null) return usable;
    const now = this.clock.now();
    const { preAuthCode, expiresIn } = await create();
    // The way back first: WeChat's event may come from whichever code was on screen.
    await this.byPreAuthCode.create(hashOf(preAuthCode), { attemptId: id });
    const stored = await this.change(id, (current) => {
      if (!this.isOpen(current.plain) || this.usableCode(current) !== null) return null;
      return {
        plain: { ...current.plain, state: 'opened', expiresAt: now + expiresIn },
        secret: { preAuthCode },
      };
    });
    return stored === null || !this.isOpen(stored.plain) ? null : stored.secret.preAuthCode;
  }

  /**
   * WeChat has confirmed, and this code decides the attempt: also when that took longer than the attempt's time. False when
   * it was cancelled, another code was first, or this one has failed.
   */
  async redeeming(id: string, codeHash: string): Promise<boolean> {
    const stored = await this.change(id, (current) => {
      const { state } = current.plain;
      if (state !== 'waiting' && state !== 'opened') return null;
      return { ...current, plain: { ...current.plain, state: 'redeeming', codeHash } };
    });
    return stored?.plain.codeHash === codeHash && stored.plain.state !== 'failed';
  }

  /** The end of an attempt by the code that decides it; a second end changes nothing. */
  async finish(id: string, codeHash: string, result: AttemptResult): Promise<void> {
    await this.change(id, ({ plain }) => {
      if (plain.state !== 'redeeming' || plain.codeHash !== codeHash) return null;
      const secret = { preAuthCode: null };
      return 'error' in result
        ? { plain: { ...plain, state: 'failed', error: errorView(result.error) }, secret }
        : { plain: { ...plain, ...result, state: 'done' }, secret };
    });
  }

  /** The desktop does not want it any more. What WeChat has confirmed already takes its course. */
  async cancel(id: string): Promise<void> {
    await this.change(id, ({ plain }) =>
      this.isOpen(plain) ? { plain: { ...plain, state: 'cancelled' }, secret: { preAuthCode: null } } : null,
    );
  }

  /** Tells of changes that this process makes; those of other relays are found by looking. Returns the disposer. */
  onChange(listener: (id: string) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private async change(
    id: string,
    change: (current: Sealed<Plain, Secrets>) => Sealed<Plain, Secrets> | null,
  ): Promise<Sealed<Plain, Secrets> | null> {
    const stored = await this.documents.change(id, (current) => (current === null ? null : change(current)));
    for (const listener of this.listeners) listener(id);
    return stored;
  }

  private usableCode({ plain, secret }: Sealed<Plain, Secrets>): string | null {
    return plain.expiresAt - this.clock.now() >= TIME_TO_SCAN ? secret.preAuthCode : null;
  }

  private isOpen(plain: Plain): boolean {
    return ['waiting', 'opened'].includes(this.stateOf(plain));
  }

  private stateOf({ state, expiresAt }: Plain): State {
    const open = state === 'waiting' || state === 'opened';
    return open && this.clock.now() >= expiresAt ? 'expired' : state;
  }
}

/** What the desktop is shown of an attempt. */
export function viewOf(attempt: Attempt, startUrl: string): AuthorizationView {
  const { id, state, expiresAt, appid, permissionSets, error } = attempt;
  return { id, startUrl, state, expiresAt, appid, permissionSets: [...permissionSets], error };
}

function errorView({ code, errcode }: AppErrorData): AuthorizationView['error'] {
  return errcode === undefined ? { code } : { code, errcode };
}

/** Names a code without holding it. */
export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** @throws AppError `relay/unknown-authorization` unless the attempt is one of this workspace */
export function ownAttempt(attempt: Attempt | null, workspaceId: WorkspaceId): Attempt {
  if (attempt?.workspaceId !== workspaceId) throw new AppError({ code: 'relay/unknown-authorization' });
  return attempt;
}
