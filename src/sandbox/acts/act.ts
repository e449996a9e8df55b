import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import { websiteReplyTo } from '../state/website';
import { grant, type GrantName } from '../state/window';
import type { World } from '../state/world';
import type { Delivery, Pusher } from '../push/deliver';
import type { PushNodes } from '../push/wire';
import { BASE64_URL } from '../random';
import { buildEvent } from './events';
import { BadAct, text, type ActInput } from './input';
import { buildMessage, type ActContext } from './messages';

/** Lets followers act on their phones, with all that WeChat does about it. */
export class Stage {
  readonly #world: World;
  readonly #pusher: Pusher;
  /** The ticket of each scene's QR code; the same code always carries the same one. */
  readonly #tickets = new Map<string, string>();

  constructor(world: World, pusher: Pusher) {
    this.#world = world;
    this.#pusher = pusher;
  }

  /**
   * Carries out one act and everything that follows from it on the phone; the deliveries are those of all its pushes,
   * in order, each after WeChat's retries. Raises BadAct when the follower cannot do that.
   */
  async act(account: Account, follower: Follower, input: ActInput): Promise<readonly Delivery[]> {
    if (input.type === 'subscribe') return this.#subscribe(account, follower, input);
    if (input.type === 'unsubscribe') return this.#unsubscribe(account, follower);
    if (input.type === 'scan' || input.type === 'SCAN') return this.#scan(account, follower, input);
    if (!follower.following) throw new BadAct('this person does not follow the account: subscribe first');
    const context = this.#context(account);
    const message = buildMessage(input, context);
    if (message !== null) {
      const isMenuTap = 'bizmsgmenuid' in message.plainTail;
      this.#showOwn(account, follower, message.msgType, message.bubble);
      if (follower.blacklisted) return [];
      this.#allow(follower, isMenuTap ? 'menu' : 'message');
      follower.lastMessageAt = context.now;
      return this.#push(account, follower, {
        msgType: message.msgType,
        nodes: message.nodes,
        plainTail: { MsgId: account.nextMsgId(), ...message.plainTail },
        expectsAnswer: true,
        websiteTrigger: {
          text: typeof message.bubble['content'] === 'string' ? message.bubble['content'] : null,
        },
      });
    }
    const event = buildEvent(input, context);
    if (event === null) throw new BadAct(`unknown act "${input.type}"`);
    if (event.bubble !== null) this.#showOwn(account, follower, event.event, event.bubble);
    if (follower.blacklisted) return [];
    if (event.grants !== null) this.#allow(follower, event.grants);
    const deliveries = [
      ...(await this.#push(account, follower, {
        msgType: 'event',
        nodes: { Event: event.event, ...event.nodes },
        plainTail: event.plainTail,
        expectsAnswer: event.expectsAnswer,
      })),
    ];
    for (const next of event.followedBy) deliveries.push(...(await this.act(account, follower, next)));
    return deliveries;
  }

  async #subscribe(account: Account, follower: Follower, input: ActInput): Promise<readonly Delivery[]> {
    if (follower.following) throw new BadAct('this person follows the account already');
    const scene = text(input, 'scene');
    const isNumber = /^[1-9]\d{0,9}$/.test(scene);
    account.followers.follow(follower, this.#world.clock.now(), {
      scene: scene === '' ? text(input, 'source', 'ADD_SCENE_SEARCH') : 'ADD_SCENE_QR_CODE',
      ...(isNumber ? { qrScene: Number(scene) } : { qrSceneStr: scene }),
    });
    this.#allow(follower, 'follow');
    return this.#push(account, follower, {
      msgType: 'event',
      nodes: {
        Event: 'subscribe',
        EventKey: scene === '' ? '' : `qrscene_${scene}`,
        ...(scene === '' ? {} : { Ticket: this.#ticket(account, scene) }),
      },
      plainTail: {},
      expectsAnswer: false,
      websiteTrigger: { follow: true },
    });
  }

  /** Everything the account knew about the person goes with the relation; the openid stays the same for a return. */
  async #unsubscribe(account: Account, follower: Follower): Promise<readonly Delivery[]> {
    if (!follower.following) throw new BadAct('this person does not follow the account');
    account.followers.unfollow(follower);
    return this.#push(account, follower, {
      msgType: 'event',
      nodes: { Event: 'unsubscribe', EventKey: '' },
      plainTail: {},
      expectsAnswer: false,
    });
  }

  /** A parametric code makes a stranger follow, and is a SCAN of somebody who follows. */
  async #scan(account: Account, follower: Follower, input: ActInput): Promise<readonly Delivery[]> {
    const scene = text(input, 'scene', text(input, 'key', 'campaign_42'));
    if (!follower.following) return this.#subscribe(account, follower, { type: 'subscribe', scene });
    if (follower.blacklisted) return [];
    this.#allow(follower, 'scan');
    return this.#push(account, follower, {
      msgType: 'event',
      nodes: { Event: 'SCAN', EventKey: scene, Ticket: this.#ticket(account, scene) },
      plainTail: {},
      expectsAnswer: false,
    });
  }

  async #push(
    account: Account,
    follower: Follower,
    push: {
      readonly msgType: string;
      readonly nodes: PushNodes;
      readonly plainTail: Readonly<Record<string, string>>;
      readonly expectsAnswer: boolean;
      readonly websiteTrigger?: Parameters<typeof websiteReplyTo>[1];
    },
  ): Promise<readonly Delivery[]> {
    if (this.#world.targetsOf(account).length === 0) {
      // Without a server the website's own rules answer.
      const reply = push.websiteTrigger === undefined ? null : websiteReplyTo(account, push.websiteTrigger);
      if (reply !== null) {
        const body = { content: reply };
        this.#world.show(account, follower, { from: 'account', via: 'website', type: 'text', body });
      }
      return [];
    }
    return this.#pusher.deliver(
      account,
      follower,
      {
        openid: follower.openid,
        msgType: push.msgType,
        createTime: this.#world.clock.now(),
        nodes: push.nodes,
        plainTail: push.plainTail,
      },
      push.expectsAnswer,
    );
  }

  #allow(follower: Follower, name: GrantName): void {
    grant(follower.window, name, this.#world.clock.now());
  }

  #showOwn(
    account: Account,
    follower: Follower,
    type: string,
    body: Readonly<Record<string, unknown>>,
  ): void {
    this.#world.show(account, follower, { from: 'follower', via: 'follower', type, body });
  }

  #context(account: Account): ActContext {
    return { account, now: this.#world.clock.now(), origin: this.#world.origin() };
  }

  #ticket(account: Account, scene: string): string {
    const name = `${account.appid}/${scene}`;
    const known = this.#tickets.get(name);
    if (known !== undefined) return known;
    const ticket = `gQ${account.random.chars(2, 'EFGH')}${account.random.chars(84, BASE64_URL)}==`;
    this.#tickets.set(name, ticket);
    return ticket;
  }
}
