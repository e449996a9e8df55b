import type { WeChatClient } from '../client';

export interface Industry {
  readonly first_class: string;
  readonly second_class: string;
}

export interface IndustryResponse {
  readonly primary_industry?: Industry;
  readonly secondary_industry?: Industry;
}

/** getIndustry (获取行业信息), GET `/cgi-bin/template/get_industry`. 48001 unless a verified service account asks. */
export function getIndustry(client: WeChatClient): Promise<IndustryResponse> {
  return client.get('/cgi-bin/template/get_industry');
}
