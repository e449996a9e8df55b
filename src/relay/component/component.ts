import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import type { componentResponse, profileResponse } from '#shared/relay/protocol';
import {
  authorizationPageUrl,
  createPreAuthCode,
  getAuthorizerOption,
  setAuthorizerOption,
  type AuthorizerOption,
} from '#wechat/api/component';
import type { ComponentCall } from '#wechat/api/component-call';
import { sealReply } from '#wechat/callback/callback';
import type { ComponentAccount } from '../callback/opened-push';
import type { SealedBox } from '../secrets/sealed-box';
import type { Accounts } from '../state/accounts';
import type { RelayStore, StoredItem, WorkspaceId } from '../store/port';
import { Attempts } from './attempts';
import { AuthorizerTokenSource, type Lease } from './authorizer-tokens';
import { Authorizers } from './authorizers';
import { CodeStore } from './code-store';
import { ComponentTokens } from './component-token';
import { describeAuthorizer } from './describe';
import { Locks } from './locks';
import { Platform, type PlatformKeys } from './platform';
import { PlatformEvents } from './platform-events';
import { openPlatformPush, type RawPush } from './platform-push';
import { OwnerCache } from './owner-cache';
import { present, type Presented } from './present';
import { Redeemer } from './redeemer';
import { ReleaseCheck } from './release-check';
import { TicketStore } from './ticket-store';

/** Milliseconds between two looks at what is left to do. */
const SWEEP_MS = 5_000;

export interface ComponentDeps {
  readonly store: RelayStore;
  readonly box: SealedBox;
  readonly clock: Clock;
  readonly log: Logger;
  readonly accounts: Accounts;
  /** Of WeChat's API: `WECHAT_ORIGIN`, or the simulator's. */
  readonly wechatOrigin: string;
  /** Of WeChat's authorization pages: `AUTHORIZATION_PAGE_ORIGIN`, or the simulator's. */
  readonly pageOrigin: string;
  /** Where browsers reach the relay: the domain of 授权发起页域名. */
  readonly publicOrigin: () => string;
  /** Seconds a push's timestamp may differ from the clock. */
  readonly timestampWindow: number;
}

/**
 * The operator's third-party platform (第三方平台), as the rest of the relay sees it. Any number of relays may run over one
 * store: every decision is made where it is stored. Without credentials (`setPlatform`) it answers `relay/no-component`.
 */
export class Component {
  readonly attempts: Attempts;
  readonly redeemer: Redeemer;
  private readonly platform: Platform;
  private readonly tickets: TicketStore;
  private readonly tokens: ComponentTokens;
  private readonly authorizers: Authorizers;
  private readonly authorizerTokens: AuthorizerTokenSource;
  private readonly events: PlatformEvents;
  private readonly check: ReleaseCheck;
  private readonly call: ComponentCall;
  private readonly owners: OwnerCache;
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly deps: ComponentDeps) {
    const { store, box, clock, log, accounts, timestampWindow } = deps;
    const call = { origin: deps.wechatOrigin, logger: log };
    const messageLog = store.log;
    const locks = new Locks(store, clock);
    const codes = new CodeStore(store, box, clock);
    this.call = call;
    this.platform = new Platform(store, box);
    this.tickets = new TicketStore(store, box);
    this.attempts = new Attempts(store, box, clock);
    this.authorizers = new Authorizers(store, box);
    this.owners = new OwnerCache(accounts, this.authorizers);
    const { platform, tickets, attempts, authorizers } = this;
    const component = new ComponentTokens({ store, box, clock, log, call, locks, platform, tickets });
    this.tokens = component;
    const tokens = new AuthorizerTokenSource({
      ...{ clock, log, call, locks, component, authorizers, accounts, messageLog },
    });
    this.authorizerTokens = tokens;
    const redeemer = new Redeemer({
      ...{ clock, log, call, component, codes, attempts, authorizers, tokens, accounts, messageLog },
    });
    this.redeemer = redeemer;
    this.events = new PlatformEvents({
      clock,
      log,
      timestampWindow,
      platform,
      tickets,
      attempts,
      redeemer,
      tokens,
    });
    this.check = new ReleaseCheck({ store, clock, log, call, redeemer, tokens });
  }

  /** Begins to follow up what other relays left unfinished, and to ask for tickets that do not come. */
  start(): void {
    const next = (): void => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    };
    next();
    this.timer ??= setInterval(next, SWEEP_MS);
  }

  /** Finishes what is under way. */
  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.sweeping;
    await this.check.idle();
    await this.redeemer.idle();
  }

  /** One round of what `start` repeats; failures are logged, and the next round tries again. */
  async sweep(): Promise<void> {
    try {
      if ((await this.platform.keys()) === null) return;
      await this.tokens.askForTickets();
      await this.redeemer.sweep();
    } catch (error) {
      this.deps.log.warn('component-sweep-failed', { error });
    }
  }

  /** What checks and opens pushes to `/wx/component/$APPID$/callback`; null without a platform. */
  keys(): Promise<PlatformKeys | null> {
    return this.platform.keys();
  }

  /** See `PlatformEvents.handle`. */
  handleEvent(push: RawPush): Promise<string> {
    return this.events.handle(push);
  }

  /**
   * The account as its callbacks need it; null when no workspace has it in component mode, or there is no platform. What was
   * found lately also serves while the store does not answer.
   */
  async findByAppid(appid: string): Promise<ComponentAccount | null> {
    const [keys, owned] = await Promise.all([this.platform.keys(), this.owners.of(appid)]);
    if (keys === null || owned === null) return null;
    const { token, encodingAESKey, previousEncodingAESKey, componentAppid } = keys;
    return {
      appid,
      ...owned,
      key: appid,
      mode: 'component',
      token,
      encodingAESKey,
      previousEncodingAESKey,
      envelopeAppid: componentAppid,
    };
  }

  /**
   * Answers a push to `/wx/component/$APPID$/callback` for an account that no workspace has: WeChat's own checks before a
   * release, and otherwise messages to accounts that authorized the platform and were then removed here. These are dropped
   * with `success`, since a refusal would tell the customer that the account is broken.
   * @throws AppError `relay/unknown-callback` without a platform, and those of `openPlatformPush`
   */
  async takeUnowned(push: RawPush): Promise<string> {
    const keys = await this.platform.keys();
    if (keys === null || push.method !== 'POST') throw new AppError({ code: 'relay/unknown-callback' });
    const now = this.deps.clock.now();
    const { timestampWindow } = this.deps;
    const { message, encodingAESKey } = openPlatformPush(push, keys, { now, timestampWindow });
    const answer = await this.check.answer(message);
    if (answer === null) return 'success';
    if (answer.reply === null) return '';
    const { token, componentAppid: appid } = keys;
    return sealReply({ token, encodingAESKey, appid, message: answer.reply, timestamp: now });
  }

  /** See `present`. */
  present(item: StoredItem): Promise<Presented> {
    return present(item, this.platform);
  }

  async status(): Promise<typeof componentResponse._output> {
    const keys = await this.platform.keys();
    if (keys === null) return { available: false, componentAppid: null, ready: false };
    const { componentAppid } = keys;
    return { available: true, componentAppid, ready: await this.tickets.hasAny(componentAppid) };
  }

  /** @throws AppError `relay/no-component`, `relay/component-not-ready` */
  async requireReady(): Promise<void> {
    const { available, ready } = await this.status();
    if (!available) throw new AppError({ code: 'relay/no-component' });
    if (!ready) throw new AppError({ code: 'relay/component-not-ready', retryable: true });
  }

  startUrl(attemptId: string): string {
    return `${this.deps.publicOrigin()}/authorize/${attemptId}`;
  }

  /** The address of WeChat's page for an attempt, opening it; null when the attempt is not open any more. */
  async continueAt(attemptId: string): Promise<string | null> {
    const attempt = await this.attempts.find(attemptId);
    if (attempt === null) return null;
    const { componentAppid } = await this.platform.credentials();
    const preAuthCode = await this.attempts.open(attemptId, () =>
      this.tokens.run((own) => createPreAuthCode(this.call, own)),
    );
    if (preAuthCode === null) return null;
    return authorizationPageUrl(this.deps.pageOrigin, {
      componentAppid,
      preAuthCode,
      redirectUri: `${this.startUrl(attemptId)}/return`,
      ...(attempt.requestedAppid === null ? {} : { bizAppid: attempt.requestedAppid }),
      ...(attempt.requestedSets === null ? {} : { permissionSets: attempt.requestedSets }),
    }).href;
  }

  isAuthorized(appid: string): Promise<boolean> {
    return this.authorizers.isAuthorized(appid);
  }

  /**
   * A short-lived token of an account that the workspace has in component mode. `refused` is a token of it that WeChat called
   * dead.
   * @throws AppError `relay/unknown-account`, and those of `AuthorizerTokenSource.lease`
   */
  async lease(workspaceId: WorkspaceId, appid: string, refused: string | null): Promise<Lease> {
    await this.requireOwn(workspaceId, appid);
    return this.authorizerTokens.lease(appid, refused);
  }

  /**
   * The account as WeChat describes it, without tokens.
   * @throws AppError `relay/unknown-account`, `relay/not-official-account` for a mini program, and what WeChat answers
   */
  async profile(workspaceId: WorkspaceId, appid: string): Promise<typeof profileResponse._output> {
    await this.requireOwn(workspaceId, appid);
    const { call, tokens: component, authorizers } = this;
    const { info, permissionSets } = await this.noticingCancellation(appid, () =>
      describeAuthorizer({ call, component, authorizers }, appid),
    );
    return { info: { ...info }, permissionSets: [...permissionSets] };
  }

  /** @throws AppError `relay/unknown-account` and what WeChat answers */
  async option(workspaceId: WorkspaceId, appid: string, name: AuthorizerOption): Promise<string> {
    await this.requireOwn(workspaceId, appid);
    return this.noticingCancellation(appid, () =>
      this.tokens.run((own) => getAuthorizerOption(this.call, own, appid, name)),
    );
  }

  /** As `option`. */
  async setOption(
    workspaceId: WorkspaceId,
    appid: string,
    name: AuthorizerOption,
    value: string,
  ): Promise<void> {
    await this.requireOwn(workspaceId, appid);
    await this.noticingCancellation(appid, () =>
      this.tokens.run((own) => setAuthorizerOption(this.call, own, appid, name, value)),
    );
  }

  /**
   * Forgets an account's tokens after its workspace has removed it. The authorization itself stands until the administrator
   * cancels it at mp.weixin.qq.com: WeChat has no call for that.
   */
  async forget(appid: string): Promise<void> {
    this.owners.forget(appid);
    if ((await this.deps.accounts.find(appid)) === null) await this.authorizers.forget(appid);
  }

  private async requireOwn(workspaceId: WorkspaceId, appid: string): Promise<void> {
    const account = await this.deps.accounts.find(appid);
    if (account?.workspaceId !== workspaceId || account.mode !== 'component')
      throw new AppError({ code: 'relay/unknown-account' });
  }

  /** 61003 is WeChat's word that the administrator has cancelled, whether or not the event came. */
  private async noticingCancellation<T>(appid: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AppError && error.data.errcode === 61003)) throw error;
      await this.authorizerTokens.cancelled(appid, null);
      throw new AppError({ code: 'relay/not-authorized' }, { cause: error });
    }
  }
}
