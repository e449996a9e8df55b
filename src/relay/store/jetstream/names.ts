import type { Lifetime, WorkspaceId } from '../port';

/** A word that stands for itself in a subject; every other id is written as `=` and base64url. */
const PLAIN_ID = /^[A-Za-z0-9_-]+$/;

/** What the relay's streams, buckets and subjects in the cluster are called. */
export class Names {
  readonly items: string;
  readonly allItems: string;
  /** A message that says nothing: its acknowledgement proves that the stream takes messages. */
  readonly probe: string;
  /** Core subjects, for relays only: items became readable; a lasting document changed. */
  readonly committed: string;
  readonly touched: string;

  /** @param namespace lower-case letters, digits and hyphens; relays that share it share their data */
  constructor(private readonly namespace: string) {
    if (!/^[a-z0-9-]+$/.test(namespace)) throw new RangeError('a namespace is made of a-z, 0-9 and -');
    this.items = `${namespace}-items`;
    this.allItems = `${namespace}.items.>`;
    this.probe = `${namespace}.probe`;
    this.committed = `${namespace}.committed`;
    this.touched = `${namespace}.touched`;
  }

  /** The workspace as one word of a subject or key. */
  wordOf(workspaceId: WorkspaceId): string {
    return PLAIN_ID.test(workspaceId) ? workspaceId : `=${Buffer.from(workspaceId).toString('base64url')}`;
  }

  itemsOf(workspaceId: WorkspaceId): string {
    return `${this.namespace}.items.${this.wordOf(workspaceId)}`;
  }

  /** The inverse of `itemsOf`. */
  workspaceOf(subject: string): WorkspaceId {
    const word = subject.slice(this.namespace.length + '.items.'.length);
    return word.startsWith('=') ? Buffer.from(word.slice(1), 'base64url').toString() : word;
  }

  bucket(lifetime: Lifetime): string {
    return `${this.namespace}-${lifetime === null ? 'lasting' : String(lifetime)}`;
  }
}
