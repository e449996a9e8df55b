import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';

export interface TlsFiles {
  /** PEM, the server's certificate first, then the chain. */
  readonly certFile: string;
  /** PEM. */
  readonly keyFile: string;
  /** Milliseconds between two looks at the files; a minute when left out. */
  readonly checkEveryMs?: number;
}

export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A pair that is in use, and the files that renew it. */
export interface Certificate {
  readonly pair: TlsPair;
  readonly files: CertificateFiles;
}

const CHECK_MS = 60_000;

/**
 * A certificate and its key on disk, renewed by others. The files are compared by content: tools that renew certificates
 * replace files or exchange links, and tell nobody.
 */
export class CertificateFiles {
  private current: TlsPair | null = null;
  private timer: NodeJS.Timeout | null = null;
  private complained = false;

  constructor(
    private readonly files: TlsFiles,
    private readonly log: Logger,
  ) {}

  /** @throws AppError relay/certificate */
  async read(): Promise<TlsPair> {
    try {
      const pair = await this.load();
      this.current = pair;
      return pair;
    } catch (cause) {
      throw new AppError({ code: 'relay/certificate' }, { cause });
    }
  }

  /** Calls back with each new pair that belongs together; half of a renewal is waited out. */
  follow(use: (pair: TlsPair) => void): void {
    const check = async (): Promise<void> => {
      const pair = await this.load();
      const same = this.current?.cert.equals(pair.cert) === true && this.current.key.equals(pair.key);
      this.complained = false;
      if (same || this.timer === null) return;
      this.current = pair;
      use(pair);
      this.log.info('certificate-renewed');
    };
    const again = (): void => {
      check()
        .catch((error: unknown) => {
          if (!this.complained) this.log.warn('certificate-unreadable', { error });
          this.complained = true;
        })
        .finally(() => this.timer?.refresh());
    };
    this.timer = setTimeout(again, this.files.checkEveryMs ?? CHECK_MS);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async load(): Promise<TlsPair> {
    const [cert, key] = await Promise.all([readFile(this.files.certFile), readFile(this.files.keyFile)]);
    // Throws when one of them is no PEM, or the key is not the certificate's.
    createSecureContext({ cert, key });
    return { cert, key };
  }
}
