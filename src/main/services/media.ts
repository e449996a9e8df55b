import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { Logger } from '#shared/log';
import { getTemporaryMedia } from '#wechat/api/media';
import type { WeChatClient } from '#wechat/client';
import { WeChatError } from '#wechat/errors';
import { httpRequest, NetworkError } from '#wechat/http';
import type { Database } from '../db/port/database';
import type { MediaRecord } from '../db/port/media';
import type { MediaService } from './interfaces';
import type { MediaFiles } from './media-files';
import { createStaging } from './media-staging';
import type { Publish } from './ports';
import { withRetries } from './retry';
import { sniffMediaType } from './sniff';
import { createPlayableVoices } from './voice/playable-voices';
import { waveformOf } from './voice/waveform';
import type { VoiceWorker } from './voice/voice-thread';

/** WeChat's own limit for videos that followers send is below this. */
const MAX_VIDEO_BYTES = 64 * 1024 * 1024;
const VIDEO_TIMEOUT_MS = 60_000;
/** How many are fetched at once; an archive is filled without slowing the chat. */
const PARALLEL = 2;
const PENDING_BATCH = 200;
/** Pauses between tries while WeChat cannot be reached; the last one repeats. */
const OFFLINE_PAUSES_MS = [15_000, 60_000, 300_000, 600_000];

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
  let timer: NodeJS.Timeout | null = null;
  let tries = 0;
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
      tries = 0;
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof AppError)) throw error;
      logger.warn('media-fetch-failed', { appid: record.appid, code: error.code });
      // Without a network it stays pending: WeChat keeps it for three days.
      if (error instanceof NetworkError) {
        askAgainLater();
        return;
      }
      const gone = error instanceof WeChatError && error.errcode === 40007;
      await settle(id, { state: gone ? 'expired' : 'failed' });
    }
  }

  /** After being offline, with growing pauses; what WeChat drops first is asked for first. */
  function askAgainLater(): void {
    if (timer || abort.signal.aborted) return;
    const pauseMs = OFFLINE_PAUSES_MS[Math.min(tries, OFFLINE_PAUSES_MS.length - 1)];
    tries += 1;
    timer = setTimeout(() => {
      timer = null;
      resumePending().catch((error: unknown) => logger.error('media-fetch-broke-off', { error }));
    }, pauseMs);
    timer.unref();
  }

  async function resumePending(): Promise<void> {
    for (const record of await db.media.pending(PENDING_BATCH)) waiting.add(record.id);
    fill();
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
    async waveform(id) {
      const known = await db.media.waveform(id);
      if (known) return known;
      const record = await db.media.get(id);
      if (record?.state !== 'ready' || record.direction !== 'in' || record.mime !== 'audio/amr') return null;
      const waveform = waveformOf(await voices.wav(id, () => stored(id)));
      await db.media.saveWaveform(id, waveform);
      return waveform;
    },
    enqueue(ids) {
      for (const id of ids) waiting.add(id);
      fill();
    },
    resumePending,
    async idle() {
      while (running.size > 0 || (waiting.size > 0 && !abort.signal.aborted)) await Promise.all(running);
    },
    async stop() {
      abort.abort();
      if (timer) clearTimeout(timer);
      await Promise.all([...running, voices.close()]);
    },
  };
}
