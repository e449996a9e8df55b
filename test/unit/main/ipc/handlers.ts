import type { Handlers } from '#main/ipc/router';
import { METHOD_NAMES } from '#shared/ipc/names';

/** Handlers that all refuse to be called, except those given. */
export function handlersWith(given: Partial<Handlers> = {}): Handlers {
  const none = Object.fromEntries(
    METHOD_NAMES.map((name) => [
      name,
      () => {
        throw new Error(`not expected: ${name}`);
      },
    ]),
  ) as unknown as Handlers;
  return { ...none, ...given };
}
