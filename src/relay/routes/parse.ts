import { AppError } from '#shared/app-error';

interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false };
}

/** @throws AppError `relay/invalid-input`; what was wrong is not repeated, since it may be a secret. */
export function parseInput<T>(schema: Schema<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (!result.success) throw new AppError({ code: 'relay/invalid-input' });
  return result.data;
}
