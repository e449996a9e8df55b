/**
 * The library of quick replies as a file that can be kept, moved to another computer or given to a colleague: JSON, with
 * its pictures. An entry that cannot be read does not keep the others out.
 */
import { z } from 'zod';
import { CARD_SCHEMAS, pictureId } from '../cards/card-schemas';
import type { QuickReply, QuickReplyBody } from './quick-reply';

export const LIBRARY_FORMAT = 'oa-desk-quick-replies';
export const LIBRARY_VERSION = 1;

/** A reply as a file tells it: folder by name, without an id and without what its use has left behind. */
export interface LibraryReply extends Omit<QuickReply, 'id' | 'folderId'> {
  readonly folder: string | null;
}

export interface LibraryPicture {
  readonly mime: string;
  readonly base64: string;
}

export interface Library {
  readonly folders: readonly string[];
  readonly replies: readonly LibraryReply[];
  /** By the id that bodies name. */
  readonly pictures: Readonly<Record<string, LibraryPicture>>;
}

/** One entry of a file: what could be read of it, or its name when it could not. */
export interface LibraryEntry {
  /** 1-based: the entry of a JSON file, the line of a table. */
  readonly row: number;
  readonly name: string;
  /** null: unreadable. */
  readonly reply: LibraryReply | null;
}

export type ReadLibrary =
  | {
      readonly ok: true;
      readonly folders: readonly string[];
      readonly entries: readonly LibraryEntry[];
      readonly pictures: Readonly<Record<string, LibraryPicture>>;
    }
  | {
      readonly ok: false;
      readonly code: 'quick-replies/not-a-library' | 'quick-replies/newer-file' | 'quick-replies/no-header';
    };

const words = z.string().max(20_000);
const body: z.ZodType<QuickReplyBody> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: words }),
  z.object({ kind: z.literal('image'), pictureId }),
  ...CARD_SCHEMAS,
]);

const entry = z.object({
  name: words,
  shortcut: words.default(''),
  folder: words.nullable().default(null),
  account: z.string().nullable().default(null),
  zh: body.nullable().default(null),
  en: body.nullable().default(null),
});

const library = z.object({
  format: z.literal(LIBRARY_FORMAT),
  version: z.number().int().min(1),
  folders: z.array(words).default([]),
  replies: z.array(z.unknown()),
  pictures: z.record(z.string(), z.object({ mime: z.string(), base64: z.string() })).default({}),
});

/** The file's text. */
export function writeLibrary({ folders, replies, pictures }: Library): string {
  const file = {
    format: LIBRARY_FORMAT,
    version: LIBRARY_VERSION,
    folders,
    replies: replies.map(({ name, shortcut, folder, appid, zh, en }) => ({
      ...{ name, shortcut, folder },
      account: appid,
      ...{ zh, en },
    })),
    pictures,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function readLibrary(text: string): ReadLibrary {
  const parsed = library.safeParse(jsonOf(text));
  if (!parsed.success) return { ok: false, code: 'quick-replies/not-a-library' };
  const { version, folders, replies, pictures } = parsed.data;
  if (version > LIBRARY_VERSION) return { ok: false, code: 'quick-replies/newer-file' };
  return { ok: true, folders, pictures, entries: replies.map((given, index) => entryOf(given, index + 1)) };
}

function entryOf(given: unknown, row: number): LibraryEntry {
  const parsed = entry.safeParse(given);
  if (parsed.success) {
    const { account, ...reply } = parsed.data;
    return { row, name: reply.name, reply: { ...reply, appid: account } };
  }
  const named = z.object({ name: z.string() }).safeParse(given);
  return { row, name: named.success ? named.data.name.slice(0, 60) : '', reply: null };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // Not JSON is as good as JSON of something else: the schema refuses both.
    return null;
  }
}
