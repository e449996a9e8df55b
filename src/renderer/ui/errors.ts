import { AppError, type AppErrorData } from '#shared/app-error';

/** What to show for anything thrown: main's own data, or `ipc/internal` for a fault of the app. */
export function toAppErrorData(error: unknown): AppErrorData {
  return error instanceof AppError ? error.data : { code: 'ipc/internal' };
}
