import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const remembered = z.object({
  appid: z.string(),
  sandboxPort: z.number().int().min(1).max(65535),
  relayPort: z.number().int().min(1).max(65535),
});
/** What the demo needs to come back on the same addresses. Holds no secret. */
export type DemoMemory = z.infer<typeof remembered>;

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
        const parsed = remembered.safeParse(JSON.parse(await readFile(path, 'utf8')));
        return parsed.success ? parsed.data : null;
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
