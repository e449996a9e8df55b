import type { Stage } from '../acts/act';
import { BadAct, type ActInput } from '../acts/input';
import { createRandom, type Random } from '../random';
import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import type { PhoneItem } from '../state/phone';
import type { World } from '../state/world';
import { CAFE, CAFE_BURST } from './cafe';
import { CLINIC, CLINIC_BURST } from './clinic';
import { Customer } from './customer';
import { fillAct, type Dialogue } from './dialogue';
import { TEA_HOUSE, TEA_HOUSE_BURST } from './tea-house';

/** Milliseconds, each drawn between the two figures. */
const FIRST_AFTER = [900, 2_600] as const;
const NEXT_AFTER = [6_000, 15_000] as const;
const BURST_GAP = [150, 450] as const;
const BETWEEN_LINES = [900, 2_400] as const;
const ANSWERS_AFTER = [2_000, 6_000] as const;

interface Business {
  readonly burst: readonly Dialogue[];
  readonly dialogues: readonly Dialogue[];
}
const TEA: Business = { burst: TEA_HOUSE_BURST, dialogues: TEA_HOUSE };
/** Which business the accounts of the seeded world run, by their number; later ones sell tea. */
const BUSINESSES: readonly Business[] = [
  TEA,
  TEA,
  { burst: CLINIC_BURST, dialogues: CLINIC },
  { burst: CAFE_BURST, dialogues: CAFE },
];

interface Show {
  readonly account: Account;
  readonly business: Business;
  readonly random: Random;
  readonly customers: Map<string, Customer>;
  /** Customers that are about to answer. */
  readonly answering: Set<string>;
  queue: Dialogue[];
  nextFollower: number;
}

/**
 * Customers that write by themselves: a burst of every kind of message when a server is configured for the first
 * time, then one conversation now and then, and answers to whatever the shop sends. The same seed gives the same
 * customers and lines in the same order.
 */
export class LiveCustomers {
  readonly #world: World;
  readonly #stage: Stage;
  readonly #session: number;
  readonly #pace: number;
  readonly #shows = new Map<string, Show>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #disposers: (() => void)[];
  #closed = false;

  constructor(world: World, stage: Stage, options: { readonly session: number; readonly pace: number }) {
    this.#session = options.session;
    this.#pace = options.pace;
    this.#world = world;
    this.#stage = stage;
    this.#disposers = [
      world.onServer((account) => this.#open(account)),
      world.onPhone((account, follower, item) => this.#react(account, follower, item)),
    ];
  }

  close(): void {
    this.#closed = true;
    for (const dispose of this.#disposers) dispose();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #open(account: Account): void {
    // A changed configuration goes on with the same customers.
    if (this.#shows.has(account.appid)) return;
    const random = createRandom('live', this.#world.seed, account.appid, this.#session);
    const show: Show = {
      account,
      business: BUSINESSES[account.number] ?? TEA,
      random,
      customers: new Map(),
      answering: new Set(),
      queue: [],
      nextFollower: random.between(0, Math.max(0, account.followers.seeded - 1)),
    };
    this.#shows.set(account.appid, show);
    let wait = 0;
    // Who wrote in the first session does not write the same again.
    for (const dialogue of this.#session === 0 ? show.business.burst : []) {
      wait += draw(random, BURST_GAP);
      this.#later(wait, () => this.#begin(show, dialogue));
    }
    this.#later(draw(random, FIRST_AFTER), () => this.#ambient(show));
  }

  #ambient(show: Show): void {
    if (this.#world.targetsOf(show.account).length > 0) this.#begin(show, this.#nextDialogue(show));
    this.#later(draw(show.random, NEXT_AFTER), () => this.#ambient(show));
  }

  /** Each dialogue comes once before any comes again. */
  #nextDialogue(show: Show): Dialogue {
    if (show.queue.length === 0) {
      show.queue = show.business.dialogues
        .map((dialogue) => ({ dialogue, place: show.random.next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ dialogue }) => dialogue);
    }
    const dialogue = show.queue.pop();
    if (dialogue === undefined) throw new Error('a business without dialogues');
    return dialogue;
  }

  #begin(show: Show, dialogue: Dialogue): void {
    const { random, account } = show;
    const opens = dialogue.opens.map((act) => fillAct(act, random));
    const follower = this.#choose(show, dialogue.newcomer === true);
    if (!follower.following && opens[0]?.type !== 'subscribe') {
      opens.unshift({ type: 'subscribe', scene: 'store_counter' });
    }
    show.customers.set(
      follower.openid,
      new Customer(dialogue, createRandom('customer', this.#world.seed, follower.openid, random.hex(8))),
    );
    let wait = 0;
    for (const act of opens) {
      this.#later(wait, () => this.#do(account, follower, act));
      wait += draw(random, BETWEEN_LINES);
    }
  }

  /** The next follower round the list who is in no conversation, somebody new when there is none. */
  #choose(show: Show, isNew: boolean): Follower {
    const { followers } = show.account;
    const { seeded } = followers;
    // A step without a common divisor with the size visits everybody without looking like a list.
    const step = seeded % 37 === 0 ? 41 : 37;
    for (let tries = 0; !isNew && tries < Math.min(seeded, 500); tries += 1) {
      const openid = followers.openidAt(show.nextFollower);
      show.nextFollower = (show.nextFollower + step) % seeded;
      const follower = followers.edit(openid);
      if (follower?.following && !follower.blacklisted && !show.customers.has(openid)) return follower;
    }
    // Everybody has been here: from now on old customers come back.
    if (!isNew) show.customers.clear();
    const stranger = followers.edit(followers.mintStranger());
    if (stranger === null) throw new Error('no stranger is left');
    return stranger;
  }

  #react(account: Account, follower: Follower, item: PhoneItem): void {
    const show = this.#shows.get(account.appid);
    const customer = show?.customers.get(follower.openid);
    const isFromShop = item.via === 'customer-service' || item.via === 'passive';
    if (!show || !customer || !isFromShop || show.answering.has(follower.openid)) return;
    const answer = customer.answerTo(item);
    if (answer === null) return;
    show.answering.add(follower.openid);
    const wait = createRandom('pace', this.#world.seed, follower.openid, follower.phone.length);
    this.#later(draw(wait, ANSWERS_AFTER), () => {
      show.answering.delete(follower.openid);
      this.#do(account, follower, answer);
    });
  }

  #do(account: Account, follower: Follower, act: ActInput): void {
    this.#stage.act(account, follower, act).catch((error: unknown) => {
      // Somebody else let this person leave meanwhile, so there is nothing more to say.
      if (!(error instanceof BadAct)) throw error;
      this.#shows.get(account.appid)?.customers.delete(follower.openid);
    });
  }

  #later(ms: number, action: () => void): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms * this.#pace);
    this.#timers.add(timer);
  }
}

function draw(random: Random, [least, most]: readonly [number, number]): number {
  return random.between(least, most);
}
