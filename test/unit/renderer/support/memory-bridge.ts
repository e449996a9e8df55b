import { vi } from 'vitest';
import type { AppErrorData, Result } from '#shared/app-error';
import type { Bridge } from '#shared/ipc/bridge';
import type { Input, Output, Payload } from '#shared/ipc/contract';
import type { MethodName, TopicName } from '#shared/ipc/names';

type Handlers = { [M in MethodName]?: (input: Input<M>) => Output<M> | Promise<Output<M>> };

/** What a handler throws to make main refuse. */
export class Refusal extends Error {
  constructor(readonly data: AppErrorData) {
    super(data.code);
  }
}

export interface MemoryBridge {
  readonly calls: readonly { readonly method: MethodName; readonly input: unknown }[];
  emit<T extends TopicName>(topic: T, payload: Payload<T>): void;
  listeners(topic: TopicName): number;
}

/** Gives the page a main process of its own: handlers answer, `emit` broadcasts. */
export function installBridge(handlers: Handlers): MemoryBridge {
  const calls: { method: MethodName; input: unknown }[] = [];
  const topics = new Map<TopicName, Set<(payload: never) => void>>();
  const bridge: Bridge = {
    invoke: async <M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>>> => {
      calls.push({ method, input });
      const handler = handlers[method];
      if (!handler) throw new Error(`no handler for ${method}`);
      try {
        return { ok: true, value: await handler(input) };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: error.data };
        throw error;
      }
    },
    subscribe: (topic, listener) => {
      const set = topics.get(topic) ?? new Set();
      topics.set(topic, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
  vi.stubGlobal('window', { oadesk: bridge });
  vi.stubGlobal('navigator', { language: 'zh-CN', userAgent: 'Linux' });
  return {
    calls,
    emit: (topic, payload) => {
      for (const listener of topics.get(topic) ?? []) listener(payload as never);
    },
    listeners: (topic) => topics.get(topic)?.size ?? 0,
  };
}
