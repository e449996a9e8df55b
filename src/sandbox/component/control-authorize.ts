import { setTimeout as delay } from 'node:timers/promises';
import { ControlError } from '../control/errors';
import { callServer } from '../push/http';
import type { Account } from '../state/account';
import type { World } from '../state/world';
import type { Attempt } from './attempt';
import { AuthorizationRefused, confirm, pushEvent, type Confirmed, type Scanner } from './authorize';
import type { Component } from './component';
import { REFUSALS } from './page-texts';
import type { PlatformPush, PlatformPusher } from './platform-push';

/** What a test wants the people at the phone and the network to do. */
export interface AuthorizeRequest {
  readonly appid: string;
  /** An open page; otherwise `preAuthCode`; otherwise the administrator acts without any link. */
  readonly attempt?: string;
  readonly preAuthCode?: string;
  readonly redirectUri?: string;
  readonly sets?: readonly number[];
  readonly as?: Scanner;
  /** Whether the browser arrives at the redirect address. */
  readonly redirect?: boolean;
  /** Whether WeChat's event is pushed. */
  readonly event?: boolean;
  readonly order?: 'together' | 'redirect-first' | 'event-first';
  /** Between the first of the two and the second. */
  readonly delayMs?: number;
}

export interface AuthorizeResult {
  readonly redirectUrl: string | null;
  readonly authorizationCode: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** `none`: the account had granted exactly these sets before, so no event is due. */
  readonly infoType: 'authorized' | 'updateauthorized' | 'none';
  /** How the redirect address answered the browser; status 0 for no answer, null when nobody went there. */
  readonly redirect: { readonly status: number } | null;
  readonly event: PlatformPush | null;
}

/** An administrator's decision with both of its messengers, in the order that the test wants. */
export async function authorizeFor(
  world: World,
  pusher: PlatformPusher,
  component: Component,
  account: Account,
  request: AuthorizeRequest,
): Promise<AuthorizeResult> {
  const confirmed = decide(world, component, account, request);
  const { redirectUrl, event } = confirmed;
  for (const other of confirmed.othersEvents) void pushEvent(pusher, other);
  const browse = (): Promise<AuthorizeResult['redirect']> =>
    request.redirect === false || redirectUrl === null ? Promise.resolve(null) : follow(world, redirectUrl);
  const notify = (): Promise<PlatformPush | null> =>
    request.event === false || event === null ? Promise.resolve(null) : pushEvent(pusher, event);
  const pause = (): Promise<void> => delay(request.delayMs ?? 0);
  const result = {
    redirectUrl,
    authorizationCode: confirmed.authorizationCode,
    expiresIn: confirmed.expiresIn,
    infoType: event === null ? 'none' : event.infoType === 'authorized' ? 'authorized' : 'updateauthorized',
  } as const;
  if (request.order === 'redirect-first') {
    const redirect = await browse();
    await pause();
    return { ...result, redirect, event: await notify() };
  }
  if (request.order === 'event-first') {
    const pushed = await notify();
    await pause();
    return { ...result, redirect: await browse(), event: pushed };
  }
  const [redirect, pushed] = await Promise.all([browse(), notify()]);
  return { ...result, redirect, event: pushed };
}

function decide(world: World, component: Component, account: Account, request: AuthorizeRequest): Confirmed {
  const attempt = request.attempt === undefined ? null : attemptOf(world, component, request.attempt);
  const preAuthCode =
    attempt?.preAuthCode ?? request.preAuthCode ?? component.preAuthCodes.mint(null, world.clock.now()).code;
  try {
    const confirmed = confirm(world, component, {
      preAuthCode,
      account,
      sets: request.sets ?? attempt?.sets ?? component.settings.permissionSets,
      as: request.as ?? 'administrator',
      redirectUri: request.redirectUri ?? attempt?.redirectUri ?? null,
      bizAppid: attempt?.bizAppid ?? null,
    });
    if (attempt !== null) attempt.state = 'confirmed';
    return confirmed;
  } catch (error) {
    if (error instanceof AuthorizationRefused)
      throw new ControlError(409, error.reason, REFUSALS[error.reason].en);
    throw error;
  }
}

function attemptOf(world: World, component: Component, id: string): Attempt {
  const attempt = world.attempts.get(id);
  if (attempt?.component !== component)
    throw new ControlError(404, 'unknown-attempt', `no open page has the id ${id}`);
  if (attempt.state !== 'waiting')
    throw new ControlError(409, 'attempt-over', `this page was ${attempt.state} already`);
  return attempt;
}

/** The administrator's browser at the redirect address. */
async function follow(world: World, url: string): Promise<{ readonly status: number }> {
  const outcome = await callServer(new URL(url), { method: 'GET', deadlineMs: world.push.deadlineMs });
  return { status: outcome.kind === 'answer' ? outcome.status : 0 };
}
