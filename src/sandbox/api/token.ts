import { beijingDay } from '../clock';
import type { Account } from '../state/account';
import type { IssuedToken } from '../state/tokens';
import { isListed } from './addresses';
import { fail } from './errors';
import { takeQuota } from './quota';
import { jsonBody, textOf, type ApiRoute, type OpenCall } from './route';

/** auth-direct.md §2 and §3. */
export const tokenRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/token',
    method: 'GET',
    auth: 'none',
    handle: (call) => {
      const { query } = call;
      const account = prove(call, query['appid'] ?? '', query['secret'] ?? '', query['grant_type'] ?? '');
      takeQuota(account.quotas, '/cgi-bin/token', call.now);
      return answer(account.tokens.issueClassic(call.now));
    },
  },
  {
    path: '/cgi-bin/stable_token',
    method: 'POST',
    auth: 'none',
    handle: (call) => {
      const body = jsonBody(call);
      const account = prove(call, textOf(body, 'appid'), textOf(body, 'secret'), textOf(body, 'grant_type'));
      takeQuota(account.quotas, '/cgi-bin/stable_token', call.now);
      const token =
        body['force_refresh'] === true
          ? account.tokens.forceStable(call.now, beijingDay(call.now))
          : account.tokens.issueStable(call.now);
      return answer(token ?? fail(45009));
    },
  },
];

function answer(token: IssuedToken): { access_token: string; expires_in: number } {
  return { access_token: token.accessToken, expires_in: token.expiresIn };
}

/** The appid is looked at before anything else, even before the kind of grant (observed on the live API). */
function prove(call: OpenCall, appid: string, secret: string, grantType: string): Account {
  if (appid === '') fail(41002);
  if (call.world.components.get(appid) !== null) fail(61024);
  const account = call.world.account(appid) ?? fail(40013);
  call.owner.appid = appid;
  if (grantType !== 'client_credential') fail(40002);
  return proveSecret(call, account, secret);
}

/**
 * Checks the secret, the standing of the account and the whitelist of addresses, which guards these endpoints only.
 * Raises 41004, 40125, 40243, 50007, 40164.
 */
export function proveSecret(call: OpenCall, account: Account, secret: string): Account {
  if (secret === '') fail(41004);
  if (secret !== account.secret) fail(40125);
  if (account.standing.secretFrozen) fail(40243);
  if (account.standing.frozen) fail(50007);
  if (!isListed(call.clientIp, account.ipWhitelist)) {
    const mapped = call.clientIp.includes(':') ? call.clientIp : `::ffff:${call.clientIp}`;
    fail(40164, { errmsg: `invalid ip ${call.clientIp} ipv6 ${mapped}, not in whitelist` });
  }
  return account;
}
