import { present } from '../answer';
import type { ApiPath, WeChatClient } from '../client';

export interface QuotaResponse {
  readonly quota: { readonly daily_limit: number; readonly used: number; readonly remain: number };
  /** Calls allowed within so many seconds. */
  readonly rate_limit?: { readonly call_count: number; readonly refresh_second: number };
  readonly component_rate_limit?: { readonly call_count: number; readonly refresh_second: number };
}

/** getApiQuota (查询API调用额度), POST `/cgi-bin/openapi/quota/get`. 76021 for an unknown path. */
export function getQuota(client: WeChatClient, path: ApiPath): Promise<QuotaResponse> {
  return client.post('/cgi-bin/openapi/quota/get', { cgi_path: path });
}

/** clearApiQuota (重置指定API调用次数), POST `/cgi-bin/openapi/quota/clear`: 50 a month. */
export async function clearQuotaOf(client: WeChatClient, path: ApiPath): Promise<void> {
  await client.post('/cgi-bin/openapi/quota/clear', { cgi_path: path });
}

/** clearQuota (重置API调用次数), POST `/cgi-bin/clear_quota`: every API of the account, 10 a month (48006). */
export async function clearAllQuotas(client: WeChatClient): Promise<void> {
  await client.post('/cgi-bin/clear_quota', { appid: client.appid });
}

export interface RidRequest {
  /** Unix seconds. */
  readonly invoke_time: number;
  readonly cost_in_ms: number;
  /** The query of the call it describes. */
  readonly request_url: string;
  readonly request_body: string;
  readonly response_body: string;
  readonly client_ip: string;
}

/** getRidInfo (查询rid信息), POST `/cgi-bin/openapi/rid/get`: what WeChat saw; 76004 after seven days. */
export async function getRidInfo(client: WeChatClient, rid: string): Promise<RidRequest> {
  return present((await client.post<{ request?: RidRequest }>('/cgi-bin/openapi/rid/get', { rid })).request);
}
