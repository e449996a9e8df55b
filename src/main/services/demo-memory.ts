import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo needs to come back on the same addresses and to go on where it was. Holds no secret. */
export interface DemoMemory {
  readonly appid: string;
  readonly sandboxPort: number;
  readonly relayPort: number;
  /** How many sandboxes have played this demo so far, each from its own `--session`. */
  readonly starts: number;
}

/** The demo's own folder: its memory and the relay's data. */
export interface DemoFolder {
  readonly relayData: string;
  /** null when there is none or it cannot be read: the demo then starts on new addresses. */
  load(): Promise<DemoMemory | null>;
  save(memory: DemoMemory): Promise<void>;
  /** Removes the folder with everything in it. */
  erase(): Promise<void>;
}

export function demoFolder(folder: string): DemoFolder {
  const path = join(folder, 'demo.json');
  return {
    relayData: join(folder, 'relay'),
    async load() {
      try {
        return memoryIn(JSON.parse(await readFile(path, 'utf8')));
      } catch {
        return null;
      }
    },
    async save(memory) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, JSON.stringify(memory));
      await rename(`${path}.new`, path);
    },
    erase: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function memoryIn(value: unknown): DemoMemory | null {
  if (typeof value !== 'object' || value === null) return null;
  const { appid, sandboxPort, relayPort, starts } = value as Readonly<Record<string, unknown>>;
  if (typeof appid !== 'string' || !isPort(sandboxPort) || !isPort(relayPort)) return null;
  // A memory without a count was written by a demo that had started.
  return { appid, sandboxPort, relayPort, starts: isCount(starts) ? starts : 1 };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}
