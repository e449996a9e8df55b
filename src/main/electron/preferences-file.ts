import Store from 'electron-store';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#shared/log';
import type { SettingsStore } from '../services/settings';

const NAME = 'preferences';

interface Shape {
  settings?: unknown;
  window?: unknown;
  explained?: unknown;
}

/** Settings and window bounds, kept as JSON in the user-data folder. Nothing secret belongs here. */
export interface PreferencesFile extends SettingsStore {
  readWindow(): unknown;
  writeWindow(value: object): void;
  /** Things that are explained once in the life of an installation. */
  wasExplained(what: string): boolean;
  setExplained(what: string): void;
}

/** A file that cannot be read is put aside under another name, so that nothing of it is lost, and defaults apply. */
export function openPreferencesFile(folder: string, log: Logger): PreferencesFile {
  const open = (): Store<Shape> => new Store<Shape>({ cwd: folder, name: NAME });
  let store: Store<Shape>;
  try {
    store = open();
  } catch (error) {
    const path = join(folder, `${NAME}.json`);
    renameSync(path, join(folder, `${NAME}.damaged-${Date.now()}.json`));
    log.warn('preferences-damaged', { error });
    store = open();
  }
  const explained = (): readonly unknown[] => {
    const kept = store.get('explained');
    return Array.isArray(kept) ? kept : [];
  };
  return {
    read: () => store.get('settings'),
    write: (settings) => store.set('settings', settings),
    readWindow: () => store.get('window'),
    writeWindow: (value) => store.set('window', value),
    wasExplained: (what) => explained().includes(what),
    setExplained: (what) => store.set('explained', [...new Set([...explained(), what])]),
  };
}
