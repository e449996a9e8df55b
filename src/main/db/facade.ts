/** The port's shape over anything that can carry out a call. */
import type { Database } from './port/database';
import type { Call } from './worker/dispatch';

type Area = Exclude<keyof Database, 'close'>;
const AREAS = [
  'accounts',
  'followers',
  'imports',
  'conversations',
  'inbox',
  'outbox',
  'marks',
  'media',
  'notices',
  'replyRules',
  'takeovers',
  'quickReplies',
  'published',
  'meta',
  'doctor',
  'desktop',
  'search',
  'people',
  'reports',
] as const satisfies readonly Area[];

export function databaseOver(call: (call: Call) => Promise<unknown>, close: () => Promise<void>): Database {
  const area = (repository: Area): unknown =>
    new Proxy(Object.freeze({}), {
      get: (_target, method) =>
        // A promise that is resolved with this object asks for `then`.
        typeof method === 'string' && method !== 'then'
          ? (...args: unknown[]) => call({ repository, method, args })
          : undefined,
    });
  // Safe: every method of every area becomes the call of the same name, which the repositories implement.
  return { ...Object.fromEntries(AREAS.map((name) => [name, area(name)])), close } as unknown as Database;
}
