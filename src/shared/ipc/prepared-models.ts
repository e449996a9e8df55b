/** What is prepared in a conversation beside the text of its draft, as page and main hand it to each other. */
import { z } from 'zod';
import { FILE_KINDS } from '../domain/attachable';
import { cardSchemas, stagedPicture } from './card-models';

/** Names a file that media.stage keeps. */
export const stagedId = z.string().max(64);

const MOST_ITEMS = 100;
/** One of each kind is usual; a quick reply's that a crash left comes on top. */
const MOST_CARDS = 20;

const itemId = z.string().max(64);
const card = z.discriminatedUnion('kind', cardSchemas);
const text = z.object({ kind: z.literal('text'), id: itemId, text: z.string().max(10_000) }).strict();
const file = z
  .object({
    kind: z.literal('file'),
    id: itemId,
    name: z.string().max(1000),
    /** Of a video; shown with it. */
    title: z.string().max(64),
    fileKind: z.enum(FILE_KINDS),
    stagedId,
    mime: z.string().max(100),
    bytes: z.number().int().nonnegative(),
    /** How long a voice lasts; null for the rest. */
    seconds: z.number().nullable(),
  })
  .strict();

/** To be kept: files and piled texts in the order in which they will be sent, and cards that were not sent yet. */
export const preparedDraft = z
  .object({
    tray: z
      .array(z.discriminatedUnion('kind', [text, file]))
      .max(MOST_ITEMS)
      .readonly(),
    cards: z.array(card).max(MOST_CARDS).readonly(),
  })
  .strict();
export type PreparedDraft = z.infer<typeof preparedDraft>;

/** What was kept, with where its files can be seen now. */
export const foundDraft = z.object({
  tray: z.array(
    z.discriminatedUnion('kind', [
      text,
      file.extend({
        /** null: the file is not on this computer any more. */
        url: z.string().nullable(),
        /** The picture that stands for a video; null: it has none. */
        posterUrl: z.string().nullable(),
      }),
    ]),
  ),
  cards: z.array(
    z.object({
      card,
      /** null: it has none, or it is gone. */
      picture: stagedPicture.nullable(),
      pictureGone: z.boolean(),
    }),
  ),
});
export type FoundDraft = z.infer<typeof foundDraft>;
