import { AppError } from '#shared/app-error';

/**
 * SQLite's failure as the product's error. The message of SQLite names tables and columns, never values,
 * but may quote constraint text; only its code goes on.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const sqlite = sqliteCode(error);
  return new AppError(
    {
      code: codeFor(sqlite),
      params: { sqlite: sqlite ?? (error instanceof Error ? error.name : 'unknown') },
    },
    { cause: error },
  );
}

function sqliteCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function codeFor(sqlite: string | null): string {
  if (sqlite === null) return 'db/failed';
  if (sqlite === 'SQLITE_NOTADB' || sqlite.startsWith('SQLITE_CORRUPT')) return 'db/damaged';
  if (sqlite === 'SQLITE_FULL' || sqlite === 'SQLITE_IOERR_WRITE' || sqlite === 'ENOSPC')
    return 'db/disk-full';
  if (sqlite.startsWith('SQLITE_BUSY') || sqlite.startsWith('SQLITE_LOCKED')) return 'db/locked';
  if (sqlite.startsWith('SQLITE_CANTOPEN') || sqlite.startsWith('SQLITE_READONLY')) return 'db/not-writable';
  if (sqlite.startsWith('SQLITE_IOERR')) return 'db/io';
  return 'db/failed';
}
