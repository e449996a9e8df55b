import type { AccessToken } from '../token';
import { badResponse } from '../http';

/** Sends JSON to a path without a token and gives WeChat's answer. */
export type PostWithoutToken = (path: '/cgi-bin/stable_token', body: object) => Promise<object>;

/**
 * getStableAccessToken (稳定版接口调用凭据), POST `/cgi-bin/stable_token`, normal mode: returns the current token while it
 * lives and disturbs no other integration. `expiresIn` is the remaining life, at most 7200 s.
 * WeChat answers 40164 to addresses that are not whitelisted, 40013 and 40125 to a wrong AppID and secret.
 */
export async function fetchStableToken(
  credentials: { readonly appid: string; readonly secret: string },
  post: PostWithoutToken,
): Promise<AccessToken> {
  const answer = await post('/cgi-bin/stable_token', {
    grant_type: 'client_credential',
    ...credentials,
    force_refresh: false,
  });
  const { access_token: accessToken, expires_in: expiresIn } = answer as Record<string, unknown>;
  if (typeof accessToken !== 'string' || typeof expiresIn !== 'number') throw badResponse(200);
  return { accessToken, expiresIn };
}
