import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { fileKindOf, kindObstacle } from '#shared/domain/attachable';
import type { Clock } from '#shared/domain/clock';
import { checkMedia } from '#shared/domain/media-limits';
import type { Input, Output } from '#shared/ipc/contract';
import type { Database } from '../db/port/database';
import type { MediaService } from './interfaces';
import type { MediaFiles } from './media-files';
import { sniffMediaType } from './sniff';
import { voiceSeconds } from './voice/duration';

/** Staged files that were never sent are kept so long, seconds. */
const UNSENT_LIVES = 7 * 86_400;

type Kind = Output<'media.stage'>['kind'];

/** The id of the picture that stands for a staged video. */
export const posterIdOf = (videoId: string): string => `${videoId}-poster`;

interface StagingDeps {
  readonly db: Database;
  readonly files: MediaFiles;
  readonly clock: Clock;
}

/** Files on their way into a message: looked at, kept, and forgotten when they are not sent. */
export function createStaging({
  db,
  files,
  clock,
}: StagingDeps): Pick<MediaService, 'stage' | 'unstage' | 'sweepStaged'> {
  /** What the content is sent as. @throws AppError media/unsupported-type, media/overseas */
  async function kindOf({ appid, as }: Input<'media.stage'>, mime: string): Promise<Kind> {
    if (as !== undefined) return 'thumb';
    const kind = fileKindOf(mime);
    if (kind === null) throw new AppError({ code: 'media/unsupported-type', params: { mime } });
    const account = await db.accounts.get(appid);
    if (account === null) throw new AppError({ code: 'account/not-found' });
    if (kindObstacle(account, kind) === 'not-overseas') throw new AppError({ code: 'media/overseas' });
    return kind;
  }

  async function idFor({ appid, as }: Input<'media.stage'>): Promise<string> {
    if (as === undefined || as === 'thumb') return randomUUID();
    const video = await db.media.get(as.posterOf);
    if (video?.appid !== appid || video.direction !== 'out')
      throw new AppError({ code: 'media/staged-missing' });
    return posterIdOf(video.id);
  }

  async function forget(id: string): Promise<void> {
    if (!(await db.media.removeUnused(id))) return;
    await files.remove(id);
  }

  return {
    async stage(input) {
      const { appid, name, bytes } = input;
      if (bytes.byteLength === 0) throw new AppError({ code: 'media/empty' });
      const mime = sniffMediaType(bytes);
      if (mime === null) throw new AppError({ code: 'media/unsupported-type', params: { mime: '' } });
      const kind = await kindOf(input, mime);
      const seconds = kind === 'voice' ? voiceSeconds(bytes, mime) : null;
      const verdict = checkMedia(kind, {
        bytes: bytes.byteLength,
        mime,
        ...(seconds === null ? {} : { seconds }),
      });
      if (!verdict.ok) throw new AppError({ code: verdict.code, params: { ...verdict.params } });
      const id = await idFor(input);
      const staged = { stagedId: id, kind, mime, bytes: bytes.byteLength, seconds, url: `app://media/${id}` };
      if ((await db.media.get(id)) !== null) return staged;
      await files.write(id, bytes);
      await db.media.insert({
        id,
        appid,
        direction: 'out',
        remoteId: null,
        state: 'ready',
        mime,
        bytes: bytes.byteLength,
        name,
        createdAt: clock.now(),
      });
      return staged;
    },
    async unstage({ appid, stagedId }) {
      const record = await db.media.get(stagedId);
      if (record?.appid !== appid || record.direction !== 'out') return;
      await forget(stagedId);
      await forget(posterIdOf(stagedId));
    },
    async sweepStaged() {
      for (const id of await db.media.unused(clock.now() - UNSENT_LIVES)) await forget(id);
    },
  };
}
