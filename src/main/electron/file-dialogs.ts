import {
  BrowserWindow,
  dialog,
  type FileFilter,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';
import { randomUUID } from 'node:crypto';
import { open as openFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#shared/app-error';
import type { FileDialogs, FileKind } from '../services/file-dialogs';

const MB = 1024 * 1024;

/** The system's own dialogs, over the window in front. */
export function createFileDialogs(): FileDialogs {
  return {
    async save({ suggestedName, kinds, bytes }) {
      const options: SaveDialogOptions = { defaultPath: suggestedName, filters: filters(kinds) };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options));
      if (canceled || !filePath) return false;
      await writeWhole(filePath, bytes);
      return true;
    },
    async open({ kinds, maxBytes }) {
      const options: OpenDialogOptions = { properties: ['openFile'], filters: filters(kinds) };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options));
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      return { name: basename(path), bytes: await readUpTo(path, maxBytes) };
    },
  };
}

function filters(kinds: readonly FileKind[]): FileFilter[] {
  return kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}

/** Beside the target first: a full disk then leaves the file that was there before as it is. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.part`);
  try {
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new AppError({ code: 'file/not-written' }, { cause });
  }
}

async function readUpTo(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > maxBytes)
      throw new AppError({
        code: 'file/too-large',
        params: { limit: `${String(Math.floor(maxBytes / MB))} MB` },
      });
    const file = await openFile(path);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError({ code: 'file/unreadable' }, { cause });
  }
}
