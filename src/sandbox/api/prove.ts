import { setsThatOpen } from '../component/scopes';
import type { Component } from '../component/component';
import type { Account } from '../state/account';
import type { TokenStanding } from '../state/tokens';
import { isListed } from './addresses';
import { requireCapability } from './capabilities';
import { fail } from './errors';
import type { AccountRoute, OpenCall, OwnerCall } from './route';

/**
 * The account behind a token, its own or one that it granted to a platform. `checkMethod` refuses the wrong method when
 * its turn comes, after the token and before permissions (errcodes.md §I). Raises 41001, 40001, 42001, 61015, 61003,
 * 61004, 61007, 48001, 48004.
 */
export function proveAccount(
  call: OpenCall,
  token: string,
  route: Pick<AccountRoute, 'path' | 'needs'>,
  checkMethod: () => void,
): Account {
  if (token === '') fail(41001);
  const owner = call.world.components.ownerOfToken(token);
  if (owner === null) {
    const account = call.world.accountOfToken(token) ?? fail(40001);
    requireStanding(account.tokens.standing(token, call.now), 42001);
    checkMethod();
    requireCapability(account, route.needs);
    return account;
  }
  if (owner.kind === 'component') fail(61015);
  const { authorization, component } = owner;
  const { account } = authorization;
  requireStanding(authorization.tokens.standing(token, call.now), 42001);
  checkMethod();
  if (!authorization.active) fail(61003);
  requireAddress(call, component);
  const needed = setsThatOpen(route.path);
  if (needed !== null && !needed.some((id) => authorization.sets.includes(id))) fail(61007);
  requireCapability(account, route.needs);
  return account;
}

/**
 * The platform behind a component_access_token, which the body must name too. Raises 41021, 61014, 40001, 42006, 61004.
 */
export function proveComponent(call: OpenCall, token: string, checkMethod: () => void): Component {
  if (token === '') fail(41021);
  const owner = call.world.components.ownerOfToken(token);
  if (owner?.kind === 'authorizer') fail(61014);
  if (owner === null) fail(call.world.accountOfToken(token) === null ? 40001 : 61014);
  const { component } = owner;
  requireStanding(component.tokens.standing(token, call.now), 42006);
  checkMethod();
  requireAddress(call, component);
  return component;
}

/** An account or a platform that asks about its own use of the API. Raises what the other two raise. */
export function proveCaller(call: OpenCall, token: string, checkMethod: () => void): OwnerCall['caller'] {
  if (call.world.components.ownerOfToken(token)?.kind === 'component')
    return proveComponent(call, token, checkMethod);
  return proveAccount(call, token, { path: '', needs: 'any' }, checkMethod);
}

/** WeChat checks the platform's list of addresses on every call, and never the account's. Raises 61004. */
export function requireAddress(call: OpenCall, component: Component): void {
  if (!isListed(call.clientIp, component.settings.ipWhitelist)) fail(61004);
}

function requireStanding(standing: TokenStanding, expired: number): void {
  if (standing === 'expired') fail(expired);
  if (standing === 'unknown') fail(40001);
}
