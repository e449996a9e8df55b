import { AppError, type AppErrorData } from '#shared/app-error';
import { isFileKind, kindObstacle } from '#shared/domain/attachable';
import { canSend, type SendVerdict } from '#shared/domain/can-send';
import type { Clock, UnixSeconds } from '#shared/domain/clock';
import { isSendable, type OutboundContent } from '#shared/domain/message';
import { CORRECTING_ERRCODES, type CorrectingErrcode } from '#shared/domain/window';
import type { Message } from '#shared/ipc/models';
import type { Logger } from '#shared/log';
import { sendCustomerServiceMessage } from '#wechat/api/customer-service';
import type { WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import { isOutcomeUnknown, NetworkError } from '#wechat/http';
import type { StoredMessage } from '../db/port/conversations';
import type { Database } from '../db/port/database';
import type { Outcome } from '../db/port/outbox';
import type { FollowersService, MediaService } from './interfaces';
import { speakingAs } from './kf';
import type { Publish } from './ports';
import { createSerial } from './serial';
import { createUploads } from './uploads';

export interface OutboxDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  readonly followers: Pick<FollowersService, 'lookUp'>;
  readonly media: Pick<MediaService, 'original'>;
}

const QUEUE_BATCH = 200;
const OFFLINE: AppErrorData = { code: 'send/queued-offline' };

export function createOutbox(deps: OutboxDeps) {
  const { db, clock, logger, publish, wechatFor } = deps;
  const { withUploads } = createUploads(deps);
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

  /** Everything that has no effect at the follower. Failures of the network in here mean: not sent. */
  async function prepare(stored: StoredMessage): Promise<{ client: WeChatClient; content: OutboundContent }> {
    const { message, mediaId } = stored;
    if (message.body.direction !== 'out') throw new AppError({ code: 'conversation/not-found' });
    const { content } = message.body;
    if (!isSendable(content)) throw new AppError({ code: 'conversation/not-found' });
    await requireKind(message.appid, content.kind);
    const client = await wechatFor(message.appid);
    await client.ensureToken();
    return {
      client,
      content: mediaId === null ? content : await withUploads(client, message, content, mediaId),
    };
  }

  /** A file may have been staged before the account turned out to be of another region. @throws AppError media/overseas */
  async function requireKind(appid: string, kind: OutboundContent['kind']): Promise<void> {
    const account = await db.accounts.get(appid);
    if (account !== null && isFileKind(kind) && kindObstacle(account, kind) === 'not-overseas')
      throw new AppError({ code: 'media/overseas' });
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
      const kfAccount = await speakingAs(db, message.appid);
      await sendCustomerServiceMessage(client, message.openid, content, kfAccount ? { kfAccount } : {});
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

  const failed = (failure: AppErrorData): Outcome => ({ status: 'failed', failure, event: null });

  /** Why a message may not leave now; null when it may. What cannot even be asked, as of an account that is gone, may not. */
  async function obstacle({ appid, openid }: Message): Promise<AppErrorData | null> {
    try {
      const { allowed } = await verdict(appid, openid);
      return allowed.ok ? null : refusalOf(allowed);
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('db/')) throw error;
      return error.data;
    }
  }

  /** Takes a message that is `sending` to its outcome. */
  async function deliver(stored: StoredMessage): Promise<Message> {
    const { message } = stored;
    const reason = await obstacle(message);
    if (reason !== null) return settle(message, failed(reason));
    const ready = await prepared(stored);
    if ('status' in ready) return settle(message, ready);
    // An upload takes a while, and the window may have closed meanwhile.
    const late = stored.mediaId === null ? null : await obstacle(message);
    if (late !== null) return settle(message, failed(late));
    const { since } = await verdict(message.appid, message.openid);
    return settle(message, await call(ready.client, message, ready.content, since));
  }

  /** Sends a queued message when its turn has come; one that waits for the network holds up those behind it. */
  async function takeTurn(id: string): Promise<void> {
    if (await db.outbox.hasQueuedBefore(id)) {
      const held = await db.outbox.hold(id, OFFLINE);
      if (held) tell(held);
      return;
    }
    const claimed = await db.outbox.claim(id);
    if (!claimed) return;
    tell(claimed.message);
    await deliver(claimed);
  }

  /** While the network is away nothing leaves, but what became illegal meanwhile says so. */
  async function giveUpIllegal(message: Message): Promise<void> {
    const reason = await obstacle(message);
    if (reason === null) return;
    const claimed = await db.outbox.claim(message.id);
    if (claimed) await settle(claimed.message, failed(reason));
  }

  async function soonestEnd(): Promise<UnixSeconds | null> {
    const left = await db.outbox.queued(QUEUE_BATCH);
    const people = new Map(
      left.map(({ message: { appid, openid } }) => [`${appid}/${openid}`, { appid, openid }]),
    );
    const ends = await Promise.all(
      [...people.values()].map(async ({ appid, openid }) => {
        const conversation = await db.conversations.get(appid, openid);
        return conversation?.window.grant?.expiresAt ?? Infinity;
      }),
    );
    return left.length === 0 ? null : Math.min(...ends);
  }

  const conversationKey = (appid: string, openid: string): string => `${appid}/${openid}`;

  return {
    verdict,
    tell,

    /** Writes the row once per client id and takes it to its outcome. Rows stand in the order of the calls. */
    async send(
      row: Pick<Message, 'appid' | 'openid'> & {
        readonly clientId: string;
        readonly content: OutboundContent;
        readonly mediaId: string | null;
        readonly retryOf: string | null;
      },
    ): Promise<Message> {
      const { appid, openid, clientId } = row;
      const known = await db.outbox.byClientId(clientId);
      if (known) return known;
      const [{ allowed }, behind] = await Promise.all([
        verdict(appid, openid),
        db.outbox.hasQueued(appid, openid),
      ]);
      const place = conversationKey(appid, openid);
      // Nothing is awaited from here to the place in the line, so that rows and turns have one order.
      const inLine = serial.busy(place);
      const waits = allowed.ok && (inLine || behind);
      const inserting = db.outbox
        .insert({
          ...row,
          at: clock.now(),
          status: !allowed.ok ? 'failed' : waits ? 'queued' : 'sending',
          failure: !allowed.ok ? refusalOf(allowed) : waits && !inLine ? OFFLINE : null,
        })
        .then(({ message, created }) => ({ message: created ? tell(message) : message, created }));
      return serial.run(place, async () => {
        const { message, created } = await inserting;
        if (!created || message.body.direction !== 'out') return message;
        if (message.body.status === 'sending')
          return deliver({ message, mediaId: row.mediaId, remoteMediaId: null });
        if (inLine && message.body.status === 'queued') await takeTurn(clientId);
        return (await db.outbox.byClientId(clientId)) ?? message;
      });
    },

    /**
     * Sends what is queued, oldest first. Of an account that is still offline nothing is tried twice; what may not be sent any
     * more fails all the same.
     * @returns when the first of what remains will be too late (unix seconds; Infinity: never), or null when nothing remains
     */
    async flush(): Promise<UnixSeconds | null> {
      const offline = new Set<string>();
      for (const { message } of await db.outbox.queued(QUEUE_BATCH)) {
        await serial.run(conversationKey(message.appid, message.openid), async () => {
          if (offline.has(message.appid)) {
            await giveUpIllegal(message);
            return;
          }
          const claimed = await db.outbox.claim(message.id);
          if (!claimed) return;
          tell(claimed.message);
          const settled = await deliver(claimed);
          if (settled.body.direction === 'out' && settled.body.status === 'queued')
            offline.add(message.appid);
        });
      }
      return soonestEnd();
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
