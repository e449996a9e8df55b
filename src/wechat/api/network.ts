import { present } from '../answer';
import type { WeChatClient } from '../client';

/** getCallbackIp (获取微信推送服务器IP), GET `/cgi-bin/getcallbackip`: where pushes come from; addresses and CIDR ranges. */
export async function getCallbackIps(client: WeChatClient): Promise<readonly string[]> {
  return present((await client.get<{ ip_list?: string[] }>('/cgi-bin/getcallbackip')).ip_list);
}

/** getApiDomainIp (获取微信API服务器IP), GET `/cgi-bin/get_api_domain_ip`: addresses of the API hosts, for firewalls. */
export async function getApiDomainIps(client: WeChatClient): Promise<readonly string[]> {
  return present((await client.get<{ ip_list?: string[] }>('/cgi-bin/get_api_domain_ip')).ip_list);
}

export interface CallbackCheckRequest {
  readonly action: 'dns' | 'ping' | 'all';
  readonly check_operator: 'CHINANET' | 'UNICOM' | 'CAP' | 'DEFAULT';
}

export interface CallbackCheckResponse {
  readonly dns?: readonly { readonly ip: string; readonly real_operator: string }[];
  /** One ping per address, so `package_loss` is `0%` or `100%`. */
  readonly ping?: readonly {
    readonly ip: string;
    readonly from_operator: string;
    readonly package_loss: string;
    readonly time: string;
  }[];
}

/** callbackCheck (网络检测), POST `/cgi-bin/callback/check`: whether WeChat reaches our callback; 40201 when none is set. */
export function checkCallback(
  client: WeChatClient,
  request: CallbackCheckRequest = { action: 'all', check_operator: 'DEFAULT' },
): Promise<CallbackCheckResponse> {
  return client.post('/cgi-bin/callback/check', request);
}
