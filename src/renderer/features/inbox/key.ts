/** Names one conversation across accounts: an openid is only unique within its account. */
export interface ConversationKey {
  readonly appid: string;
  readonly openid: string;
}

export function keyOf(who: ConversationKey): string {
  return `${who.appid}/${who.openid}`;
}

export function sameKey(a: ConversationKey | null, b: ConversationKey | null): boolean {
  return a?.appid === b?.appid && a?.openid === b?.openid;
}
