import { AppError } from '#shared/app-error';
import { canSend } from '#shared/domain/can-send';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { typingCall } from '#shared/domain/typing-sign';
import type { Input } from '#shared/ipc/contract';
import type { Message } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { setTyping } from '#wechat/api/customer-service';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import { createSerial } from './serial';

export interface TypingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  /** The user wants customers to see the sign. */
  readonly showTyping: () => boolean;
}

/** Signs asked for in this run are remembered for so many conversations; the oldest are of no use any more. */
const REMEMBERED = 500;

/** When the newest message came or went; null when it is an event, or did not reach the other side. */
function exchangedAt(last: Message | null): UnixSeconds | null {
  if (last === null) return null;
  const exchanged =
    last.body.direction === 'in' ? last.body.content.kind !== 'event' : last.body.status === 'sent';
  return exchanged ? last.at : null;
}

/** "Typing" at the customer: a courtesy, so it costs no reply, waits for nothing and bothers nobody when it is refused. */
export function createTypingSigns({ db, clock, logger, wechatFor, showTyping }: TypingDeps) {
  const shown = new Map<string, UnixSeconds>();
  const serial = createSerial();

  function remember(key: string, at: UnixSeconds): void {
    shown.delete(key);
    shown.set(key, at);
    const [oldest] = shown.keys();
    if (shown.size > REMEMBERED && oldest !== undefined) shown.delete(oldest);
  }

  async function show({ appid, openid, typing }: Input<'conversations.typing'>, key: string): Promise<void> {
    const [account, conversation] = await Promise.all([
      db.accounts.get(appid),
      db.conversations.get(appid, openid),
    ]);
    if (account?.status !== 'bound' || conversation === null) return;
    const now = clock.now();
    if (!canSend(conversation.window, now, account).ok) return;
    const facts = { lastMessageAt: exchangedAt(conversation.last), shownAt: shown.get(key) ?? null };
    const command = typingCall(facts, typing, now);
    if (command === null) return;
    if (command === 'Typing') remember(key, now);
    else shown.delete(key);
    await setTyping(await wechatFor(appid), openid, typing);
  }

  return {
    async typing(input: Input<'conversations.typing'>): Promise<void> {
      if (input.typing && !showTyping()) return;
      const key = `${input.appid}/${input.openid}`;
      try {
        await serial.run(key, () => show(input, key));
      } catch (error) {
        if (!(error instanceof AppError) || error.code.startsWith('db/')) throw error;
        logger.warn('typing-refused', { appid: input.appid, error: error.data });
      }
    },
    idle: serial.idle,
  };
}
