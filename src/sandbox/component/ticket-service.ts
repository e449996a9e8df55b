import type { World } from '../state/world';
import type { Component } from './component';
import type { PlatformPush, PlatformPusher } from './platform-push';

/** How often a clock that follows the machine is looked at, milliseconds. */
const LOOK_EVERY = 1_000;

/** Pushes `component_verify_ticket` to every platform, at once and then every ten minutes by the sandbox's clock. */
export class TicketService {
  readonly #world: World;
  readonly #pusher: PlatformPusher;
  readonly #end: () => void;

  constructor(world: World, pusher: PlatformPusher) {
    this.#world = world;
    this.#pusher = pusher;
    if (world.clock.manual) this.#end = world.clock.onAdvance(() => this.pushDue());
    else {
      // The server keeps the process alive; without one, as when its port is taken, the process ends.
      const timer = setInterval(() => this.pushDue(), LOOK_EVERY).unref();
      this.#end = () => clearInterval(timer);
    }
  }

  close(): void {
    this.#end();
  }

  /** Begins to push what has fallen due; nobody waits for it, as nobody waits for WeChat. */
  pushDue(): void {
    for (const component of this.#world.components.all()) {
      const ticket = component.tickets.takeDue(this.#world.clock.now());
      if (ticket !== null) void this.#push(component, ticket);
    }
  }

  /** Pushes a ticket now, whenever the next one is due; null when it was to be lost. */
  async pushNow(component: Component): Promise<PlatformPush | null> {
    const ticket = component.tickets.mint(this.#world.clock.now());
    return ticket === null ? null : this.#push(component, ticket);
  }

  async #push(component: Component, ticket: string): Promise<PlatformPush> {
    const push = await this.#pusher.push(component, 'component_verify_ticket', {
      ComponentVerifyTicket: ticket,
    });
    component.tickets.delivered = push.deliveries.at(-1)?.outcome === 'accepted';
    return push;
  }
}
