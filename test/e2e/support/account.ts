import type { Result } from '#shared/app-error';
import { randomUUID } from 'node:crypto';
import type { Input, Output } from '#shared/ipc/contract';
import type { Message } from '#shared/ipc/models';
import type { MethodName } from '#shared/ipc/names';
import type { DeskApp } from './app';
import { ask, invoke } from './bridge';
import { until } from './runtime';
import type { SandboxAccount, World } from './world';

/** One call as the page makes it. @throws with main's code when it is refused */
export function call<M extends MethodName>(app: DeskApp, method: M, input: Input<M>): Promise<Output<M>> {
  return ask(app.page, method, input);
}

/** As `call`, but a refusal is an answer too. */
export function tryCall<M extends MethodName>(
  app: DeskApp,
  method: M,
  input: Input<M>,
): Promise<Result<Output<M>>> {
  return invoke(app.page, method, input);
}

export interface BindOptions {
  readonly name?: string;
  /** Whose entity the account belongs to; the mainland's when absent. */
  readonly region?: 'mainland' | 'overseas';
  /** Where the app calls WeChat; the sandbox itself when absent. */
  readonly apiOrigin?: string;
  /** Where the app reaches the relay; the relay itself when absent. */
  readonly relayOrigin?: string;
}

/** Links a sandbox account through the bridge. WeChat's console does not know its server yet. */
export async function bindAccount(
  app: DeskApp,
  world: World,
  account: SandboxAccount,
  options: BindOptions = {},
): Promise<Output<'accounts.bind'>> {
  return call(app, 'accounts.bind', {
    name: options.name ?? '四季茶馆',
    appid: account.appid,
    secret: account.secret,
    region: options.region ?? 'mainland',
    relayUrl: options.relayOrigin ?? world.relay.origin,
    pairingCode: await world.relay.invite(),
    apiOrigin: options.apiOrigin ?? world.sandbox.origin,
  });
}

/** One server setting, by the clipboard as the owner gets it. */
export async function copiedSetting(
  app: DeskApp,
  appid: string,
  value: 'url' | 'token' | 'aes-key',
): Promise<string> {
  await call(app, 'accounts.copyServerSetting', { appid, value });
  return app.clipboard();
}

/** Pastes the three server settings at WeChat's console. */
export async function enableServer(app: DeskApp, world: World, appid: string): Promise<void> {
  await world.sandbox.enableServer(appid, {
    url: await copiedSetting(app, appid, 'url'),
    token: await copiedSetting(app, appid, 'token'),
    encodingAESKey: await copiedSetting(app, appid, 'aes-key'),
  });
}

/** Connects an account as its owner would: the form's call, then the three values at WeChat's console. */
export async function connectAccount(
  app: DeskApp,
  world: World,
  account: SandboxAccount,
  options: BindOptions = {},
): Promise<void> {
  await bindAccount(app, world, account, options);
  await enableServer(app, world, account.appid);
}

/** A linked account that receives and sends, its followers imported. */
export async function readyAccount(
  app: DeskApp,
  world: World,
  account: SandboxAccount,
  options: BindOptions = {},
): Promise<void> {
  await connectAccount(app, world, account, options);
  await imported(app, account.appid);
}

/** Resolves when the account's import is done. */
export function imported(
  app: DeskApp,
  appid: string,
  timeoutMs = 40_000,
): Promise<Output<'followers.importState'>> {
  return until(
    'the import is done',
    async () => {
      const state = await call(app, 'followers.importState', { appid });
      if (state.phase === 'failed') throw new Error(`the import failed: ${JSON.stringify(state.error)}`);
      return state.phase === 'done' && state;
    },
    timeoutMs,
  );
}

/** All messages of a conversation, oldest first; empty while there is none. */
export async function messagesOf(app: DeskApp, appid: string, openid: string): Promise<readonly Message[]> {
  const found: Message[] = [];
  let before: number | null = null;
  for (;;) {
    const page: Output<'conversations.messages'> = await call(app, 'conversations.messages', {
      appid,
      openid,
      before,
      limit: 500,
    });
    found.unshift(...[...page.messages].sort((one, other) => one.seq - other.seq));
    before = found[0]?.seq ?? null;
    if (!page.more) return found;
  }
}

/** The words of every text message from the follower, oldest first. */
export async function textsFrom(app: DeskApp, appid: string, openid: string): Promise<readonly string[]> {
  return (await messagesOf(app, appid, openid)).flatMap(({ body }) =>
    body.direction === 'in' && body.content.kind === 'text' ? [body.content.text] : [],
  );
}

/** Sends through the bridge as the composer does. */
export function send(
  app: DeskApp,
  to: { readonly appid: string; readonly openid: string },
  text: string,
  clientId: string = randomUUID(),
): Promise<Output<'conversations.send'>> {
  return call(app, 'conversations.send', { ...to, clientId, content: { kind: 'text', text } });
}

/** Status of a message of ours. */
export function statusOf(message: Message): string {
  return message.body.direction === 'out' ? message.body.status : 'in';
}

/** How often the sandbox was asked for `path`. */
export async function callsOf(world: World, appid: string, path: string): Promise<number> {
  return (await world.sandbox.calls(appid)).filter((made) => made.path === path).length;
}
