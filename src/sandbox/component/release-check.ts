import type { Stage } from '../acts/act';
import type { Delivery } from '../push/deliver';
import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import type { World } from '../state/world';
import type { Component } from './component';
import type { PlatformPush } from './platform-push';
import type { TicketService } from './ticket-service';

const TEXT = 'TESTCOMPONENT_MSG_TYPE_TEXT';
const MESSAGE_SET = 1;

export interface ReleaseCheck {
  readonly passed: boolean;
  /** What the platform had to answer. */
  readonly wanted: string;
  /** What it answered; null when nothing came. */
  readonly answered: string | null;
  readonly deliveries: readonly { readonly status: number; readonly ms: number; readonly outcome: string }[];
}

export interface ReleaseReport {
  readonly passed: boolean;
  readonly ticket: ReleaseCheck;
  readonly text: ReleaseCheck;
  readonly api: ReleaseCheck;
}

/**
 * The checks of 全网发布接入检测: a ticket is taken, a text is answered passively, and a message with an authorization
 * code is followed within `waitMs` by a customer-service message in the name of the test account.
 */
export async function checkRelease(
  world: World,
  stage: Stage,
  tickets: TicketService,
  component: Component,
  waitMs: number,
): Promise<ReleaseReport> {
  const account = world.releaseTestAccount();
  const follower = account.followers.edit(account.followers.openidAt(0));
  if (follower === null) throw new Error('the test account has no follower');
  const sets = [...new Set([MESSAGE_SET, ...component.settings.permissionSets])];
  const { authorization } = component.authorize(account, sets, world.clock.now());
  try {
    const ticket = ticketCheck(await tickets.pushNow(component));
    const text = await textCheck(stage, account, follower);
    const { code } = component.authorizationCodes.mint(authorization, world.clock.now());
    const api = await apiCheck(world, stage, account, follower, code, waitMs);
    return { passed: ticket.passed && text.passed && api.passed, ticket, text, api };
  } finally {
    // The test account is WeChat's own; it stays authorized for the check only.
    authorization.active = false;
  }
}

function ticketCheck(push: PlatformPush | null): ReleaseCheck {
  const deliveries = push?.deliveries ?? [];
  const last = deliveries.at(-1);
  return {
    passed: last?.outcome === 'accepted',
    wanted: 'success',
    answered: last?.reply ?? null,
    deliveries,
  };
}

async function textCheck(stage: Stage, account: Account, follower: Follower): Promise<ReleaseCheck> {
  const wanted = `${TEXT}_callback`;
  const from = follower.phone.length;
  const deliveries = await stage.act(account, follower, { type: 'text', content: TEXT });
  const answered = follower.phone.slice(from).find(({ via }) => via === 'passive')?.body['content'];
  return {
    passed: answered === wanted,
    wanted,
    answered: typeof answered === 'string' ? answered : (deliveries.at(-1)?.reply ?? null),
    deliveries,
  };
}

async function apiCheck(
  world: World,
  stage: Stage,
  account: Account,
  follower: Follower,
  code: string,
  waitMs: number,
): Promise<ReleaseCheck> {
  const wanted = `${code}_from_api`;
  const waiting = new AbortController();
  const arrived = nextCustomerMessage(world, follower, waiting.signal);
  const timer = setTimeout(() => waiting.abort(), waitMs);
  const deliveries = await stage.act(account, follower, {
    type: 'text',
    content: `QUERY_AUTH_CODE:${code}`,
  });
  const answered = await arrived;
  clearTimeout(timer);
  return { passed: isEmpty(deliveries.at(-1)) && answered === wanted, wanted, answered, deliveries };
}

/** The message itself must be answered with nothing at once. */
function isEmpty(delivery: Delivery | undefined): boolean {
  return delivery?.outcome === 'accepted' && delivery.reply === '';
}

/** The text of the next customer-service message on this phone; null when none has come before the signal. */
function nextCustomerMessage(world: World, follower: Follower, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (content: string | null): void => {
      dispose();
      resolve(content);
    };
    const dispose = world.onPhone((_account, owner, item) => {
      if (owner.openid !== follower.openid || item.via !== 'customer-service') return;
      end(typeof item.body['content'] === 'string' ? item.body['content'] : '');
    });
    signal.addEventListener('abort', () => end(null), { once: true });
  });
}
