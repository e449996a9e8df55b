/** The same repositories in the calling thread: for tests and small tools. */
import { AppError } from '#shared/app-error';
import { databaseOver } from './facade';
import type { Database } from './port/database';
import { dispatch } from './worker/dispatch';
import { openConnection, type OpenOptions } from './worker/open';

/** @throws AppError `db/*` as `openConnection` does */
export function openInlineDatabase(options: OpenOptions): Database {
  const connection = openConnection(options);
  let open = true;
  return databaseOver(
    (call) =>
      new Promise((resolve) => {
        if (!open) throw new AppError({ code: 'db/closed' });
        resolve(dispatch(connection, call));
      }),
    () => {
      if (open) connection.close();
      open = false;
      return Promise.resolve();
    },
  );
}
