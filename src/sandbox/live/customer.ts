import type { ActInput } from '../acts/input';
import type { JsonObject } from '../json';
import type { Random } from '../random';
import type { PhoneItem } from '../state/phone';
import { fill, say, SMALL_TALK, type Dialogue } from './dialogue';

/** Answers after the script before the customer has said all there is to say. */
const CLOSING_LINES = 3;

/** One customer in a dialogue: decides what to answer to the shop, and when to say nothing more. */
export class Customer {
  readonly #dialogue: Dialogue;
  readonly #random: Random;
  #spoken = 0;
  #closing = 0;

  constructor(dialogue: Dialogue, random: Random) {
    this.#dialogue = dialogue;
    this.#random = random;
  }

  /** The answer to something the shop sent; null when the customer leaves it at that. */
  answerTo(item: PhoneItem): ActInput | null {
    const tap = this.#tapOn(item);
    if (tap !== null) return tap;
    const next = this.#dialogue.follows[this.#spoken];
    if (next !== undefined) {
      this.#spoken += 1;
      return say(fill(next, this.#random));
    }
    this.#closing += 1;
    if (this.#closing > CLOSING_LINES) return null;
    const talk = SMALL_TALK[this.#dialogue.language];
    if (item.type === 'image') return say(this.#random.pick(talk.picture));
    return say(this.#random.pick(this.#closing === 1 ? talk.thanks : talk.last));
  }

  /** A menu message is answered by a tap on one of its items. */
  #tapOn(item: PhoneItem): ActInput | null {
    const items = item.type === 'msgmenu' ? item.body['items'] : null;
    if (!Array.isArray(items) || items.length === 0) return null;
    const chosen = this.#random.pick(items as readonly JsonObject[]);
    const { id, content } = chosen;
    if (typeof id !== 'string' || typeof content !== 'string' || !/^\d{1,18}$/.test(id)) return null;
    return { type: 'text', content, menuItemId: id };
  }
}
