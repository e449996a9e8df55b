/** The explanation of one errcode of WeChat, and two ways to write it down: in full, or as a row of a table. */
import type { Localized } from '../../localized';
import type { ActionId } from './actions';

/**
 * `later`: by itself with back-off; `after-token`: once with a fresh token; `after-fix`: when someone changed something;
 * `after-user`: when the follower has acted; `never`: the same request will fail again.
 */
export type Retry = 'later' | 'after-token' | 'after-fix' | 'after-user' | 'never';

export interface ErrcodeCard {
  readonly errcode: number;
  /** WeChat's own text, without variable parts. */
  readonly errmsg: string;
  readonly meaning: Localized;
  readonly cause: Localized;
  /** What one was doing when it comes up. */
  readonly trigger: Localized;
  /** Why WeChat has this limit. */
  readonly why: Localized;
  /** What to check or do, in order; without full stops. `{ip}` stands for the address that WeChat refused. */
  readonly checklist: readonly Localized[];
  readonly actions: readonly ActionId[];
  readonly retry: Retry;
  /** Official page. */
  readonly link: string;
}

export type Pair = readonly [zh: string, en: string];

export function localized(pair: Pair): Localized {
  return { zh: pair[0], en: pair[1] };
}

/** What the codes of one section have in common. */
export interface Section {
  readonly trigger: Pair;
  readonly why: Pair;
  readonly link: string;
}

/** errcode, errmsg, meaning, cause, what to do, retry, actions. */
export type Row = readonly [
  errcode: number,
  errmsg: string,
  meaning: Pair,
  cause: Pair,
  todo: Pair,
  retry: Retry,
  ...actions: ActionId[],
];

/** Cards of a section from its rows. A row without actions can still be reported by its request id. */
export function cardsOf(section: Section, rows: readonly Row[]): readonly ErrcodeCard[] {
  return rows.map(([errcode, errmsg, meaning, cause, todo, retry, ...actions]) => ({
    errcode,
    errmsg,
    meaning: localized(meaning),
    cause: localized(cause),
    trigger: localized(section.trigger),
    why: localized(section.why),
    checklist: [localized(todo)],
    actions: actions.length > 0 ? actions : ['copy-rid'],
    retry,
    link: section.link,
  }));
}

export interface FullCard {
  readonly errcode: number;
  readonly errmsg: string;
  readonly meaning: Pair;
  readonly cause: Pair;
  readonly trigger: Pair;
  readonly why: Pair;
  readonly checklist: readonly Pair[];
  readonly actions: readonly ActionId[];
  readonly retry: Retry;
  readonly link: string;
}

export function fullCard(card: FullCard): ErrcodeCard {
  return {
    ...card,
    meaning: localized(card.meaning),
    cause: localized(card.cause),
    trigger: localized(card.trigger),
    why: localized(card.why),
    checklist: card.checklist.map(localized),
  };
}
