/** The page's only way to main. Every refusal arrives as an AppError. */
import { AppError } from '#shared/app-error';
import type { Bridge } from '#shared/ipc/bridge';
import type { Input, Output, Payload } from '#shared/ipc/contract';
import type { MethodName, TopicName } from '#shared/ipc/names';

declare global {
  interface Window {
    readonly oadesk: Bridge;
  }
}

/** @throws AppError with main's code. */
export async function call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
  const result = await window.oadesk.invoke(method, input);
  if (!result.ok) throw new AppError(result.error);
  return result.value;
}

export function subscribe<T extends TopicName>(
  topic: T,
  listener: (payload: Payload<T>) => void,
): () => void {
  return window.oadesk.subscribe(topic, listener);
}
