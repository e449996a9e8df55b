import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryState, MemoryStore } from '#relay/store/memory/memory-store';
import { SqliteStore } from '#relay/store/sqlite/sqlite-store';
import { describeRelayStore } from './contract';

describeRelayStore('memory', async () => {
  const state = new MemoryState();
  return { open: async () => new MemoryStore(state), dispose: () => undefined };
});

describeRelayStore('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-store-'));
  return {
    open: () => SqliteStore.open(folder),
    dispose: () => rmSync(folder, { recursive: true }),
  };
});
