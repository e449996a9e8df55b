/** What the thread and its client say to each other. */
import type { AppErrorData } from '#shared/app-error';
import type { Call } from './dispatch';
import type { OpenOptions } from './open';

export type ThreadOptions = Omit<OpenOptions, 'migrations'>;
export type Request = { readonly id: number } & ({ readonly call: Call } | { readonly close: true });
export type Response =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: AppErrorData };
/** Id of the answer to opening. */
export const OPENED = 0;
