/** Whether an account may send a kind of card, and why not: greyed with the reason instead of hidden. */
import type { Localized } from '../../localized';
import { capabilityOf, limitText, type AccountTraits, type Capability } from '../capabilities';
import { isOpenedBy, PERMISSION_SETS } from '../permission-sets';
import type { CardKind } from './card';

const NEEDED: Readonly<Record<CardKind, readonly Capability[]>> = {
  menu: ['customer-message'],
  news: ['customer-message'],
  miniprogram: ['customer-message'],
  music: ['customer-message', 'customer-music'],
  // The list of published articles is part of publishing.
  article: ['customer-message', 'publish'],
};

export interface CardSender extends AccountTraits {
  /** Ids of the sets that the administrator granted; absent unless authorized by scanning. */
  readonly permissionSets?: readonly number[] | undefined;
}

/** null: it may. */
export function cardObstacle(kind: CardKind, account: CardSender): Localized | null {
  for (const capability of NEEDED[kind]) {
    const { level, limit } = capabilityOf(account, capability);
    if (level === 'no' && limit !== null) return limitText(limit);
    if (account.permissionSets && !isOpenedBy(account.permissionSets, capability))
      return missingSet(capability);
  }
  return null;
}

function missingSet(capability: Capability): Localized {
  const set = PERMISSION_SETS.find(({ opens }) => opens.includes(capability));
  return {
    zh: `授权时没有勾选“${set?.name.zh ?? ''}”权限集`,
    en: `The permission set “${set?.name.en ?? ''}” was not granted`,
  };
}
