import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import {
  writeLibrary,
  type LibraryPicture,
  type LibraryReply,
} from '#shared/domain/quick-replies/library-file';
import { TABLE_HEADING } from '#shared/domain/quick-replies/library-table';
import { planImport, type PlannedEntry } from '#shared/domain/quick-replies/plan-import';
import {
  bodyPicture,
  VARIANTS,
  withPicture,
  type QuickReplyBody,
} from '#shared/domain/quick-replies/quick-reply';
import type { ImportPlan } from '#shared/ipc/quick-reply-models';
import type { Locale } from '#shared/localized';
import type { Database } from '../../db/port/database';
import type { ImportedReply } from '../../db/port/quick-replies';
import type { FileDialogs } from '../file-dialogs';
import type { createLibraryPictures } from './pictures';
import { sha256 } from './pictures';
import { readLibraryFile } from './library-files';

/** Pictures make a file large; texts never do. */
const MAX_FILE_BYTES = 200 * 1024 * 1024;

interface TransferDeps {
  readonly db: Database;
  readonly dialogs: FileDialogs;
  readonly locale: () => Locale;
  readonly pictures: ReturnType<typeof createLibraryPictures>;
}

interface Pending {
  readonly planId: string;
  readonly entries: readonly PlannedEntry[];
  readonly pictures: Readonly<Record<string, LibraryPicture>>;
}

const JSON_KIND = { 'zh-CN': '快捷回复', en: 'Quick replies' } as const;
const TABLE_KIND = { 'zh-CN': '表格 (CSV)', en: 'Table (CSV)' } as const;
const FILE_NAME = { 'zh-CN': '快捷回复', en: 'quick-replies' } as const;

/** Export and import of the library. */
export function createTransfer({ db, dialogs, locale, pictures }: TransferDeps) {
  /** What was read and not applied yet; the page gets to see what it would do, not the file. */
  let pending: Pending | null = null;

  async function exported(): Promise<{ readonly bytes: Uint8Array; readonly count: number }> {
    const { folders, replies } = await db.quickReplies.library();
    const nameOf = new Map(folders.map(({ id, name }) => [id, name]));
    const files: Record<string, LibraryPicture> = {};
    for (const reply of replies) {
      for (const variant of VARIANTS) {
        const body = reply[variant];
        const id = body && bodyPicture(body);
        if (id === null || Object.hasOwn(files, id)) continue;
        const found = await pictures.read(id);
        if (found === null) throw new AppError({ code: 'media/staged-missing' });
        files[id] = { mime: found.mime, base64: Buffer.from(found.bytes).toString('base64') };
      }
    }
    const text = writeLibrary({
      folders: folders.map(({ name }) => name),
      replies: replies.map(({ name, shortcut, appid, folderId, zh, en }) => ({
        ...{ name, shortcut, appid, zh, en },
        folder: folderId === null ? null : (nameOf.get(folderId) ?? null),
      })),
      pictures: files,
    });
    return { bytes: Buffer.from(text), count: replies.length };
  }

  const bytesOf = ({ base64 }: LibraryPicture): Uint8Array => Buffer.from(base64, 'base64');

  /** The body with the file's picture put into the library. @throws AppError `media/*` when WeChat would not take it */
  async function withOwnPicture(
    body: QuickReplyBody | null,
    from: Pending['pictures'],
  ): Promise<QuickReplyBody | null> {
    const id = body && bodyPicture(body);
    if (body === null || id === null) return body;
    const file = from[id];
    if (file === undefined) throw new AppError({ code: 'media/staged-missing' });
    const use = body.kind === 'image' ? 'image' : body.kind === 'news' ? 'article-picture' : 'thumb';
    return withPicture(body, (await pictures.keep(bytesOf(file), use)).pictureId);
  }

  async function importedReply(
    { reply, replaces }: PlannedEntry & { readonly reply: LibraryReply },
    from: Pending['pictures'],
  ): Promise<ImportedReply> {
    const { folder, ...rest } = reply;
    const [zh, en] = [await withOwnPicture(reply.zh, from), await withOwnPicture(reply.en, from)];
    return { folder, reply: { ...rest, zh, en, id: replaces ?? randomUUID() } };
  }

  return {
    async export(): Promise<number | null> {
      const { bytes, count } = await exported();
      const kinds = [{ name: JSON_KIND[locale()], extensions: ['json'] }];
      const saved = await dialogs.save({ suggestedName: `${FILE_NAME[locale()]}.json`, kinds, bytes });
      return saved ? count : null;
    },

    async exportTable(): Promise<boolean> {
      const heading = TABLE_HEADING[locale() === 'en' ? 'en' : 'zh'];
      const kinds = [{ name: TABLE_KIND[locale()], extensions: ['csv'] }];
      // The mark at the start tells spreadsheets that this is UTF-8.
      const bytes = Buffer.from(`\uFEFF${heading}\r\n`);
      return dialogs.save({ suggestedName: `${FILE_NAME[locale()]}.csv`, kinds, bytes });
    },

    async choose(): Promise<ImportPlan | null> {
      const both = `${JSON_KIND[locale()]} (JSON, CSV)`;
      const file = await dialogs.open({
        kinds: [{ name: both, extensions: ['json', 'csv', 'txt'] }],
        maxBytes: MAX_FILE_BYTES,
      });
      if (file === null) return null;
      const read = readLibraryFile(file.bytes);
      const [library, accounts] = await Promise.all([db.quickReplies.library(), db.accounts.list()]);
      const hashes = new Map<string, string>();
      for (const reply of library.replies) {
        for (const variant of VARIANTS) {
          const body = reply[variant];
          const id = body && bodyPicture(body);
          const picture = id === null ? null : await db.quickReplies.picture(id);
          if (picture) hashes.set(picture.id, picture.sha256);
        }
      }
      const entries = planImport(read.entries, read.pictures, {
        ...library,
        appids: accounts.map(({ appid }) => appid),
        samePicture: (here, there) => hashes.get(here) === sha256(bytesOf(there)),
      });
      pending = { planId: randomUUID(), entries, pictures: read.pictures };
      const shown = entries.map(({ reply: _reply, ...entry }) => entry);
      return { planId: pending.planId, fileName: file.name, entries: shown };
    },

    async apply(planId: string): Promise<{ readonly added: number; readonly updated: number }> {
      if (pending?.planId !== planId) throw new AppError({ code: 'quick-replies/plan-gone' });
      const { entries, pictures: from } = pending;
      const wanted = entries.flatMap((entry) => {
        const { reply, action } = entry;
        return reply !== null && (action === 'add' || action === 'update') ? [{ ...entry, reply }] : [];
      });
      const replies: ImportedReply[] = [];
      for (const entry of wanted) replies.push(await importedReply(entry, from));
      const names = new Set(replies.flatMap(({ folder }) => folder ?? []));
      await db.quickReplies.importAll(
        replies,
        [...names].map(() => randomUUID()),
      );
      pending = null;
      const updated = wanted.filter(({ action }) => action === 'update').length;
      return { added: wanted.length - updated, updated };
    },
  };
}
