import { isJsonObject } from '../json';
import type { Account } from '../state/account';
import type { Follower } from '../state/followers';
import { inTime } from '../state/window';
import { readMessage } from './custom-message';
import { fail } from './errors';
import { jsonBody, OK, textOf, type AccountCall, type ApiRoute } from './route';

/** messages.md §2; how long the typing hint shows, and how recent the last message must be, in seconds. */
const TYPING_SHOWS = 15;
const TYPING_NEEDS_MESSAGE_WITHIN = 30;

export const customerServiceMessageRoutes: readonly ApiRoute[] = [
  { path: '/cgi-bin/message/custom/send', method: 'POST', auth: 'token', needs: 'verified', handle: send },
  {
    path: '/cgi-bin/message/custom/typing',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: typing,
  },
];

/** The order of refusals is that of errcodes.md §I; nothing changes before the last check has passed. */
function send(call: AccountCall): unknown {
  const body = jsonBody(call);
  const message = readMessage(body, call.account);
  const follower = reachable(call, textOf(body, 'touser'));
  const { window } = follower;
  if (!inTime(window, call.now)) fail(45015);
  if (window.remaining <= 0) fail(45047);
  message.checkContent(call.account, call.now);
  const kfAccount = workerOf(body['customservice'], call.account);
  const aiContext = body['aimsgcontext'];
  const aiGenerated = isJsonObject(aiContext) && aiContext['is_ai_msg'] === 1;

  window.remaining -= 1;
  follower.lastMessageAt = call.now;
  follower.typingUntil = 0;
  call.world.show(call.account, follower, {
    from: 'account',
    via: 'customer-service',
    type: message.type,
    body: message.bubble,
    ...(kfAccount === null ? {} : { kfAccount }),
    ...(aiGenerated ? { aiGenerated } : {}),
  });
  return OK;
}

/** The follower a message may go to: 40003, then 43004 or 45015 for who left, 43019, 48002. */
function reachable(call: AccountCall, openid: string): Follower {
  const follower = call.account.followers.edit(openid) ?? fail(40003);
  if (!follower.following) fail(follower.window.everOpened ? 45015 : 43004);
  if (follower.blacklisted) fail(43019);
  if (follower.refusesMessages) fail(48002);
  return follower;
}

function workerOf(value: unknown, account: Account): string | null {
  if (!isJsonObject(value)) return null;
  const name = textOf(value, 'kf_account');
  return account.workers.get(name) ? name : fail(65401);
}

function typing(call: AccountCall): unknown {
  const body = jsonBody(call);
  const command = textOf(body, 'command');
  if (command !== 'Typing' && command !== 'CancelTyping') fail(45072);
  const follower = reachable(call, textOf(body, 'touser'));
  if (command === 'CancelTyping') {
    follower.typingUntil = 0;
    return OK;
  }
  const last = follower.lastMessageAt;
  if (last === 0 || call.now - last > TYPING_NEEDS_MESSAGE_WITHIN) fail(45080);
  if (call.now < follower.typingUntil) fail(45081);
  follower.typingUntil = call.now + TYPING_SHOWS;
  return OK;
}
