import { TextDecoder } from 'node:util';
import { AppError } from '#shared/app-error';
import { readLibrary, type ReadLibrary } from '#shared/domain/quick-replies/library-file';
import { readTable } from '#shared/domain/quick-replies/library-table';

/** Reads a file that the person chose: JSON by its first character, everything else as a table. */
export function readLibraryFile(bytes: Uint8Array): Extract<ReadLibrary, { ok: true }> {
  const text = textOf(bytes);
  const read = /^\uFEFF?\s*[{[]/.test(text) ? readLibrary(text) : readTable(text);
  if (!read.ok) throw new AppError({ code: read.code });
  return read;
}

/** UTF-8, or what spreadsheets on Chinese Windows save. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8. The other encoding takes any bytes, and nonsense is refused as having no heading.
    return new TextDecoder('gb18030').decode(bytes);
  }
}
