import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { getTemporaryMedia } from '#wechat/api/media';
import type { WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import { httpRequest, NetworkError } from '#wechat/http';
import type { Database, MediaRecord } from '../db/port';
import type { MediaService } from './interfaces';
import type { MediaFiles } from './media-files';
import { createStaging } from './media-staging';
import type { Publish } from './ports';
import { withRetries } from './retry';
import { sniffMediaType } from './sniff';
import { createPlayableVoices } from './voice/playable-voices';
import type { VoiceWorker } from './voice/voice-thread';

/** WeChat's own limit for videos that followers send is below this. */
const MAX_VIDEO_BYTES = 64 * 1024 * 1024;
const VIDEO_TIMEOUT_MS = 60_000;
/** How many are fetched at once; an archive is filled without slowing the chat. */
const PARALLEL = 2;
const PENDING_BATCH = 200;

export interface MediaDeps {
  readonly db: Database;
  readonly files: MediaFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly wechatFor: (appid: string) => Promise<WeChatClient>;
  readonly voiceWorker: VoiceWorker;
}

export function createMediaService(deps: MediaDeps): MediaService {
  const { db, files, clock, logger, publish, wechatFor } = deps;
  const waiting = new Set<string>();
  const running = new Set<Promise<void>>();
  const abort = new AbortController();
  const voices = createPlayableVoices(deps.voiceWorker);

  async function settle(
    id: string,
    patch: Partial<Pick<MediaRecord, 'state' | 'mime' | 'bytes'>>,
  ): Promise<void> {
    for (const message of await db.media.update(id, patch))
      publish('conversations.changed', { appid: message.appid, openid: message.openid, message });
  }

  /** WeChat's copy of one inbound image, voice or video, for as long as WeChat keeps it (three days). */
  async function download(record: MediaRecord, remoteId: string): Promise<Uint8Array> {
    const client = await wechatFor(record.appid);
    const fetched = await withRetries(() => getTemporaryMedia(client, remoteId), abort.signal);
    if (fetched.kind === 'file') return fetched.bytes;
    const { body } = await httpRequest({
      method: 'GET',
      url: new URL(fetched.videoUrl),
      timeoutMs: VIDEO_TIMEOUT_MS,
      maxBytes: MAX_VIDEO_BYTES,
    });
    return body;
  }

  async function fetchOne(id: string): Promise<void> {
    const record = await db.media.get(id);
    if (!record?.remoteId || record.state === 'ready') return;
    try {
      const bytes = await download(record, record.remoteId);
      const mime = sniffMediaType(bytes);
      if (mime === null) throw new AppError({ code: 'media/unsupported-type' });
      await files.write(id, bytes);
      await settle(id, { state: 'ready', mime, bytes: bytes.byteLength });
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof AppError)) throw error;
      logger.warn('media-fetch-failed', { appid: record.appid, code: error.code });
      // Without a network it stays pending: WeChat keeps it for three days, and `resumePending` asks again.
      if (error instanceof NetworkError) return;
      const gone = error instanceof WeChatError && error.errcode === 40007;
      await settle(id, { state: gone ? 'expired' : 'failed' });
    }
  }

  function fill(): void {
    for (const id of waiting) {
      if (running.size >= PARALLEL || abort.signal.aborted) return;
      waiting.delete(id);
      const run = fetchOne(id)
        .catch((error: unknown) => logger.error('media-fetch-broke-off', { error }))
        .finally(() => {
          running.delete(run);
          fill();
        });
      running.add(run);
    }
  }

  async function stored(id: string): Promise<Uint8Array> {
    const bytes = await files.read(id);
    if (bytes === null) throw new AppError({ code: 'media/staged-missing' });
    return bytes;
  }

  async function typeOf(id: string): Promise<string> {
    const record = await db.media.get(id);
    if (record?.state !== 'ready' || record.mime === null)
      throw new AppError({ code: 'media/staged-missing' });
    return record.mime;
  }

  return {
    ...createStaging({ db, files, clock }),
    async read(id) {
      const mime = await typeOf(id);
      if (mime === 'audio/amr') return { bytes: await voices.wav(id, () => stored(id)), mime: 'audio/wav' };
      return { bytes: await stored(id), mime };
    },
    async original(id) {
      const mime = await typeOf(id);
      return { bytes: await stored(id), mime };
    },
    enqueue(ids) {
      for (const id of ids) waiting.add(id);
      fill();
    },
    async resumePending() {
      for (const record of await db.media.pending(PENDING_BATCH)) waiting.add(record.id);
      fill();
    },
    async idle() {
      while (running.size > 0 || (waiting.size > 0 && !abort.signal.aborted)) await Promise.all(running);
    },
    async stop() {
      abort.abort();
      await Promise.all([...running, voices.close()]);
    },
  };
}
