/** One call of the port: finds the function, gives it a handle of its kind inside one transaction. */
import { AppError } from '#shared/app-error';
import type { Reader, Writer } from './handle';
import type { Connection } from './open';
import { REPOSITORIES } from './repositories/all';

export interface Call {
  readonly repository: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

type Method<Handle> = (db: Handle, ...args: readonly unknown[]) => unknown;
interface Methods {
  readonly reads: Readonly<Record<string, Method<Reader>>>;
  readonly writes: Readonly<Record<string, Method<Writer>>>;
}

/** @throws AppError */
export function dispatch(connection: Connection, { repository, method, args }: Call): unknown {
  // Safe: arguments come from the typed port, which names the same functions.
  const methods = (REPOSITORIES as unknown as Readonly<Record<string, Methods>>)[repository];
  const write = methods && own(methods.writes, method);
  if (write) return connection.write((db) => write(db, ...args));
  const read = methods && own(methods.reads, method);
  if (read) return connection.read((db) => read(db, ...args));
  throw new AppError({ code: 'db/failed', params: { call: `${repository}.${method}` } });
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
