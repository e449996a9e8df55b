/** Conversations are named by account and person: an openid is only unique within its account. */
import type { Person } from '../../app/navigation';

export function keyOf(who: Person): string {
  return `${who.appid}/${who.openid}`;
}

export function sameKey(a: Person | null, b: Person | null): boolean {
  return a?.appid === b?.appid && a?.openid === b?.openid;
}
