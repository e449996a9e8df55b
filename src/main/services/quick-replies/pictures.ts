import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { bodyPicture, withPicture, type QuickReplyBody } from '#shared/domain/quick-replies/quick-reply';
import type { PICTURE_USES, StagedPicture } from '#shared/ipc/card-models';
import type { Database } from '../../db/port/database';
import { checkPicture } from '../cards/cards';
import type { MediaService } from '../interfaces';
import type { MediaFiles } from '../media-files';

export interface LibraryPicturesDeps {
  readonly db: Database;
  readonly files: MediaFiles;
  readonly clock: Clock;
  readonly media: Pick<MediaService, 'read'>;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a body's picture is to WeChat. */
function useOf(body: QuickReplyBody): (typeof PICTURE_USES)[number] {
  if (body.kind === 'image') return 'image';
  return body.kind === 'news' ? 'article-picture' : 'thumb';
}

/** The library's own pictures: they belong to no account, so that a reply can be used in every one. */
export function createLibraryPictures({ db, files, clock, media }: LibraryPicturesDeps) {
  async function keep(bytes: Uint8Array, use: (typeof PICTURE_USES)[number]): Promise<StagedPicture> {
    const facts = checkPicture(bytes, use);
    const id = randomUUID();
    await files.write(id, bytes);
    await db.quickReplies.addPicture({ id, ...facts, sha256: sha256(bytes), createdAt: clock.now() });
    return { pictureId: id, ...facts, url: `app://media/${id}` };
  }

  /** null when the library has no such picture. */
  async function read(id: string): Promise<{ readonly bytes: Uint8Array; readonly mime: string } | null> {
    const picture = await db.quickReplies.picture(id);
    if (picture === null) return null;
    const bytes = await files.read(id);
    if (bytes === null) throw new AppError({ code: 'media/staged-missing' });
    return { bytes, mime: picture.mime };
  }

  return {
    keep,
    read,

    /** The body with a picture of the library's own: a card's picture, made for one account, is copied. */
    async adopt(body: QuickReplyBody): Promise<QuickReplyBody> {
      const id = bodyPicture(body);
      if (id === null || (await db.quickReplies.picture(id)) !== null) return body;
      const { bytes } = await media.read(id);
      return withPicture(body, (await keep(bytes, useOf(body))).pictureId);
    },

    /** The body with its picture put among the account's own files, ready to be sent. */
    async handOver(
      body: QuickReplyBody,
      appid: string,
    ): Promise<{ readonly body: QuickReplyBody; readonly picture: StagedPicture | null }> {
      const id = bodyPicture(body);
      if (id === null) return { body, picture: null };
      const found = await read(id);
      if (found === null) throw new AppError({ code: 'media/staged-missing' });
      const { bytes, mime } = found;
      checkPicture(bytes, useOf(body));
      const pictureId = randomUUID();
      await files.write(pictureId, bytes);
      await db.media.insert({
        ...{ id: pictureId, appid, direction: 'out', remoteId: null, state: 'ready', mime },
        ...{ bytes: bytes.byteLength, name: null, createdAt: clock.now() },
      });
      const url = `app://media/${pictureId}`;
      const picture = { pictureId, mime, bytes: bytes.byteLength, url };
      return { body: withPicture(body, pictureId), picture };
    },
  };
}
