import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder, at any depth. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Those files below a folder whose bytes contain the text. A file that goes away meanwhile contains nothing. */
export function filesContaining(folder: string, text: string): string[] {
  return filesBelow(folder).filter((path) => {
    try {
      return readFileSync(path).includes(text);
    } catch {
      return false;
    }
  });
}
