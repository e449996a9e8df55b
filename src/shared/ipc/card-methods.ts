/** Methods for what the insert menu makes. */
import { z } from 'zod';
import { PICTURE_USES, publishedList, stagedPicture } from './card-models';
import { appid } from './models';

/** Larger files are refused before they are looked at. */
const MAX_PICTURE_BYTES = 12 * 1024 * 1024;

export const pictureInput = {
  name: z.string().max(200),
  use: z.enum(PICTURE_USES),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PICTURE_BYTES),
};

export const cardMethods = {
  /** Type-sniffs and keeps the picture of a card; refuses with the limit named. */
  'cards.stagePicture': {
    input: z.object({ appid, ...pictureInput }).strict(),
    output: stagedPicture,
  },
  /** The published articles as they are stored; with `refresh` WeChat is asked first, when it was not asked just now. */
  'cards.published': {
    input: z.object({ appid, refresh: z.enum(['never', 'stale', 'now']) }).strict(),
    output: publishedList,
  },
} as const;
