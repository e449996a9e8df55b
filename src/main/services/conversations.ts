import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { isCardKind } from '#shared/domain/cards/card';
import { cardObstacle } from '#shared/domain/cards/card-availability';
import { MAX_TEXT_BYTES, utf8Length } from '#shared/domain/media-limits';
import { isSendable, type OutboundContent } from '#shared/domain/message';
import { hasBrokenLink } from '#shared/domain/text-links';
import { WINDOW_RULES } from '#shared/domain/window-rules';
import type { Input } from '#shared/ipc/contract';
import type { Message } from '#shared/ipc/models';
import { cardContent } from './cards/card-content';
import { createInbox, type InboxDeps } from './conversation-inbox';
import { createOutbox, type OutboxDeps } from './conversation-outbox';
import type { ConversationsService, FollowersService, MediaService } from './interfaces';
import { createTypingSigns, type TypingDeps } from './typing-signs';

export interface ConversationsDeps
  extends
    Omit<InboxDeps, 'followers' | 'media'>,
    Omit<OutboxDeps, 'followers' | 'media'>,
    Pick<TypingDeps, 'showTyping'> {
  readonly followers: Pick<FollowersService, 'enqueueLookUps' | 'lookUp'>;
  readonly media: Pick<MediaService, 'enqueue' | 'original'>;
}

/** Pauses between tries to empty the queue while offline, milliseconds; the last one repeats. */
const QUEUE_PAUSES_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
/** The least pause: a window that just closed is not asked about in a busy loop. */
const MIN_PAUSE_MS = 500;
const REFOLD_BATCH = 500;

export function createConversationsService(deps: ConversationsDeps): ConversationsService {
  const { db, clock, logger, publish } = deps;
  const inbox = createInbox(deps);
  const outbox = createOutbox(deps);
  const signs = createTypingSigns(deps);
  let flushing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let tries = 0;
  let stopped = false;

  /** @param tooLateAt unix seconds at which something that waits becomes illegal: it says so at once */
  function watchQueue(tooLateAt = Infinity): void {
    if (timer || stopped) return;
    const growing = QUEUE_PAUSES_MS[Math.min(tries, QUEUE_PAUSES_MS.length - 1)] ?? 60_000;
    const untilLate = Math.max(MIN_PAUSE_MS, (tooLateAt - clock.now()) * 1000);
    const pauseMs = Math.min(growing, untilLate);
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
        const tooLateAt = await outbox.flush();
        if (tooLateAt === null) tries = 0;
        else watchQueue(tooLateAt);
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

  /** @throws AppError `send/too-long`, `send/broken-link` */
  function checkText(text: string): void {
    const bytes = utf8Length(text);
    if (bytes > MAX_TEXT_BYTES)
      throw new AppError({ code: 'send/too-long', params: { limit: MAX_TEXT_BYTES, bytes } });
    if (hasBrokenLink(text)) throw new AppError({ code: 'send/broken-link' });
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
      case 'text':
        checkText(content.text);
        return { content, mediaId: null };
      case 'image':
      case 'voice':
        return { content: { kind: content.kind, mediaId: '' }, mediaId: content.stagedId };
      case 'video':
        return {
          content: {
            ...{ kind: 'video', mediaId: '', thumbMediaId: '' },
            ...(content.title ? { title: content.title } : {}),
          },
          mediaId: content.stagedId,
        };
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
    around: ({ appid, openid, seq, limit }) => db.conversations.around(appid, openid, seq, limit),
    messagesAfter: ({ appid, openid, after, limit }) =>
      db.conversations.messagesAfter(appid, openid, after, limit),
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
    async setDraft({ appid, openid, text, prepared }) {
      await db.conversations.setDraft(appid, openid, text, clock.now(), prepared);
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
    typing: signs.typing,
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
      await Promise.all([outbox.idle(), signs.idle()]);
    },
  };
}
