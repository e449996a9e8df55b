import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { isCardKind } from '#shared/domain/cards/card';
import { cardObstacle } from '#shared/domain/cards/card-availability';
import { isSendable, type OutboundContent } from '#shared/domain/message';
import { WINDOW_RULES } from '#shared/domain/window-rules';
import type { Input } from '#shared/ipc/contract';
import type { Message } from '#shared/ipc/models';
import { cardContent } from './cards/card-content';
import { createInbox, type InboxDeps } from './conversation-inbox';
import { createOutbox, type OutboxDeps } from './conversation-outbox';
import type { ConversationsService, FollowersService, MediaService } from './interfaces';

export interface ConversationsDeps
  extends Omit<InboxDeps, 'followers' | 'media'>, Omit<OutboxDeps, 'followers' | 'media'> {
  readonly followers: Pick<FollowersService, 'enqueueLookUps' | 'lookUp'>;
  readonly media: Pick<MediaService, 'enqueue' | 'read'>;
}

/** Longest text of a customer-service message, bytes of UTF-8 (messages §2). */
const MAX_TEXT_BYTES = 2048;
/** Pauses between tries to empty the queue while offline, milliseconds; the last one repeats. */
const QUEUE_PAUSES_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
const REFOLD_BATCH = 500;

export function createConversationsService(deps: ConversationsDeps): ConversationsService {
  const { db, clock, logger, publish } = deps;
  const inbox = createInbox(deps);
  const outbox = createOutbox(deps);
  let flushing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let tries = 0;
  let stopped = false;

  function watchQueue(): void {
    if (timer || stopped) return;
    const pauseMs = QUEUE_PAUSES_MS[Math.min(tries, QUEUE_PAUSES_MS.length - 1)] ?? 60_000;
    tries += 1;
    timer = setTimeout(() => {
      timer = null;
      flushQueue().catch((error: unknown) => logger.error('queue-broke-off', { error }));
    }, pauseMs);
    timer.unref();
  }

  function flushQueue(): Promise<void> {
    flushing ??= (async () => {
      try {
        if (stopped) return;
        if (await outbox.flush()) watchQueue();
        else tries = 0;
      } finally {
        flushing = null;
      }
    })();
    return flushing;
  }

  async function sent(message: Promise<Message>): Promise<Message> {
    const settled = await message;
    if (settled.body.direction === 'out' && settled.body.status === 'queued') watchQueue();
    return settled;
  }

  /** @throws AppError `send/too-long` */
  function checkText(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_TEXT_BYTES)
      throw new AppError({ code: 'send/too-long', params: { limit: MAX_TEXT_BYTES, bytes } });
  }

  /** @throws AppError `card/not-for-account` */
  async function requireKind(
    appid: string,
    kind: Input<'conversations.send'>['content']['kind'],
  ): Promise<void> {
    if (!isCardKind(kind)) return;
    const account = await db.accounts.get(appid);
    if (account && cardObstacle(kind, account)) throw new AppError({ code: 'card/not-for-account' });
  }

  function toOutbound(content: Input<'conversations.send'>['content']): {
    content: OutboundContent;
    mediaId: string | null;
  } {
    switch (content.kind) {
      case 'image':
        return { content: { kind: 'image', mediaId: '' }, mediaId: content.stagedId };
      case 'text':
        checkText(content.text);
        return { content, mediaId: null };
      default:
        return cardContent(content);
    }
  }

  return {
    ingest: inbox.ingest,
    retryQuarantine: inbox.retryQuarantine,
    page: (input) => db.conversations.page({ ...input, now: clock.now() }),
    async get(appid, openid) {
      const conversation = await db.conversations.get(appid, openid);
      if (conversation === null) throw new AppError({ code: 'conversation/not-found' });
      return conversation;
    },
    messages: ({ appid, openid, before, limit }) => db.conversations.messages(appid, openid, before, limit),
    send: ({ appid, openid, clientId, content }) =>
      sent(
        requireKind(appid, content.kind).then(() =>
          outbox.send({ appid, openid, clientId, retryOf: null, ...toOutbound(content) }),
        ),
      ),
    async resend({ appid, openid, messageId, clientId }) {
      const stored = await db.conversations.message(appid, messageId);
      const body = stored?.message.body;
      if (!stored || body?.direction !== 'out' || (body.status !== 'failed' && body.status !== 'unknown'))
        throw new AppError({ code: 'conversation/not-found' });
      const { content } = body;
      if (!isSendable(content)) throw new AppError({ code: 'conversation/not-found' });
      const { mediaId } = stored;
      return sent(outbox.send({ appid, openid, clientId, content, mediaId, retryOf: messageId }));
    },
    async cancelQueued({ appid, openid, messageId }) {
      if (await db.outbox.cancel(appid, openid, messageId))
        publish('conversations.changed', { appid, openid });
    },
    async markRead(appid, openid) {
      await db.conversations.markRead(appid, openid);
      publish('conversations.changed', { appid, openid });
      publish('accounts.changed', { appid });
    },
    async setDraft({ appid, openid, text }) {
      await db.conversations.setDraft(appid, openid, text, clock.now());
      publish('conversations.changed', { appid, openid });
    },
    async setStarred({ appid, openid, starred }) {
      await db.conversations.setStarred(appid, openid, starred, clock.now());
      publish('conversations.changed', { appid, openid });
    },
    async fetchMedia({ appid, messageId }) {
      const stored = await db.conversations.message(appid, messageId);
      if (stored?.mediaId) deps.media.enqueue([stored.mediaId]);
    },
    async recover() {
      for (const message of await db.outbox.recover(clock.now())) outbox.tell(message);
      const fingerprint = createHash('sha256').update(JSON.stringify(WINDOW_RULES)).digest('hex');
      while (await db.conversations.refold(fingerprint, REFOLD_BATCH)) if (stopped) return;
      await flushQueue();
    },
    flushQueue,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      timer = null;
      await flushing;
      await outbox.idle();
    },
  };
}
