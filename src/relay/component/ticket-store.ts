import type { UnixSeconds } from '#shared/domain/clock';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { TICKETS } from './collections';
import { SealedDocuments, type Sealed } from './sealed-documents';

interface Plain {
  /** `CreateTime` of the newest ticket, by WeChat's clock; null before the first. */
  readonly newestAt: UnixSeconds | null;
  readonly previousAt: UnixSeconds | null;
  /** When the newest came here. */
  readonly receivedAt: UnixSeconds | null;
  /** When WeChat was asked for tickets. */
  readonly askedAt: UnixSeconds | null;
}

interface Secrets {
  readonly newest: string | null;
  readonly previous: string | null;
}

type Tickets = Sealed<Plain, Secrets>;

const NONE: Tickets = {
  plain: { newestAt: null, previousAt: null, receivedAt: null, askedAt: null },
  secret: { newest: null, previous: null },
};

/** Seconds without a ticket after which WeChat is asked for them; one comes every ten minutes. */
const SILENCE = 3 * 60 * 60;
/** Seconds between two such requests of all relays together. */
const ASK_EVERY = 60 * 60;
/** The same after one that failed. */
const ASK_AGAIN = 60;

/**
 * The `component_verify_ticket`s: the newest and the one before, since each stays usable for twelve hours and a lost or
 * damaged push must do no harm.
 */
export class TicketStore {
  private readonly documents: SealedDocuments<Plain, Secrets>;

  constructor(store: RelayStore, box: SealedBox) {
    this.documents = new SealedDocuments(store, box, TICKETS);
  }

  /** Durable when it resolves. A ticket that came before changes nothing; an older one never replaces a newer. */
  async save(
    componentAppid: string,
    ticket: string,
    createdAt: UnixSeconds,
    now: UnixSeconds,
  ): Promise<void> {
    await this.documents.change(componentAppid, (present) => {
      const { plain, secret } = present ?? NONE;
      if (ticket === secret.newest || ticket === secret.previous) return null;
      if (plain.newestAt === null || createdAt >= plain.newestAt)
        return {
          plain: { ...plain, newestAt: createdAt, previousAt: plain.newestAt, receivedAt: now },
          secret: { newest: ticket, previous: secret.newest },
        };
      if (plain.previousAt !== null && createdAt <= plain.previousAt) return null;
      return { plain: { ...plain, previousAt: createdAt }, secret: { ...secret, previous: ticket } };
    });
  }

  /** The newest first. */
  async usable(componentAppid: string): Promise<readonly string[]> {
    const found = await this.documents.get(componentAppid);
    const { newest, previous } = (found ?? NONE).secret;
    return [newest, previous].filter((ticket) => ticket !== null);
  }

  async hasAny(componentAppid: string): Promise<boolean> {
    return ((await this.documents.plain(componentAppid))?.newestAt ?? null) !== null;
  }

  /** Whether none came for hours. */
  async areMissing(componentAppid: string, now: UnixSeconds): Promise<boolean> {
    const receivedAt = (await this.documents.plain(componentAppid))?.receivedAt ?? null;
    return receivedAt === null || now - receivedAt > SILENCE;
  }

  /** Whether the caller, of all relays, is the one to ask WeChat for tickets now. */
  async claimAsking(componentAppid: string, now: UnixSeconds): Promise<boolean> {
    let mine = false;
    await this.documents.change(componentAppid, (present) => {
      const { plain, secret } = present ?? NONE;
      mine = plain.askedAt === null || now - plain.askedAt >= ASK_EVERY;
      return mine ? { plain: { ...plain, askedAt: now }, secret } : null;
    });
    return mine;
  }

  /** Lets the next request come soon: the one that was claimed did not reach WeChat. */
  async askingFailed(componentAppid: string, now: UnixSeconds): Promise<void> {
    await this.documents.change(componentAppid, (present) => {
      if (present === null) return null;
      return { ...present, plain: { ...present.plain, askedAt: now - ASK_EVERY + ASK_AGAIN } };
    });
  }
}
