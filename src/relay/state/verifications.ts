import type { UnixSeconds } from '#shared/domain/clock';
import type { RelayStore } from '../store/port';
import { Documents } from './documents';

/** When WeChat last verified each callback address by its echostr. */
export class Verifications {
  private readonly documents: Documents<{ readonly at: UnixSeconds }>;

  constructor(store: RelayStore) {
    this.documents = new Documents(store, { name: 'callback-verifications', lifetime: null });
  }

  async note({ key }: { readonly key: string }, at: UnixSeconds): Promise<void> {
    await this.documents.change(key, () => ({ at }));
  }

  /** Unix seconds; null when WeChat has not verified this address yet. */
  async at(key: string): Promise<UnixSeconds | null> {
    return (await this.documents.get(key))?.value.at ?? null;
  }

  /** Forgets an address that is given up. */
  async forget(key: string): Promise<void> {
    await this.documents.delete(key);
  }
}
