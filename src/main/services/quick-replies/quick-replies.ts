import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error';
import { checkQuickReply, type ReplyProblem } from '#shared/domain/quick-replies/check-quick-reply';
import { planImport } from '#shared/domain/quick-replies/plan-import';
import {
  MAX_FOLDERS,
  MAX_QUICK_REPLIES,
  type KeptQuickReply,
  type QuickReplyFolder,
} from '#shared/domain/quick-replies/quick-reply';
import { starterReplies } from '#shared/domain/quick-replies/starter';
import type { Input, Output } from '#shared/ipc/contract';
import { shopWords, type QuickReplyLibrary } from '#shared/ipc/quick-reply-models';
import type { Locale } from '#shared/localized';
import type { Logger } from '#shared/log';
import type { ImportedReply } from '../../db/port/quick-replies';
import type { FileDialogs } from '../file-dialogs';
import type { Publish } from '../ports';
import { createLibraryPictures, type LibraryPicturesDeps } from './pictures';
import { createTransfer } from './transfer';

export interface QuickRepliesDeps extends LibraryPicturesDeps {
  readonly dialogs: FileDialogs;
  readonly locale: () => Locale;
  readonly publish: Publish;
  readonly logger: Logger;
}

export type QuickRepliesService = ReturnType<typeof createQuickRepliesService>;

/** A removed reply can be brought back for so long, seconds. */
const UNDO_FOR = 86_400;
const SHOP_WORDS = 'quick-replies.shop-words';

/** Replies that a shop says often; everything here works without a network. */
export function createQuickRepliesService(deps: QuickRepliesDeps) {
  const { db, clock, publish, files } = deps;
  const pictures = createLibraryPictures(deps);
  const transfer = createTransfer({ ...deps, pictures });

  const changed = (): void => publish('quickReplies.changed', {});

  async function shopWordsBook(): Promise<QuickReplyLibrary['shopWords']> {
    const stored = await db.meta.get(SHOP_WORDS);
    if (stored === null) return {};
    // Written by this service alone; what is of another shape comes from another version and is left aside.
    const given = JSON.parse(stored) as Record<string, unknown>;
    const read = Object.entries(given).flatMap(([appid, words]) => {
      const parsed = shopWords.safeParse(words);
      return parsed.success ? [[appid, parsed.data] as const] : [];
    });
    return Object.fromEntries(read);
  }

  async function save(given: Input<'quickReplies.save'>): Promise<KeptQuickReply> {
    const { replies } = await db.quickReplies.library();
    const reply = { ...given, name: given.name.trim(), shortcut: given.shortcut.trim() };
    const [problem] = checkQuickReply(reply, replies);
    if (problem) throw refusal(problem);
    if (replies.length >= MAX_QUICK_REPLIES && !replies.some(({ id }) => id === reply.id))
      throw new AppError({ code: 'quick-replies/too-many', params: { limit: MAX_QUICK_REPLIES } });
    const [zh, en] = [
      reply.zh === null ? null : await pictures.adopt(reply.zh),
      reply.en === null ? null : await pictures.adopt(reply.en),
    ];
    const kept = await db.quickReplies.save({ ...reply, zh, en });
    changed();
    return kept;
  }

  async function saveFolder({ id, name }: Input<'quickReplies.saveFolder'>): Promise<QuickReplyFolder> {
    const { folders } = await db.quickReplies.library();
    const folder = { id: id ?? randomUUID(), name: name.trim() };
    if (folder.name === '') throw new AppError({ code: 'quick-replies/incomplete' });
    if (folders.some((other) => other.id !== folder.id && other.name === folder.name))
      throw new AppError({ code: 'quick-replies/folder-exists', params: { name: folder.name } });
    if (id === null && folders.length >= MAX_FOLDERS)
      throw new AppError({ code: 'quick-replies/too-many', params: { limit: MAX_FOLDERS } });
    await db.quickReplies.saveFolder(folder);
    changed();
    return folder;
  }

  /** Nothing that is there is changed: of the set only what is new comes in. */
  async function addStarter(names: 'zh' | 'en'): Promise<number> {
    const library = await db.quickReplies.library();
    const entries = starterReplies(names).map((reply, index) => ({
      row: index + 1,
      name: reply.name,
      reply,
    }));
    const planned = planImport(entries, {}, { ...library, appids: [], samePicture: () => false });
    const wanted = planned.flatMap(({ action, reply }): ImportedReply[] => {
      if (action !== 'add' || reply === null) return [];
      const { folder, ...rest } = reply;
      return [{ folder, reply: { ...rest, id: randomUUID() } }];
    });
    const folders = new Set(wanted.flatMap(({ folder }) => folder ?? []));
    await db.quickReplies.importAll(
      wanted,
      [...folders].map(() => randomUUID()),
    );
    changed();
    return wanted.length;
  }

  return {
    async list(): Promise<QuickReplyLibrary> {
      const [library, words] = await Promise.all([db.quickReplies.library(), shopWordsBook()]);
      return { ...library, shopWords: words };
    },
    save,
    async remove(id: string): Promise<void> {
      await db.quickReplies.remove(id, clock.now());
      changed();
    },
    async restore(id: string): Promise<void> {
      await db.quickReplies.restore(id);
      changed();
    },
    async move({ id, folderId, before }: Input<'quickReplies.move'>): Promise<void> {
      await db.quickReplies.move(id, folderId, before);
      changed();
    },
    saveFolder,
    async removeFolder(id: string): Promise<void> {
      await db.quickReplies.removeFolder(id);
      changed();
    },
    async moveFolder({ id, before }: Input<'quickReplies.moveFolder'>): Promise<void> {
      await db.quickReplies.moveFolder(id, before);
      changed();
    },
    async use({ id, appid, body }: Input<'quickReplies.use'>): Promise<Output<'quickReplies.use'>> {
      const handed = await pictures.handOver(body, appid);
      await db.quickReplies.use(id, clock.now());
      changed();
      return handed;
    },
    async saveShopWords({ appid, words }: Input<'quickReplies.saveShopWords'>): Promise<void> {
      const book = { ...(await shopWordsBook()), [appid ?? '']: words };
      await db.meta.set(SHOP_WORDS, JSON.stringify(book));
      changed();
    },
    addStarter,
    stagePicture: ({ bytes, use }: Input<'quickReplies.stagePicture'>) => pictures.keep(bytes, use),
    readPicture: pictures.read,
    export: transfer.export,
    exportTable: transfer.exportTable,
    chooseImport: transfer.choose,
    async applyImport(planId: string): Promise<Output<'quickReplies.applyImport'>> {
      const counts = await transfer.apply(planId);
      changed();
      return counts;
    },
    /** Forgets what was removed long enough ago, with the pictures that nothing shows any more. */
    async tidy(): Promise<void> {
      for (const id of await db.quickReplies.sweep(clock.now() - UNDO_FOR)) await files.remove(id);
    },
  };
}

function refusal(problem: ReplyProblem): AppError {
  if (problem.problem === 'taken') return new AppError({ code: 'quick-replies/shortcut-taken' });
  if (problem.problem === 'too-long') return new AppError({ code: 'quick-replies/too-long' });
  if (problem.problem === 'bad-card') return new AppError({ code: 'quick-replies/bad-card' });
  return new AppError({ code: 'quick-replies/incomplete' });
}
