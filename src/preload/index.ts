import { contextBridge, ipcRenderer } from 'electron';
import { INVOKE_CHANNEL, TOPIC_CHANNEL } from '#shared/ipc/bridge';
import type { Bridge } from '#shared/ipc/bridge';
import { METHOD_NAMES, TOPIC_NAMES } from '#shared/ipc/names';

const methods: ReadonlySet<unknown> = new Set(METHOD_NAMES);
const topicNames: ReadonlySet<unknown> = new Set(TOPIC_NAMES);

type Listener = (payload: never) => void;
const listeners = new Map<unknown, Set<Listener>>();

// One channel for all topics; a listener never sees Electron's event, which carries the raw IPC module.
ipcRenderer.on(TOPIC_CHANNEL, (_event, topic: unknown, payload: unknown) => {
  for (const listener of listeners.get(topic) ?? []) listener(payload as never);
});

const bridge: Bridge = {
  async invoke(method, input) {
    if (!methods.has(method)) return { ok: false, error: { code: 'ipc/unknown-method' } };
    // Main answers with the Result of this method; its schema was applied there.
    return ipcRenderer.invoke(INVOKE_CHANNEL, method, input) as Promise<never>;
  },
  subscribe(topic, listener) {
    if (!topicNames.has(topic)) throw new Error('ipc/unknown-topic');
    if (typeof listener !== 'function') throw new Error('ipc/invalid-input');
    // The same function may subscribe twice; each subscription has its own entry and its own disposer.
    const entry: Listener = (payload) => listener(payload);
    const set = listeners.get(topic) ?? new Set<Listener>();
    listeners.set(topic, set);
    set.add(entry);
    return () => {
      set.delete(entry);
    };
  },
};

contextBridge.exposeInMainWorld('oadesk', bridge);
