/** Customer-service workers (多客服) of an account, and who serves whom (messages.md §3). */

export const MAX_WORKERS = 100;
/** Seconds until an invitation that nobody answers ends; the pages give none. */
const INVITATION_LIVES = 24 * 3600;

export interface KfInvitation {
  readonly wechatId: string;
  readonly expiresAt: number;
  rejected: boolean;
}

export interface KfWorker {
  readonly account: string;
  nick: string;
  readonly id: string;
  /** null until somebody confirmed an invitation. */
  wechatId: string | null;
  invitation: KfInvitation | null;
  /** At the web console. */
  online: boolean;
}

export interface KfSession {
  readonly worker: string;
  readonly since: number;
}

export class WorkerBook {
  readonly #workers = new Map<string, KfWorker>();
  readonly #sessions = new Map<string, KfSession>();
  #nextId = 1001;

  constructor(readonly alias: string) {}

  list(): readonly KfWorker[] {
    return [...this.#workers.values()];
  }

  get(account: string): KfWorker | null {
    return this.#workers.get(account) ?? null;
  }

  add(account: string, nick: string): KfWorker {
    const worker: KfWorker = {
      ...{ account, nick, id: String(this.#nextId) },
      ...{ wechatId: null, invitation: null, online: false },
    };
    this.#nextId += 1;
    this.#workers.set(account, worker);
    return worker;
  }

  remove(account: string): void {
    this.#workers.delete(account);
    for (const [openid, session] of this.#sessions)
      if (session.worker === account) this.#sessions.delete(openid);
  }

  invite(worker: KfWorker, wechatId: string, now: number): void {
    worker.invitation = { wechatId, expiresAt: now + INVITATION_LIVES, rejected: false };
  }

  /** What the invited person does in WeChat. */
  answer(worker: KfWorker, accepts: boolean): void {
    const { invitation } = worker;
    if (invitation === null) return;
    if (!accepts) {
      invitation.rejected = true;
      return;
    }
    worker.wechatId = invitation.wechatId;
    worker.invitation = null;
  }

  boundTo(wechatId: string): KfWorker | null {
    return this.list().find((worker) => worker.wechatId === wechatId) ?? null;
  }

  sessionOf(openid: string): KfSession | null {
    return this.#sessions.get(openid) ?? null;
  }

  open(openid: string, worker: string, now: number): void {
    this.#sessions.set(openid, { worker, since: now });
  }

  close(openid: string): void {
    this.#sessions.delete(openid);
  }
}
