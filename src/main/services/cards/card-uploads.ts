import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import type { OutboundContent } from '#shared/domain/message';
import { uploadArticlePicture, uploadTemporaryMedia } from '#wechat/api/media';
import type { WeChatClient } from '#wechat/client';
import type { UploadFile } from '#wechat/multipart';
import type { Database, MediaRecord } from '../../db/port';
import type { MediaService } from '../interfaces';

/** WeChat keeps a thumbnail for three days; an hour is left for the send itself. */
const THUMB_LIVES = 3 * 86_400 - 3_600;

export interface CardUploadsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly media: Pick<MediaService, 'read'>;
}

/** Puts the picture of a card at WeChat before the card is sent. */
export function createCardUploads({ db, clock, media }: CardUploadsDeps) {
  async function fileOf(record: MediaRecord): Promise<UploadFile> {
    const { bytes, mime } = await media.read(record.id);
    return {
      filename: mime === 'image/png' ? 'card.png' : 'card.jpg',
      contentType: mime,
      bytes: Buffer.from(bytes),
    };
  }

  /** The thumbnail's media id: of the upload of before while WeChat keeps it, else of a new one. */
  async function thumb(client: WeChatClient, record: MediaRecord): Promise<string> {
    if (record.remoteId !== null && clock.now() - record.createdAt < THUMB_LIVES) return record.remoteId;
    const upload = await uploadTemporaryMedia(client, 'thumb', await fileOf(record));
    await db.media.update(record.id, { remoteId: upload.mediaId, createdAt: upload.createdAt });
    return upload.mediaId;
  }

  /** The picture's address at WeChat, which does not expire. */
  async function address(client: WeChatClient, record: MediaRecord): Promise<string> {
    if (record.remoteId !== null) return record.remoteId;
    const url = await uploadArticlePicture(client, await fileOf(record));
    await db.media.update(record.id, { remoteId: url });
    return url;
  }

  /** The content with what WeChat calls the picture. @throws AppError `media/staged-missing`; whatever WeChat refuses */
  return async function withPicture(
    client: WeChatClient,
    content: OutboundContent,
    mediaId: string,
  ): Promise<OutboundContent> {
    if (content.kind !== 'music' && content.kind !== 'miniprogram' && content.kind !== 'news') return content;
    const record = await db.media.get(mediaId);
    if (record === null) throw new AppError({ code: 'media/staged-missing' });
    return content.kind === 'news'
      ? { ...content, picUrl: await address(client, record) }
      : { ...content, thumbMediaId: await thumb(client, record) };
  };
}
