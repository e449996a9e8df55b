import type { ActInput } from '../acts/input';
import type { Random } from '../random';

export type Language = 'zh' | 'en';

/**
 * How one customer talks: what opens the conversation, and what follows each time the shop has answered.
 * `{a|b|c}` in a text stands for one of its choices; the same choice is not remembered, so it is used once per line.
 */
export interface Dialogue {
  readonly language: Language;
  /** The customer was no follower before. */
  readonly newcomer?: boolean;
  readonly opens: readonly ActInput[];
  readonly follows: readonly string[];
}

/** What is said when a script has nothing left, or to a picture. */
export const SMALL_TALK: Readonly<
  Record<
    Language,
    {
      readonly thanks: readonly string[];
      readonly picture: readonly string[];
      readonly last: readonly string[];
    }
  >
> = {
  zh: {
    thanks: ['好的，谢谢！', '收到，谢谢啦～', '明白了，谢谢老板', '太好了，谢谢！', '好嘞，辛苦啦'],
    picture: ['好看！就要这个', '哇看着就好吃', '这个颜色不错', '收到图了，谢谢'],
    last: ['[微笑]', '/::)', '[强]', '嗯嗯'],
  },
  en: {
    thanks: [
      'Great, thank you!',
      'Perfect, thanks a lot',
      'Got it, thanks!',
      'Lovely, thank you',
      'Thanks for the quick reply',
    ],
    picture: ['Looks lovely!', 'That one, please', 'Oh that is pretty', 'Got the picture, thanks'],
    last: ['/::)', '👍', 'Have a nice day!', 'See you then'],
  },
};

/** Replaces every `{a|b|c}` by one of its choices. */
export function fill(text: string, random: Random): string {
  return text.replaceAll(/\{([^{}]*)\}/g, (_, choices: string) => random.pick(choices.split('|')));
}

/** The act with the choices of its texts made. */
export function fillAct(act: ActInput, random: Random): ActInput {
  const filled = Object.entries(act).map(([key, value]) => [
    key,
    typeof value === 'string' ? fill(value, random) : value,
  ]);
  return Object.fromEntries(filled) as ActInput;
}

export const say = (content: string): ActInput => ({ type: 'text', content });

export function zh(opens: readonly ActInput[], ...follows: readonly string[]): Dialogue {
  return { language: 'zh', opens, follows };
}

export function en(opens: readonly ActInput[], ...follows: readonly string[]): Dialogue {
  return { language: 'en', opens, follows };
}

/** A dialogue of somebody who has just followed through a QR code. */
export function newcomer(dialogue: Dialogue, scene: string): Dialogue {
  return { ...dialogue, newcomer: true, opens: [{ type: 'subscribe', scene }, ...dialogue.opens] };
}
