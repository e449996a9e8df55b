import type { Localized } from '../localized';

/** What a shop owner reads about an error. `{name}` is replaced by the parameter of that name. */
export interface ErrorText {
  /** What happened, as a heading. */
  readonly title: Localized;
  /** Why it happened. */
  readonly cause: Localized;
  /** What to do now. */
  readonly advice: Localized;
}

type Pair = readonly [zh: string, en: string];

/** One entry of the catalogue, Chinese first. */
export function entry(title: Pair, cause: Pair, advice: Pair): ErrorText {
  return {
    title: { zh: title[0], en: title[1] },
    cause: { zh: cause[0], en: cause[1] },
    advice: { zh: advice[0], en: advice[1] },
  };
}
