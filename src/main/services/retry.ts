import { setTimeout as pause } from 'node:timers/promises';
import { WeChatError } from '#wechat/errors';
import { NetworkError } from '#wechat/http';

const PAUSES_MS = [500, 2_000, 8_000];

/** Only for calls that change nothing: WeChat was busy, or the network failed for a moment. */
const mayPass = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof WeChatError && error.retryable);

/** Asks again a few times with growing pauses; the last failure is thrown. Aborting ends a pause at once. */
export async function withRetries<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    await pause(pauseMs, undefined, { signal });
  }
  signal.throwIfAborted();
  return ask();
}
