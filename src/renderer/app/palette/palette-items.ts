/** What the palette offers and in which order; pure, so that its order can be tested. */
import { entryOf, type Chord, type CommandId } from '#shared/commands';
import type { Account } from '#shared/ipc/models';
import { LOCALES, pick, type Locale } from '#shared/localized';
import type { Obstacle } from '../commands';
import type { Screen } from '../navigation';
import { fitness, folded } from './fuzzy';

export type PaletteTarget =
  | { readonly kind: 'command'; readonly id: CommandId }
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'account'; readonly appid: string }
  | { readonly kind: 'person'; readonly appid: string; readonly openid: string; readonly wrote: boolean };

export interface PaletteItem {
  readonly key: string;
  readonly target: PaletteTarget;
  readonly title: string;
  /** Beside the title, quieter. */
  readonly detail?: string;
  readonly chord?: Chord;
  /** It can do nothing now; told instead of hiding it. */
  readonly obstacle?: Exclude<Obstacle, null>;
}

/** An item with the words it is found by, best first; all folded. */
export interface Candidate {
  readonly item: PaletteItem;
  readonly words: readonly string[];
}

/** Words behind the first count less: the title of the other language, and words that only describe. */
const BEHIND = 0.8;
const BLOCKED = 0.5;
const MOST = 40;

export function commandCandidate(id: CommandId, locale: Locale, obstacle: Obstacle): Candidate {
  const { title, keys, words } = entryOf(id);
  const both = [locale, ...LOCALES.filter((other) => other !== locale)];
  return {
    item: {
      key: `command ${id}`,
      target: { kind: 'command', id },
      title: pick(title, locale),
      ...(keys?.[0] ? { chord: keys[0] } : {}),
      ...(obstacle ? { obstacle } : {}),
    },
    words: [
      ...both.map((one) => folded(pick(title, one))),
      ...(words ? both.map((one) => folded(pick(words, one))) : []),
    ],
  };
}

export function screenCandidate(screen: Screen, names: readonly string[], verb: string): Candidate {
  return {
    item: {
      key: `screen ${screen}`,
      target: { kind: 'screen', screen },
      title: names[0] ?? screen,
      detail: verb,
    },
    words: names.map(folded),
  };
}

export function accountCandidate({ appid, name }: Account, verb: string): Candidate {
  return {
    item: { key: `account ${appid}`, target: { kind: 'account', appid }, title: name, detail: verb },
    words: [folded(name)],
  };
}

/** What fits, best first; what fits alike keeps its order. Without a query everything that can be done now. */
export function ranked(query: string, candidates: readonly Candidate[]): readonly PaletteItem[] {
  const asked = folded(query.trim());
  if (asked === '') return candidates.map(({ item }) => item).filter(({ obstacle }) => !obstacle);
  return candidates
    .map(({ item, words }) => {
      const best = Math.max(...words.map((word, index) => fitness(asked, word) * (index === 0 ? 1 : BEHIND)));
      // Words of several texts together find it too, e.g. a title in one language and a word in the other.
      const fit = best > 0 ? best : fitness(asked, words.join(' ')) * BEHIND * BEHIND;
      return { item, fit: item.obstacle ? fit * BLOCKED : fit };
    })
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit)
    .slice(0, MOST)
    .map(({ item }) => item);
}
