import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { OutboundContent } from '#shared/domain/message';
import type { Message } from '#shared/ipc/models';
import { uploadArticlePicture, uploadTemporaryMedia, type TemporaryMediaType } from '#wechat/api/media';
import type { WeChatClient } from '#wechat/client';
import type { Database } from '../db/port/database';
import type { MediaService } from './interfaces';
import { posterIdOf } from './media-staging';
import type { Publish } from './ports';

/** WeChat keeps an upload for three days; an hour is left for the send itself. */
const UPLOAD_LIVES = 3 * 86_400 - 3_600;
/** Progress is told at most once per so many bytes: ten times for the largest file. */
const PROGRESS_STEP = 1024 * 1024;

interface UploadsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly media: Pick<MediaService, 'original'>;
}

/** Extensions tell WeChat the format of a file that has no name of its own. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
};

/** Puts the files of a message at WeChat before it is sent. */
export function createUploads({ db, clock, publish, media }: UploadsDeps) {
  /** The media id to send: the upload of before while WeChat keeps it, else a new one. */
  async function uploaded(
    client: WeChatClient,
    id: string,
    type: TemporaryMediaType,
    onSent?: (bytes: number, total: number) => void,
  ): Promise<string> {
    const record = await db.media.get(id);
    if (record === null) throw new AppError({ code: 'media/staged-missing' });
    if (record.remoteId !== null && clock.now() - record.createdAt < UPLOAD_LIVES) return record.remoteId;
    const { bytes, mime } = await media.original(id);
    const total = bytes.byteLength;
    const upload = await uploadTemporaryMedia(
      client,
      type,
      { filename: fileName(record.name, mime), contentType: mime, bytes: Buffer.from(bytes) },
      onSent ? { onSent: (sent) => onSent(Math.min(sent, total), total) } : {},
    );
    await db.media.update(id, { remoteId: upload.mediaId, createdAt: upload.createdAt });
    return upload.mediaId;
  }

  /** The address at WeChat of a link card's picture, which does not expire. */
  async function pictureAddress(client: WeChatClient, id: string): Promise<string> {
    const record = await db.media.get(id);
    if (record === null) throw new AppError({ code: 'media/staged-missing' });
    if (record.remoteId !== null) return record.remoteId;
    const { bytes, mime } = await media.original(id);
    const file = { filename: fileName(record.name, mime), contentType: mime, bytes: Buffer.from(bytes) };
    const url = await uploadArticlePicture(client, file);
    await db.media.update(id, { remoteId: url });
    return url;
  }

  function progressOf({ appid, openid, id: messageId }: Message): (sent: number, total: number) => void {
    let told = 0;
    return (sent, total) => {
      // A repeated request begins again.
      if (sent < told) told = 0;
      if (sent < total && sent - told < PROGRESS_STEP) return;
      told = sent;
      publish('media.progress', { appid, openid, messageId, sent, total });
    };
  }

  return {
    /** The content with the ids of its uploaded files. @throws AppError media/staged-missing; whatever WeChat refuses */
    async withUploads(
      client: WeChatClient,
      message: Message,
      content: OutboundContent,
      mediaId: string,
    ): Promise<OutboundContent> {
      switch (content.kind) {
        case 'image':
        case 'voice':
          return {
            ...content,
            mediaId: await uploaded(client, mediaId, content.kind, progressOf(message)),
          };
        case 'video': {
          const poster = posterIdOf(mediaId);
          const thumb = (await db.media.get(poster)) === null ? '' : await uploaded(client, poster, 'thumb');
          const video = await uploaded(client, mediaId, 'video', progressOf(message));
          return { ...content, mediaId: video, thumbMediaId: thumb };
        }
        case 'music':
        case 'miniprogram':
          return { ...content, thumbMediaId: await uploaded(client, mediaId, 'thumb') };
        case 'news':
          return { ...content, picUrl: await pictureAddress(client, mediaId) };
        default:
          return content;
      }
    },
  };
}

function fileName(name: string | null, mime: string): string {
  const extension = EXTENSIONS[mime] ?? 'bin';
  return name?.toLowerCase().endsWith(`.${extension}`) ? name : `${name ?? 'file'}.${extension}`;
}
