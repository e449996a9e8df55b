/** The two functions that the preload exposes as `window.oadesk`. */
import type { Result } from '../app-error';
import type { Input, Output, Payload } from './contract';
import type { MethodName, TopicName } from './names';

export interface Bridge {
  invoke<M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>>>;
  /** Returns the disposer. */
  subscribe<T extends TopicName>(topic: T, listener: (payload: Payload<T>) => void): () => void;
}

/** ipcMain channel of every call, and webContents channel of every topic. */
export const INVOKE_CHANNEL = 'oadesk:invoke';
export const TOPIC_CHANNEL = 'oadesk:topic';
