import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import { SERVICE_FAILURE_TEXT } from '../state/phone';
import type { World } from '../state/world';
import { callServer } from './http';
import { readReply } from './passive-reply';
import type { CallbackTarget } from './target';
import { wireRequest, type Push, type WireRequest } from './wire';
import { closingController } from '../closing';

/** One delivery of a push, as the control API reports it. */
export interface Delivery {
  /** HTTP status; 0 when there was no full answer. */
  readonly status: number;
  readonly ms: number;
  /** The answer's text, decrypted when it came encrypted; null without an answer. */
  readonly reply: string | null;
  readonly outcome: 'accepted' | 'replied' | 'malformed' | 'refused' | 'timeout' | 'connection';
  /** Why a reply was not taken. */
  readonly detail?: string;
  /** The third-party platform it went to; absent for the account's own server. */
  readonly component?: string;
}

/** Sends pushes to accounts' servers by WeChat's rules (callbacks.md §4) and puts replies on the phone. */
export class Pusher {
  readonly #world: World;
  readonly #closing = closingController();

  constructor(world: World) {
    this.#world = world;
  }

  close(): void {
    this.#closing.abort();
  }

  /**
   * Delivers to the account's server, or to every platform that holds its message set, until each has answered with 200,
   * at most as often as the rules say. `expectsAnswer` says whether the follower waits for one and so sees the failure
   * text.
   */
  async deliver(
    account: Account,
    follower: Follower,
    push: Push,
    expectsAnswer: boolean,
  ): Promise<readonly Delivery[]> {
    const targets = this.#world.targetsOf(account);
    const each = targets.map((target) => this.#deliverTo(target, account, follower, push, expectsAnswer));
    return (await Promise.all(each)).flat();
  }

  async #deliverTo(
    server: CallbackTarget,
    account: Account,
    follower: Follower,
    push: Push,
    expectsAnswer: boolean,
  ): Promise<readonly Delivery[]> {
    const { push: rules, random } = this.#world;
    const via = server.component === undefined ? {} : { component: server.component };
    const deliveries: Delivery[] = [];
    let request: WireRequest | null = null;
    for (let attempt = 1; attempt <= rules.attempts && !this.#closing.signal.aborted; attempt += 1) {
      const startedAt = performance.now();
      if (request === null || !rules.repeatQuery) request = wireRequest(account, server, push, random);
      const outcome = await callServer(request.url, {
        method: 'POST',
        body: request.body,
        deadlineMs: rules.deadlineMs,
        signal: this.#closing.signal,
      });
      if (outcome.kind === 'answer' && outcome.status === 200) {
        deliveries.push({ ...this.#take(server, account, follower, push, outcome, expectsAnswer), ...via });
        return deliveries;
      }
      deliveries.push(
        outcome.kind === 'answer'
          ? { status: outcome.status, ms: outcome.ms, reply: outcome.body, outcome: 'refused', ...via }
          : { status: 0, ms: outcome.ms, reply: null, outcome: outcome.reason, ...via },
      );
      if (attempt < rules.attempts) await this.#pause(rules.gapMs - (performance.now() - startedAt));
    }
    if (expectsAnswer && !this.#closing.signal.aborted) this.#showFailure(account, follower);
    return deliveries;
  }

  #take(
    server: CallbackTarget,
    account: Account,
    follower: Follower,
    push: Push,
    answer: { readonly status: number; readonly body: string; readonly ms: number },
    expectsAnswer: boolean,
  ): Delivery {
    const base = { status: answer.status, ms: answer.ms };
    // The configuration may have been taken back while the answer was on its way.
    if (!this.#world.targetsOf(account).some(({ component }) => component === server.component))
      return { ...base, reply: answer.body, outcome: 'accepted' };
    const reply = readReply(account, server, push, answer.body, this.#world.clock.now());
    if (reply.kind === 'none') return { ...base, reply: reply.text, outcome: 'accepted' };
    if (reply.kind === 'malformed') {
      if (expectsAnswer) this.#showFailure(account, follower);
      return { ...base, reply: reply.text, outcome: 'malformed', detail: reply.reason };
    }
    if (reply.bubble !== null) {
      follower.lastMessageAt = this.#world.clock.now();
      const { type, bubble } = reply;
      this.#world.show(account, follower, { from: 'account', via: 'passive', type, body: bubble });
    }
    return { ...base, reply: reply.text, outcome: 'replied' };
  }

  #showFailure(account: Account, follower: Follower): void {
    this.#world.show(account, follower, {
      from: 'system',
      via: 'client',
      type: 'failure',
      body: { content: SERVICE_FAILURE_TEXT },
    });
  }

  async #pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    await delay(ms, undefined, { signal: this.#closing.signal }).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) throw error;
    });
  }
}
