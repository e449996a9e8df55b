import { AppError, type AppErrorData } from '#shared/app-error';

/** What to show for anything thrown: main's own data, or `app/unexpected` for a fault of ours. */
export function toAppErrorData(error: unknown): AppErrorData {
  return error instanceof AppError ? error.data : { code: 'app/unexpected' };
}
