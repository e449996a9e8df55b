import { AppError } from '../../../../src/shared/app-error';

/** The code of the AppError that `action` throws; throws what is not one, and fails when nothing is thrown. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error('nothing was refused');
}
