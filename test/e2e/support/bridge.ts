import type { Page } from 'playwright';
import type { Result } from '#shared/app-error';
import type { Bridge } from '#shared/ipc/bridge';
import type { Input, Output } from '#shared/ipc/contract';
import type { MethodName } from '#shared/ipc/names';
import { until } from './runtime';

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

/** Waits until the demo runs, and returns its AppID. @throws when it failed to start */
export async function demoRuns(page: Page): Promise<string> {
  const status = await until('the demo runs', async () => {
    const now = await ask(page, 'demo.status', {});
    if (now.state === 'failed') throw new Error(`the demo failed: ${JSON.stringify(now.error)}`);
    return now.state === 'running' && now;
  });
  return status.appid ?? '';
}

/** Starts the demo and waits until it runs. Returns its AppID. */
export async function startDemo(page: Page): Promise<string> {
  await ask(page, 'demo.start', {});
  return demoRuns(page);
}
