import type { SealedBox } from '../secrets/sealed-box';
import { Documents } from '../state/documents';
import type { CollectionSpec, RelayStore } from '../store/port';

/** A document of which one part is readable and the other is kept encrypted. */
export interface Sealed<Plain, Secret> {
  readonly plain: Plain;
  readonly secret: Secret;
}

/** How it is stored: `sealed` is the secret part's JSON, sealed in the context `<collection>:<key>`. */
export interface StoredSealed<Plain> {
  readonly plain: Plain;
  readonly sealed: string;
}

/** What binds a sealed part to its document, so that it opens nowhere else. Rotation of the master key needs it. */
export function sealedContext(spec: CollectionSpec, key: string): string {
  return `${spec.name}:${key}`;
}

/** Documents with a secret part: it is in the clear in memory only. */
export class SealedDocuments<Plain, Secret> {
  private readonly documents: Documents<StoredSealed<Plain>>;

  constructor(
    store: RelayStore,
    private readonly box: SealedBox,
    private readonly spec: CollectionSpec,
  ) {
    this.documents = new Documents(store, spec);
  }

  /** @throws AppError `relay/secret-unreadable` */
  async get(key: string): Promise<Sealed<Plain, Secret> | null> {
    const found = await this.documents.get(key);
    return found === null ? null : this.open(key, found.value);
  }

  /** The readable part alone. */
  async plain(key: string): Promise<Plain | null> {
    return (await this.documents.get(key))?.value.plain ?? null;
  }

  /** Whether the key was free. */
  create(key: string, value: Sealed<Plain, Secret>): Promise<boolean> {
    return this.documents.create(key, this.seal(key, value));
  }

  /** As `Documents.change`. */
  async change(
    key: string,
    change: (current: Sealed<Plain, Secret> | null) => Sealed<Plain, Secret> | null,
  ): Promise<Sealed<Plain, Secret> | null> {
    const stored = await this.documents.change(key, (current) => {
      const next = change(current === null ? null : this.open(key, current));
      return next === null ? null : this.seal(key, next);
    });
    return stored === null ? null : this.open(key, stored);
  }

  delete(key: string): Promise<boolean> {
    return this.documents.delete(key);
  }

  /** The readable parts of all documents, by key. */
  async list(): Promise<readonly { readonly key: string; readonly plain: Plain }[]> {
    return (await this.documents.list()).map(({ key, value }) => ({ key, plain: value.plain }));
  }

  private open(key: string, stored: StoredSealed<Plain>): Sealed<Plain, Secret> {
    const text = this.box.openText(stored.sealed, sealedContext(this.spec, key));
    return { plain: stored.plain, secret: JSON.parse(text) as Secret };
  }

  private seal(key: string, { plain, secret }: Sealed<Plain, Secret>): StoredSealed<Plain> {
    return { plain, sealed: this.box.sealText(JSON.stringify(secret), sealedContext(this.spec, key)) };
  }
}
