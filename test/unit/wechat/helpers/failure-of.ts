/** What a promise fails with, as an instance of `kind`; fails when it succeeds or fails with something else. */
export async function failureOf<T extends Error>(
  promise: Promise<unknown>,
  kind: abstract new (...args: never[]) => T,
): Promise<T> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error('it succeeded');
}
