import { AppError } from '#shared/app-error';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { AUTHORIZERS_PER_PAGE, getAuthorizerList, refreshAuthorizerToken } from '#wechat/api/component';
import type { ComponentCall } from '#wechat/api/component-call';
import { WeChatError } from '#wechat/errors';
import type { Accounts } from '../state/accounts';
import type { MessageLog } from '../store/port';
import type { Authorizer, Authorizers } from './authorizers';
import { isTransient, type ComponentTokens } from './component-token';
import type { Locks } from './locks';
import { notify } from './notices';

/** A leased token has at least this long to live, seconds: the desktop asks again five minutes before the end. */
const RENEW_BEFORE = 600;
/** Seconds of remaining life below which a token is not given away. */
const TOO_SHORT = 60;
/** Seconds in which a token that is said to be dead is not renewed again: WeChat limits renewals. */
const RENEW_AGAIN_AFTER = 60;

const NOT_AUTHORIZED = 61003;
const REFRESH_TOKEN_INVALID = 61023;

export interface Lease {
  readonly accessToken: string;
  readonly expiresAt: UnixSeconds;
}

export interface AuthorizerTokensDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly call: ComponentCall;
  readonly locks: Locks;
  readonly component: ComponentTokens;
  readonly authorizers: Authorizers;
  readonly accounts: Accounts;
  readonly messageLog: MessageLog;
}

/** The access tokens of authorizers: renewed by one relay at a time, never lost, given away for their short life only. */
export class AuthorizerTokenSource {
  constructor(private readonly deps: AuthorizerTokensDeps) {}

  /**
   * A token that lives for some minutes at least. `refused` is one that WeChat called dead: another is given then.
   * @throws AppError `relay/not-authorized` when the account has cancelled, `relay/busy`, and what WeChat answers
   */
  async lease(appid: string, refused: string | null = null): Promise<Lease> {
    const { locks, authorizers, clock } = this.deps;
    const living = (authorizer: Authorizer | null, atLeast: number): Lease | null => {
      if (authorizer === null) return null;
      const { accessExpiresAt: expiresAt, renewedAt, authorized } = authorizer.plain;
      if (!authorized) throw new AppError({ code: 'relay/not-authorized' });
      const { accessToken } = authorizer.secret;
      if (accessToken === null || expiresAt - clock.now() <= atLeast) return null;
      const dead = accessToken === refused && clock.now() - renewedAt >= RENEW_AGAIN_AFTER;
      return dead ? null : { accessToken, expiresAt };
    };
    const fresh = async (): Promise<Lease | null> => living(await authorizers.get(appid), RENEW_BEFORE);
    try {
      return await locks.once(`authorizer.${appid}`, fresh, () => this.renew(appid));
    } catch (error) {
      const present = isTransient(error) ? living(await authorizers.get(appid), TOO_SHORT) : null;
      if (present === null) throw error;
      this.deps.log.warn('authorizer-renewal-postponed', { appid });
      return present;
    }
  }

  /** The refresh token that WeChat's list has for the account; null when it is not on the list. */
  async refreshTokenOnList(appid: string): Promise<string | null> {
    const { component, call } = this.deps;
    for (let offset = 0; ; offset += AUTHORIZERS_PER_PAGE) {
      const page = await component.run((token) =>
        getAuthorizerList(call, token, { offset, count: AUTHORIZERS_PER_PAGE }),
      );
      const entry = page.authorizers.find((each) => each.appid === appid);
      if (entry !== undefined) return entry.refreshToken;
      if (page.authorizers.length === 0 || offset + page.authorizers.length >= page.total) return null;
    }
  }

  /** Drops the tokens of an account that has cancelled and tells its owner; see `Authorizers.unauthorized` for `at`. */
  async cancelled(appid: string, at: UnixSeconds | null): Promise<void> {
    const { authorizers, accounts, messageLog, clock, log } = this.deps;
    const before = await authorizers.unauthorized(appid, at);
    if (before === null) return;
    log.warn('authorization-cancelled', { appid });
    await notify(
      { accounts, log: messageLog, clock },
      { type: 'unauthorized', appid },
      before.codeHash ?? String(before.renewedAt),
    );
  }

  private async renew(appid: string): Promise<Lease> {
    const { authorizers } = this.deps;
    const stored = (await authorizers.get(appid))?.secret.refreshToken ?? (await this.repair(appid));
    try {
      return await this.renewWith(appid, stored).catch(async (error: unknown) => {
        if (!isErrcode(error, REFRESH_TOKEN_INVALID)) throw error;
        return this.renewWith(appid, await this.repair(appid));
      });
    } catch (error) {
      if (!isErrcode(error, NOT_AUTHORIZED)) throw error;
      await this.cancelled(appid, null);
      throw new AppError({ code: 'relay/not-authorized' }, { cause: error });
    }
  }

  private async renewWith(appid: string, refreshToken: string): Promise<Lease> {
    const { component, call, authorizers, clock } = this.deps;
    const askedAt = clock.now();
    const tokens = await component.run((own) => refreshAuthorizerToken(call, own, { appid, refreshToken }));
    // Stored before anybody uses it: the refresh token before it may be dead by now.
    const stored = await authorizers.renewed(appid, refreshToken, tokens, askedAt);
    if (stored === null || !stored.plain.authorized) throw new AppError({ code: 'relay/not-authorized' });
    const { accessToken } = stored.secret;
    return accessToken === null
      ? { accessToken: tokens.accessToken, expiresAt: askedAt + tokens.expiresIn }
      : { accessToken, expiresAt: stored.plain.accessExpiresAt };
  }

  /** Reads a lost refresh token again; an account that is not on the list has cancelled. */
  private async repair(appid: string): Promise<string> {
    const refreshToken = await this.refreshTokenOnList(appid);
    if (refreshToken === null) {
      await this.cancelled(appid, null);
      throw new AppError({ code: 'relay/not-authorized' });
    }
    this.deps.log.warn('authorizer-repaired-from-list', { appid });
    await this.deps.authorizers.repaired(appid, refreshToken);
    return refreshToken;
  }
}

function isErrcode(error: unknown, errcode: number): error is WeChatError {
  return error instanceof WeChatError && error.errcode === errcode;
}
