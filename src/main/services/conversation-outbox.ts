import { AppError, type AppErrorData } from '#shared/app-error';
import { canSend, type SendVerdict } from '#shared/domain/can-send';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { isSendable, type OutboundContent } from '#shared/domain/message';
import { CORRECTING_ERRCODES, type CorrectingErrcode } from '#shared/domain/window';
import type { Message } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { sendCustomerServiceMessage } from '#wechat/api/customer-service';
import { uploadTemporaryMedia } from '#wechat/api/media';
import type { WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import { isOutcomeUnknown, NetworkError } from '#wechat/http';
import type { Database, Outcome, StoredMessage } from '../db/port';
import { createCardUploads } from './cards/card-uploads';
import type { FollowersService, MediaService } from './interfaces';
import type { Publish } from './ports';
import { createSerial } from './serial';

export interface OutboxDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  readonly followers: Pick<FollowersService, 'lookUp'>;
  readonly media: Pick<MediaService, 'read'>;
}

/** WeChat keeps an upload for three days; an hour is left for the send itself. */
const UPLOAD_LIVES = 3 * 86_400 - 3_600;
const QUEUE_BATCH = 200;
const OFFLINE: AppErrorData = { code: 'send/queued-offline' };

export function createOutbox(deps: OutboxDeps) {
  const { db, clock, logger, publish, wechatFor } = deps;
  const withCardPicture = createCardUploads(deps);
  /** One send at a time per conversation: WeChat shows messages in the order in which calls arrive. */
  const serial = createSerial();

  function tell(message: Message): Message {
    publish('conversations.changed', { appid: message.appid, openid: message.openid, message });
    return message;
  }

  async function settle(message: Message, outcome: Outcome): Promise<Message> {
    const settled = tell(await db.outbox.settle(message.id, outcome));
    publish('accounts.changed', { appid: message.appid });
    return settled;
  }

  /**
   * The rules with fresh state: the same question that draws the composer. `since` is when the grant began by WeChat's
   * clock: what is sent on it is no older, though our own clock may lag behind by a second or two.
   */
  async function verdict(
    appid: string,
    openid: string,
  ): Promise<{ readonly allowed: SendVerdict; readonly since: UnixSeconds }> {
    const [account, conversation] = await Promise.all([
      db.accounts.get(appid),
      db.conversations.get(appid, openid),
    ]);
    if (account === null) throw new AppError({ code: 'account/not-found' });
    if (account.status !== 'bound') throw new AppError({ code: 'account/frozen' });
    if (conversation === null) throw new AppError({ code: 'conversation/not-found' });
    return {
      allowed: canSend(conversation.window, clock.now(), account),
      since: conversation.window.grant?.grantedAt ?? 0,
    };
  }

  /** The media id to send: the upload of before while WeChat keeps it, else a new one. */
  async function uploaded(client: WeChatClient, mediaId: string): Promise<string> {
    const record = await db.media.get(mediaId);
    if (record === null) throw new AppError({ code: 'media/staged-missing' });
    if (record.remoteId !== null && clock.now() - record.createdAt < UPLOAD_LIVES) return record.remoteId;
    const { bytes, mime } = await deps.media.read(mediaId);
    const upload = await uploadTemporaryMedia(client, 'image', {
      filename: record.name ?? `image.${mime.split('/')[1] ?? 'jpg'}`,
      contentType: mime,
      bytes: Buffer.from(bytes),
    });
    await db.media.update(mediaId, { remoteId: upload.mediaId, createdAt: upload.createdAt });
    return upload.mediaId;
  }

  /** Everything that has no effect at the follower. Failures of the network in here mean: not sent. */
  async function prepare({
    message,
    mediaId,
  }: StoredMessage): Promise<{ client: WeChatClient; content: OutboundContent }> {
    if (message.body.direction !== 'out') throw new AppError({ code: 'conversation/not-found' });
    const { content } = message.body;
    if (!isSendable(content)) throw new AppError({ code: 'conversation/not-found' });
    const client = await wechatFor(message.appid);
    await client.ensureToken();
    if (mediaId === null) return { client, content };
    if (content.kind !== 'image') return { client, content: await withCardPicture(client, content, mediaId) };
    return { client, content: { kind: 'image', mediaId: await uploaded(client, mediaId) } };
  }

  async function prepared(stored: StoredMessage): Promise<Outcome | Awaited<ReturnType<typeof prepare>>> {
    try {
      return await prepare(stored);
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('db/')) throw error;
      if (error instanceof NetworkError) return { status: 'queued', failure: OFFLINE, event: null };
      return { status: 'failed', failure: error.data, event: null };
    }
  }

  /** 43004 has two causes: the follower left, or the account may not write to followers at all [S1.10]. */
  async function notSubscribed(
    error: WeChatError,
    { appid, openid }: Message,
    at: UnixSeconds,
  ): Promise<Outcome> {
    const correction = { type: 'correction', errcode: 43004, at } as const;
    const failed: Outcome = { status: 'failed', failure: error.data, event: correction };
    try {
      const follower = await deps.followers.lookUp(appid, openid);
      if (!follower.following) return failed;
      return { ...failed, failure: { ...error.data, params: { stillFollowing: 1 } }, event: null };
    } catch (lookUpError) {
      if (!(lookUpError instanceof AppError)) throw lookUpError;
      logger.warn('look-up-failed', { appid, code: lookUpError.code });
      return failed;
    }
  }

  async function refused(error: WeChatError, message: Message, at: UnixSeconds): Promise<Outcome> {
    if (error.errcode === 43004) return notSubscribed(error, message, at);
    const errcode = CORRECTING_ERRCODES.find((code): code is CorrectingErrcode => code === error.errcode);
    return {
      status: 'failed',
      failure: error.data,
      event: errcode ? { type: 'correction', errcode, at } : null,
    };
  }

  async function call(
    client: WeChatClient,
    message: Message,
    content: OutboundContent,
    since: UnixSeconds,
  ): Promise<Outcome> {
    const at = (): UnixSeconds => Math.max(clock.now(), since);
    try {
      await sendCustomerServiceMessage(client, message.openid, content);
      return { status: 'sent', failure: null, event: { type: 'sent', at: at() }, content };
    } catch (error) {
      if (error instanceof WeChatError) return refused(error, message, at());
      if (error instanceof NetworkError && !isOutcomeUnknown(error))
        return { status: 'queued', failure: OFFLINE, event: null };
      // The request left and no answer came: nobody knows, so it is never repeated by itself.
      if (!(error instanceof NetworkError)) logger.error('send-broke-off', { appid: message.appid, error });
      return {
        status: 'unknown',
        failure: { code: 'send/unknown-outcome' },
        event: { type: 'unknown-send', at: at() },
        content,
      };
    }
  }

  /** Takes a message that is `sending` to its outcome. */
  async function deliver(stored: StoredMessage): Promise<Message> {
    const { message } = stored;
    const { allowed, since } = await verdict(message.appid, message.openid);
    if (!allowed.ok) return settle(message, { status: 'failed', failure: refusalOf(allowed), event: null });
    const ready = await prepared(stored);
    if ('status' in ready) return settle(message, ready);
    return settle(message, await call(ready.client, message, ready.content, since));
  }

  const conversationKey = (appid: string, openid: string): string => `${appid}/${openid}`;

  return {
    verdict,
    tell,

    /** Writes the row once per client id and takes it to its outcome. */
    async send(
      row: Pick<Message, 'appid' | 'openid'> & {
        readonly clientId: string;
        readonly content: OutboundContent;
        readonly mediaId: string | null;
        readonly retryOf: string | null;
      },
    ): Promise<Message> {
      const known = await db.outbox.byClientId(row.clientId);
      if (known) return known;
      const { allowed } = await verdict(row.appid, row.openid);
      return serial.run(conversationKey(row.appid, row.openid), async () => {
        const behind = await db.outbox.hasQueued(row.appid, row.openid);
        const { message, created } = await db.outbox.insert({
          ...row,
          at: clock.now(),
          status: !allowed.ok ? 'failed' : behind ? 'queued' : 'sending',
          failure: !allowed.ok ? refusalOf(allowed) : behind ? OFFLINE : null,
        });
        if (!created) return message;
        tell(message);
        if (message.body.direction !== 'out' || message.body.status !== 'sending') return message;
        return deliver({ message, mediaId: row.mediaId, remoteMediaId: null });
      });
    },

    /** Sends what is queued, oldest first; stops at the first account that is still offline. True while some remain. */
    async flush(): Promise<boolean> {
      const offline = new Set<string>();
      for (const { message } of await db.outbox.queued(QUEUE_BATCH)) {
        if (offline.has(message.appid)) continue;
        await serial.run(conversationKey(message.appid, message.openid), async () => {
          const claimed = await db.outbox.claim(message.id);
          if (!claimed) return;
          tell(claimed.message);
          const settled = await deliver(claimed);
          if (settled.body.direction === 'out' && settled.body.status === 'queued')
            offline.add(message.appid);
        });
      }
      return (await db.outbox.queued(1)).length > 0;
    },

    idle: serial.idle,
  };
}

const REFUSALS: Readonly<Record<Extract<SendVerdict, { ok: false }>['reason'], string>> = {
  'never-opened': 'send/window-closed',
  time: 'send/window-closed',
  count: 'send/window-closed',
  unfollowed: 'send/not-following',
  blocked: 'send/blocked',
  refusing: 'send/refusing',
  'account-cannot': 'send/account-cannot',
};

const refusalOf = (verdict: Extract<SendVerdict, { ok: false }>): AppErrorData => ({
  code: REFUSALS[verdict.reason],
  params: { reason: verdict.reason },
});
