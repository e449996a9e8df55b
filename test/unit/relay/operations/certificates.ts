import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority made by openssl, and what it signs. */
export class Authority {
  private serial = 0;

  constructor(private readonly folder: string) {
    this.openssl(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.pem',
      '/O=Relay Test/CN=Root',
    );
  }

  get pem(): string {
    return this.read('ca.pem');
  }

  /** Valid for `days` from now; negative days have ended in the past. */
  issue(name: string, { days = 90 } = {}): Certificate {
    this.serial += 1;
    const id = `leaf${String(this.serial)}`;
    const san = /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
    writeFileSync(join(this.folder, `${id}.ext`), `subjectAltName=${san}\n`);
    this.openssl(
      `req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${id}.key -out ${id}.csr`,
      `/CN=${name}`,
    );
    const from = new Date(Date.now() - 400 * 86_400_000);
    const until = new Date(Date.now() + days * 86_400_000);
    writeFileSync(
      join(this.folder, 'ca.cnf'),
      `[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=${this.folder}\ndatabase=${join(this.folder, 'index.txt')}\nserial=${join(this.folder, 'serial')}\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n`,
    );
    writeFileSync(join(this.folder, 'index.txt'), '');
    writeFileSync(join(this.folder, 'serial'), `${String(1_000 + this.serial)}\n`);
    this.openssl(
      `ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in ${id}.csr -out ${id}.pem -notext -extfile ${id}.ext -startdate ${stamp(from)} -enddate ${stamp(until)}`,
    );
    return { key: this.read(`${id}.key`), cert: this.read(`${id}.pem`) };
  }

  selfSigned(name: string): Certificate {
    this.openssl(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -keyout self.key -out self.pem',
      `/CN=${name}`,
    );
    return { key: this.read('self.key'), cert: this.read('self.pem') };
  }

  private read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  private openssl(command: string, subject?: string): void {
    const args = [...command.split(' '), ...(subject === undefined ? [] : ['-subj', subject])];
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}

function stamp(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}
