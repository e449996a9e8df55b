import { randomBytes } from 'node:crypto';
import type { AppErrorData } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { hashOf } from './attempts';
import type { Grant } from './authorizers';
import { CODES } from './collections';
import { SealedDocuments, type Sealed } from './sealed-documents';

/** Seconds after which a relay that redeems counts as dead: longer than its calls of WeChat take. */
const HOLD_SECONDS = 40;

/** What is known of a code from where it came. */
export interface CodeSource {
  /** The attempt whose redirect or pre-authorization code it came with. */
  readonly attemptId: string | null;
  /** From WeChat's signed event; null from a redirect. */
  readonly event: {
    readonly appid: string;
    readonly type: 'authorized' | 'updateauthorized';
    readonly at: UnixSeconds;
  } | null;
  /** When WeChat stops to accept it. */
  readonly expiresAt: UnixSeconds;
}

interface Plain extends CodeSource {
  /** `pending`: to be redeemed. `redeemed`: its grant is to be recorded. */
  readonly state: 'pending' | 'redeemed' | 'done' | 'failed';
  readonly seenAt: UnixSeconds;
  /** Which relay works on it, and until when nobody else does. */
  readonly holder: string | null;
  readonly until: UnixSeconds;
  /** How often a relay began to work on it. */
  readonly tries: number;
  /** Account that it was for, once known. */
  readonly appid: string | null;
  readonly permissionSets: readonly number[];
  readonly error: AppErrorData | null;
}

interface Secrets {
  /** Empty once redeemed. */
  readonly code: string;
  /** What WeChat answered, until it is recorded. */
  readonly grant: Grant | null;
}

export type CodeRecord = Sealed<Plain, Secrets>;

/** A code that this process works on. */
export interface Job {
  readonly hash: string;
  readonly holder: string;
  readonly record: CodeRecord;
}

/** Authorization codes and what became of them: each is redeemed by one relay, once. */
export class CodeStore {
  private readonly documents: SealedDocuments<Plain, Secrets>;

  constructor(
    store: RelayStore,
    box: SealedBox,
    private readonly clock: Clock,
  ) {
    this.documents = new SealedDocuments(store, box, CODES);
  }

  /**
   * Makes the code durable, or adds what is new about it; returns its hash. The first to come decides nothing but the
   * beginning: redirect and event end in one record.
   */
  async offer(code: string, source: CodeSource): Promise<string> {
    const hash = hashOf(code);
    await this.documents.change(hash, (present) =>
      present === null ? this.first(code, source) : completed(present, source),
    );
    return hash;
  }

  find(hash: string): Promise<CodeRecord | null> {
    return this.documents.get(hash);
  }

  /** The code, for this process alone; null when it is settled or another one works on it. */
  async claim(hash: string): Promise<Job | null> {
    const holder = randomBytes(12).toString('hex');
    const now = this.clock.now();
    const record = await this.documents.change(hash, (present) => {
      if (present === null || isSettled(present.plain) || present.plain.until > now) return null;
      const { tries } = present.plain;
      return { ...present, plain: { ...present.plain, holder, until: now + HOLD_SECONDS, tries: tries + 1 } };
    });
    return record?.plain.holder === holder ? { hash, holder, record } : null;
  }

  /**
   * Stores what WeChat answered, also when another relay has taken over meanwhile: the answer cannot be had again. Null
   * when it is the other one's to go on.
   */
  async redeemed(job: Job, grant: Grant): Promise<CodeRecord | null> {
    const stored = await this.documents.change(job.hash, (present) =>
      present?.plain.state !== 'pending'
        ? null
        : {
            plain: {
              ...present.plain,
              state: 'redeemed',
              appid: grant.appid,
              permissionSets: grant.permissionSets,
            },
            secret: { code: '', grant },
          },
    );
    return stored?.plain.holder === job.holder ? stored : null;
  }

  /**
   * The end, unless something new about the code came after `seen` (its attempt, WeChat's event, or another relay's answer
   * from WeChat): then it is left open for the next look. Whether it is the end.
   */
  async settle(job: Job, seen: CodeRecord, error: AppErrorData | null): Promise<boolean> {
    const stored = await this.update(job, ({ plain, secret }) =>
      isSameSource(plain, seen.plain) && plain.state === seen.plain.state
        ? {
            plain: { ...plain, state: error === null ? 'done' : 'failed', holder: null, until: 0, error },
            secret: { code: '', grant: null },
          }
        : { plain: { ...plain, holder: null, until: 0 }, secret },
    );
    return stored !== null && isSettled(stored.plain);
  }

  /** Leaves the code for another try in `seconds`. */
  async postpone(job: Job, seconds: number): Promise<void> {
    await this.update(job, ({ plain, secret }) => ({
      plain: { ...plain, holder: null, until: this.clock.now() + seconds },
      secret,
    }));
  }

  /** Hashes of the codes that somebody must work on now. */
  async due(): Promise<readonly string[]> {
    const now = this.clock.now();
    return (await this.documents.list())
      .filter(({ plain }) => !isSettled(plain) && plain.until <= now)
      .map(({ key }) => key);
  }

  private first(code: string, source: CodeSource): CodeRecord {
    return {
      plain: {
        ...source,
        state: 'pending',
        seenAt: this.clock.now(),
        holder: null,
        until: 0,
        tries: 0,
        appid: null,
        permissionSets: [],
        error: null,
      },
      secret: { code, grant: null },
    };
  }

  /** Null as stored result when the job has been taken over. */
  private async update(job: Job, change: (record: CodeRecord) => CodeRecord): Promise<CodeRecord | null> {
    let mine = false;
    const stored = await this.documents.change(job.hash, (present) => {
      mine = present !== null && present.plain.holder === job.holder;
      return mine && present !== null ? change(present) : null;
    });
    return mine ? stored : null;
  }
}

export function isSettled({ state }: Plain): boolean {
  return state === 'done' || state === 'failed';
}

/**
 * With what the other source knows. A settled code is opened again for it: the attempt of one that was redeemed for nobody
 * turns up, or the event names the account of one that nobody could redeem.
 */
function completed(present: CodeRecord, source: CodeSource): CodeRecord | null {
  const { plain } = present;
  const attemptId = plain.attemptId ?? source.attemptId;
  const event = plain.event ?? source.event;
  if (isSameSource(plain, { attemptId, event })) return null;
  const again = { done: 'redeemed', failed: 'pending', pending: 'pending', redeemed: 'redeemed' } as const;
  const state = again[plain.state];
  // What waits for this news need not wait any longer.
  const until = plain.holder === null ? 0 : plain.until;
  return { ...present, plain: { ...plain, attemptId, event, state, until } };
}

function isSameSource(
  a: Pick<CodeSource, 'attemptId' | 'event'>,
  b: Pick<CodeSource, 'attemptId' | 'event'>,
): boolean {
  return a.attemptId === b.attemptId && (a.event === null) === (b.event === null);
}
