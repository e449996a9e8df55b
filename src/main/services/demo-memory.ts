import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo needs to come back on the same addresses. Holds no secret. */
export interface DemoMemory {
  readonly appid: string;
  readonly sandboxPort: number;
  readonly relayPort: number;
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
        const stored: unknown = JSON.parse(await readFile(path, 'utf8'));
        return isMemory(stored) ? stored : null;
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

function isMemory(value: unknown): value is DemoMemory {
  if (typeof value !== 'object' || value === null) return false;
  const { appid, sandboxPort, relayPort } = value as Readonly<Record<string, unknown>>;
  return typeof appid === 'string' && isPort(sandboxPort) && isPort(relayPort);
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
}
