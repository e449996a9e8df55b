import type { Page } from 'playwright';
import type { Result } from '#shared/app-error';
import type { Bridge } from '#shared/ipc/bridge';
import type { Input, Output } from '#shared/ipc/contract';
import type { MethodName } from '#shared/ipc/names';

/** Calls main as the page does, through the page's own bridge. */
export function invoke<M extends MethodName>(
  page: Page,
  method: M,
  input: Input<M>,
): Promise<Result<Output<M>>> {
  return page.evaluate(
    ([name, given]) => (globalThis as unknown as { oadesk: Bridge }).oadesk.invoke(name, given as never),
    [method, input] as const,
  );
}

/** The value of a call that has to succeed. @throws with main's code */
export async function ask<M extends MethodName>(page: Page, method: M, input: Input<M>): Promise<Output<M>> {
  const result = await invoke(page, method, input);
  if (!result.ok) throw new Error(`${method} was refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
