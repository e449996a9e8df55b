import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Media on disk, each file sealed with AES-256-GCM under a key derived from the database key. */
export interface MediaFiles {
  /** Durable when it resolves. */
  write(id: string, bytes: Uint8Array): Promise<void>;
  /** null when the file is not there. Rejects when it was changed on disk. */
  read(id: string): Promise<Buffer | null>;
  has(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** @param databaseKey 32 bytes in hex */
export function createMediaFiles(folder: string, databaseKey: string): MediaFiles {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(databaseKey, 'hex'), '', 'oa-desk media files', 32));

  function pathOf(id: string): string {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new RangeError('not a media id');
    return join(folder, id);
  }

  return {
    async write(id, bytes) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      // The id is authenticated too, so that files cannot be swapped.
      cipher.setAAD(Buffer.from(id));
      const sealed = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      const path = pathOf(id);
      const partial = `${path}.partial`;
      await mkdir(folder, { recursive: true });
      const file = await open(partial, 'w', 0o600);
      try {
        await file.writeFile(sealed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
    },
    async read(id) {
      let sealed: Buffer;
      try {
        sealed = await readFile(pathOf(id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    },
    has: (id) =>
      access(pathOf(id)).then(
        () => true,
        () => false,
      ),
    async remove(id) {
      await rm(pathOf(id), { force: true });
    },
  };
}
