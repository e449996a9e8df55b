import { AppError } from '#shared/app-error';

/** The store could not take or give something now; the same call may succeed later. */
export function unavailable(cause?: unknown): AppError {
  return new AppError({ code: 'relay/store-unavailable', retryable: true }, { cause });
}

/** Whatever a library raises, as the one error that the port names. */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AppError ? error : unavailable(error);
  }
}
