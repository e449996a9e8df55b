import { sign } from '#wechat/callback/signature';
import type { ServerConfig } from '../state/account';
import type { World } from '../state/world';
import { callServer } from './http';
import { wireNonce, wireTimestamp } from './wire';

/** The console's own words (callbacks.md §1). */
export type VerificationFailure = 'token验证失败' | '系统发生错误';

export type Verification =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: VerificationFailure; readonly detail: string };

/**
 * Checks a server as the console does on 提交: a signed GET whose echostr must come back raw. A wrong answer is
 * token验证失败, no answer within the deadline 系统发生错误.
 */
export async function verifyServer(world: World, server: ServerConfig): Promise<Verification> {
  const timestamp = wireTimestamp();
  const nonce = wireNonce(world.random);
  const echostr = `${world.random.between(1, 9)}${world.random.chars(18, '0123456789')}`;
  const url = new URL(server.url);
  url.searchParams.set('signature', sign(server.token, timestamp, nonce));
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  url.searchParams.set('echostr', echostr);
  const outcome = await callServer(url, { method: 'GET', deadlineMs: world.push.deadlineMs });
  if (outcome.kind === 'failed') {
    const detail = outcome.reason === 'timeout' ? 'no full answer in time' : 'no connection to the server';
    return { ok: false, message: '系统发生错误', detail };
  }
  if (outcome.status !== 200)
    return { ok: false, message: 'token验证失败', detail: `HTTP ${outcome.status}` };
  if (outcome.body !== echostr) {
    return { ok: false, message: 'token验证失败', detail: 'the answer is not the echostr' };
  }
  return { ok: true };
}
