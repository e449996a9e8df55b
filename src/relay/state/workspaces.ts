import { createHash } from 'node:crypto';
import type { RelayStore, WorkspaceId } from '../store/port';
import { Documents } from './documents';

const FIRST_NAME = 'default';

/** The workspaces of a relay: each has its own feed, devices and accounts, and sees nothing of the others. */
export class Workspaces {
  private readonly documents: Documents<{ readonly name: string }>;

  constructor(store: RelayStore) {
    this.documents = new Documents(store, { name: 'workspaces', lifetime: null });
  }

  /** The workspace of this name, made when there is none; null is the first one. */
  async named(name: string | null): Promise<WorkspaceId> {
    const present = await this.documents.list();
    const match = name === null ? present[0] : present.find(({ value }) => value.name === name);
    if (match !== undefined) return match.key;
    // By name, so that two relays that make the same workspace at once make one.
    const id = createHash('sha256')
      .update(name ?? FIRST_NAME)
      .digest('hex')
      .slice(0, 16);
    await this.documents.create(id, { name: name ?? FIRST_NAME });
    return id;
  }

  async list(): Promise<readonly WorkspaceId[]> {
    return (await this.documents.list()).map(({ key }) => key);
  }

  /** With the names that their operator gave them. */
  async all(): Promise<readonly { readonly id: WorkspaceId; readonly name: string }[]> {
    return (await this.documents.list()).map(({ key, value }) => ({ id: key, name: value.name }));
  }
}
