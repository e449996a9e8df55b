import { AppError } from '#shared/app-error';
import { getAuthorizerInfo, type AuthorizerProfile } from '#wechat/api/component';
import type { ComponentCall } from '#wechat/api/component-call';
import type { Authorizers } from './authorizers';
import type { ComponentTokens } from './component-token';

export interface DescribeDeps {
  readonly call: ComponentCall;
  readonly component: ComponentTokens;
  readonly authorizers: Authorizers;
}

/**
 * WeChat's description of an authorizer; its original id and permission sets are noted.
 * @throws AppError `relay/not-official-account` for a mini program, and what WeChat answers
 */
export async function describeAuthorizer(
  { call, component, authorizers }: DescribeDeps,
  appid: string,
): Promise<AuthorizerProfile> {
  const profile = await component.run((own) => getAuthorizerInfo(call, own, appid));
  const { info, permissionSets } = profile;
  if (info.MiniProgramInfo !== undefined) throw new AppError({ code: 'relay/not-official-account' });
  await authorizers.described(appid, { originalId: info.user_name ?? null, permissionSets });
  return profile;
}
