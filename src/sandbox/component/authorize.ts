import { PERMISSION_SETS } from '#shared/domain/permission-sets';
import type { Account } from '../state/account';
import type { World } from '../state/world';
import type { Authorization } from './authorization';
import type { Component } from './component';
import type { InfoType, PlatformPush, PlatformPusher } from './platform-push';

/** Who holds the phone that scans. Only the first may confirm (auth-component.md §3). */
export type Scanner = 'administrator' | 'operator' | 'other-kind';

export type RefusalReason =
  | 'unknown-component'
  | 'bad-pre-auth-code'
  | 'used-pre-auth-code'
  | 'expired'
  | 'bad-redirect-uri'
  | 'referer'
  | 'nothing-to-authorize'
  | 'only-administrator'
  | 'other-kind'
  | 'other-account'
  | 'unpublished'
  | 'account-barred'
  | 'no-sets';

/** Why WeChat does not let this happen; the page puts it into words. */
export class AuthorizationRefused extends Error {
  constructor(readonly reason: RefusalReason) {
    super(`the authorization is refused: ${reason}`);
  }
}

export function refuse(reason: RefusalReason): never {
  throw new AuthorizationRefused(reason);
}

export interface Confirmation {
  readonly preAuthCode: string;
  readonly account: Account;
  /** Ticked permission sets. */
  readonly sets: readonly number[];
  readonly as: Scanner;
  /** Where the browser goes, and what the page was restricted to. */
  readonly redirectUri: string | null;
  readonly bizAppid: string | null;
}

export interface Confirmed {
  readonly authorization: Authorization;
  readonly authorizationCode: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Null when no redirect address is known. */
  readonly redirectUrl: string | null;
  /** What WeChat tells the platform; null when nothing has changed. Its code is the one of the redirect. */
  readonly event: PendingEvent | null;
  /** What it tells other platforms that lost an exclusive set by this. */
  readonly othersEvents: readonly PendingEvent[];
}

/** An event that is still to be pushed. */
export interface PendingEvent {
  readonly component: Component;
  readonly infoType: InfoType;
  readonly nodes: Readonly<Record<string, string | number>>;
}

/** Raises AuthorizationRefused unless the code is good for one more attempt. */
export function requirePreAuthCode(component: Component, code: string, now: number): void {
  const standing = component.preAuthCodes.standing(code, now);
  if (standing === 'unknown') refuse('bad-pre-auth-code');
  if (standing === 'used') refuse('used-pre-auth-code');
  if (standing === 'expired') refuse('expired');
}

/** Raises AuthorizationRefused when this account cannot authorize this platform at all. */
export function requireAccount(component: Component, account: Account, bizAppid: string | null): void {
  const { published, testAccounts } = component.settings;
  if (bizAppid !== null && bizAppid !== account.appid) refuse('other-account');
  if (account.standing.banned || account.standing.frozen) refuse('account-barred');
  if (!published && !testAccounts.includes(account.originalId)) refuse('unpublished');
}

/** The administrator's tap on the phone, with everything that it changes. Raises AuthorizationRefused. */
export function confirm(world: World, component: Component, input: Confirmation): Confirmed {
  const now = world.clock.now();
  requirePreAuthCode(component, input.preAuthCode, now);
  if (input.as === 'operator') refuse('only-administrator');
  if (input.as === 'other-kind') refuse('other-kind');
  requireAccount(component, input.account, input.bizAppid);
  const sets = PERMISSION_SETS.map(({ id }) => id).filter((id) => input.sets.includes(id));
  if (sets.length === 0) refuse('no-sets');
  component.preAuthCodes.use(input.preAuthCode, now);

  const othersEvents = takeExclusiveSets(world, component, input.account, sets, now);
  const wasServed = world.targetsOf(input.account).length > 0;
  const { authorization, change } = component.authorize(input.account, sets, now);
  if (!wasServed && world.targetsOf(input.account).length > 0) world.serverConfigured(input.account);
  const { code, expiresIn } = component.authorizationCodes.mint(authorization, now);
  const infoType = change === 'new' ? 'authorized' : 'updateauthorized';
  return {
    authorization,
    authorizationCode: code,
    expiresIn,
    redirectUrl: input.redirectUri === null ? null : redirectTo(input.redirectUri, code, expiresIn),
    event:
      change === 'none'
        ? null
        : eventOf(component, infoType, authorization, code, now + expiresIn, input.preAuthCode),
    othersEvents,
  };
}

/** An exclusive set that is granted here is taken away from whoever held it. */
function takeExclusiveSets(
  world: World,
  component: Component,
  account: Account,
  sets: readonly number[],
  now: number,
): readonly PendingEvent[] {
  const exclusive = PERMISSION_SETS.flatMap(({ id, exclusive: is }) => (is && sets.includes(id) ? [id] : []));
  return world.components.all().flatMap((other) => {
    const held = other === component ? null : other.authorizationOf(account.appid);
    if (held === null || !held.sets.some((id) => exclusive.includes(id))) return [];
    held.sets = held.sets.filter((id) => !exclusive.includes(id));
    const { code, expiresIn } = other.authorizationCodes.mint(held, now);
    return [eventOf(other, 'updateauthorized', held, code, now + expiresIn, '')];
  });
}

function eventOf(
  component: Component,
  infoType: InfoType,
  authorization: Authorization,
  code: string,
  expiresAt: number,
  preAuthCode: string,
): PendingEvent {
  return {
    component,
    infoType,
    nodes: {
      AuthorizerAppid: authorization.account.appid,
      AuthorizationCode: code,
      // Documented as seconds, seen as a point in time.
      AuthorizationCodeExpiredTime: expiresAt,
      PreAuthCode: preAuthCode,
    },
  };
}

function redirectTo(redirectUri: string, code: string, expiresIn: number): string {
  const url = new URL(redirectUri);
  url.searchParams.set('auth_code', code);
  url.searchParams.set('expires_in', String(expiresIn));
  return url.href;
}

/** The administrator takes the authorization back (授权管理); null when there is none. */
export function cancel(component: Component, appid: string): PendingEvent | null {
  const authorization = component.authorizationOf(appid);
  if (authorization === null) return null;
  authorization.active = false;
  return { component, infoType: 'unauthorized', nodes: { AuthorizerAppid: appid } };
}

/** Pushes an event by WeChat's rules. Never rejects. */
export function pushEvent(pusher: PlatformPusher, event: PendingEvent): Promise<PlatformPush> {
  return pusher.push(event.component, event.infoType, event.nodes);
}
