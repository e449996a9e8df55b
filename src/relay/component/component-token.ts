import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import {
  fetchComponentToken,
  isComponentTokenError,
  startPushTicket,
  type ComponentAccessToken,
} from '#wechat/api/component';
import type { ComponentCall, ComponentToken } from '#wechat/api/component-call';
import { WeChatError } from '#wechat/errors';
import { NetworkError } from '#wechat/http';
import type { SealedBox } from '../secrets/sealed-box';
import type { RelayStore } from '../store/port';
import { TOKENS } from './collections';
import type { Locks } from './locks';
import type { Platform } from './platform';
import { SealedDocuments } from './sealed-documents';
import type { TicketStore } from './ticket-store';

/** Renewing this long before the end, seconds: at 1 h 50 min of two hours. */
const RENEW_BEFORE = 600;
/** Seconds of remaining life below which a token is not used any more. */
const TOO_SHORT = 30;
/** Expired, invalid and wrong tickets: another ticket may do. */
const TICKET_ERRCODES: ReadonlySet<number> = new Set([61005, 61006, 40091, 40094]);

interface Plain {
  readonly expiresAt: UnixSeconds;
}

interface Secrets {
  readonly token: string;
}

export interface ComponentTokensDeps {
  readonly store: RelayStore;
  readonly box: SealedBox;
  readonly clock: Clock;
  readonly log: Logger;
  readonly call: ComponentCall;
  readonly locks: Locks;
  readonly platform: Platform;
  readonly tickets: TicketStore;
}

/** The component_access_token of all relays together: WeChat limits how often it is asked for one (45009). */
export class ComponentTokens {
  private readonly documents: SealedDocuments<Plain, Secrets>;

  constructor(private readonly deps: ComponentTokensDeps) {
    this.documents = new SealedDocuments(deps.store, deps.box, TOKENS);
  }

  /**
   * Runs a call in the component's name; once more with a fresh token when WeChat says that the token is dead.
   * @throws AppError `relay/no-component`, `relay/component-not-ready` and what the call throws
   */
  async run<T>(call: (component: ComponentToken) => Promise<T>): Promise<T> {
    const component = await this.get();
    try {
      return await call(component);
    } catch (error) {
      if (!isComponentTokenError(error)) throw error;
      await this.drop(component);
      return call(await this.get());
    }
  }

  /** Asks WeChat for tickets when none has come for hours, at most once an hour. */
  async askForTickets(): Promise<void> {
    const { platform, tickets, clock } = this.deps;
    const keys = await platform.keys();
    if (keys === null) return;
    if (await tickets.areMissing(keys.componentAppid, clock.now())) await this.startPush();
  }

  private async get(): Promise<ComponentToken> {
    const { platform, locks, clock } = this.deps;
    const { componentAppid } = await platform.credentials();
    const living = async (atLeast: number): Promise<string | null> => {
      const found = await this.documents.get(componentAppid);
      return found !== null && found.plain.expiresAt - clock.now() > atLeast ? found.secret.token : null;
    };
    const fresh = (): Promise<string | null> => living(RENEW_BEFORE);
    const token =
      (await fresh()) ??
      (await this.renewEarly(componentAppid, fresh, () => living(TOO_SHORT))) ??
      (await locks.once(lockOf(componentAppid), fresh, () => this.fetch(componentAppid)));
    return { componentAppid, componentAccessToken: token };
  }

  /**
   * Renews a token that still lives: nobody waits for it, and when it fails the living one serves on. Null when none lives.
   */
  private async renewEarly(
    componentAppid: string,
    fresh: () => Promise<string | null>,
    living: () => Promise<string | null>,
  ): Promise<string | null> {
    const present = await living();
    if (present === null) return null;
    const giveBack = await this.deps.locks.take(lockOf(componentAppid));
    if (giveBack === null) return present;
    try {
      return (await fresh()) ?? (await this.fetch(componentAppid));
    } catch (error) {
      if (!isTransient(error)) throw error;
      this.deps.log.warn('component-renewal-postponed', { errorCode: error.code });
      return present;
    } finally {
      await giveBack();
    }
  }

  private async fetch(componentAppid: string): Promise<string> {
    const askedAt = this.deps.clock.now();
    const { componentAccessToken: token, expiresIn } = await this.fetchWithTickets(componentAppid);
    await this.documents.change(componentAppid, () => ({
      plain: { expiresAt: askedAt + expiresIn },
      secret: { token },
    }));
    this.deps.log.info('component-renewed', { expiresIn });
    return token;
  }

  /** With the newest ticket, and when WeChat refuses that with the one before. */
  private async fetchWithTickets(componentAppid: string): Promise<ComponentAccessToken> {
    const { platform, tickets, call, log } = this.deps;
    const credentials = await platform.credentials();
    const tried = new Set<string>();
    for (;;) {
      // Read anew each time: the refused one may have been replaced meanwhile.
      const ticket = (await tickets.usable(componentAppid)).find((each) => !tried.has(each));
      if (ticket === undefined) break;
      tried.add(ticket);
      try {
        return await fetchComponentToken(call, { ...credentials, ticket });
      } catch (error) {
        if (!(error instanceof WeChatError && TICKET_ERRCODES.has(error.errcode))) throw error;
        log.warn('component-ticket-refused', { errcode: error.errcode });
      }
    }
    await this.startPush();
    throw new AppError({ code: 'relay/component-not-ready', retryable: true });
  }

  private async startPush(): Promise<void> {
    const { platform, tickets, clock, call, log } = this.deps;
    const credentials = await platform.credentials();
    const { componentAppid } = credentials;
    if (!(await tickets.claimAsking(componentAppid, clock.now()))) return;
    log.warn('component-tickets-requested');
    try {
      await startPushTicket(call, credentials);
    } catch (error) {
      await tickets.askingFailed(componentAppid, clock.now());
      throw error;
    }
  }

  /** Forgets a token that WeChat refused, unless another one has taken its place meanwhile. */
  private async drop({ componentAppid, componentAccessToken }: ComponentToken): Promise<void> {
    await this.documents.change(componentAppid, (present) =>
      present?.secret.token === componentAccessToken
        ? { plain: { expiresAt: 0 }, secret: { token: '' } }
        : null,
    );
  }
}

function lockOf(componentAppid: string): string {
  return `component.${componentAppid}`;
}

/** Whether the same request may succeed later without anybody doing anything. */
export function isTransient(error: unknown): error is AppError {
  if (error instanceof WeChatError) return error.retryable;
  return error instanceof NetworkError || (error instanceof AppError && error.data.retryable === true);
}
