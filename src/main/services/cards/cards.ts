import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import type { Clock } from '#shared/domain/clock';
import { checkMedia } from '#shared/domain/media-limits';
import type { StagedPicture } from '#shared/ipc/card-models';
import type { Input } from '#shared/ipc/contract';
import type { Database } from '../../db/port/database';
import type { MediaFiles } from '../media-files';
import { sniffMediaType } from '../sniff';
import { createPublishedList, type PublishedDeps } from './published';

export interface CardsDeps extends PublishedDeps {
  readonly db: Database;
  readonly files: MediaFiles;
  readonly clock: Clock;
}

export type CardsService = ReturnType<typeof createCardsService>;

/** Whether WeChat would take a picture. @throws AppError `media/*` with the limit named */
export function checkPicture(
  bytes: Uint8Array,
  use: Input<'cards.stagePicture'>['use'],
): { readonly mime: string; readonly bytes: number } {
  const mime = sniffMediaType(bytes);
  if (mime === null || !mime.startsWith('image/')) throw new AppError({ code: 'media/not-an-image' });
  const facts = { mime, bytes: bytes.byteLength };
  const verdict = checkMedia(use, facts);
  if (!verdict.ok) throw new AppError({ code: verdict.code, params: verdict.params });
  return facts;
}

/** What cards need beside the send itself: their pictures, and the articles to choose from. */
export function createCardsService(deps: CardsDeps) {
  const { db, files, clock } = deps;
  const published = createPublishedList(deps);

  async function stagePicture({
    appid,
    name,
    use,
    bytes,
  }: Input<'cards.stagePicture'>): Promise<StagedPicture> {
    const facts = checkPicture(bytes, use);
    const pictureId = randomUUID();
    await files.write(pictureId, bytes);
    await db.media.insert({
      ...{ id: pictureId, appid, direction: 'out', remoteId: null, state: 'ready' },
      ...{ ...facts, name, createdAt: clock.now() },
    });
    return { pictureId, ...facts, url: `app://media/${pictureId}` };
  }

  return { stagePicture, published };
}
