/** A tag of the account; ids 0, 1 and 2 are WeChat's own (users-and-tags.md §3). */
export interface Tag {
  readonly id: number;
  name: string;
}

export const STAR_TAG_ID = 2;
export const SYSTEM_TAG_IDS: readonly number[] = [0, 1, STAR_TAG_ID];
export const MAX_TAGS = 100;
export const MAX_TAGS_PER_FOLLOWER = 20;
/** Characters, as a user counts them. */
export const MAX_TAG_NAME = 30;
/** A tag with more followers than this cannot be deleted. */
export const MAX_FANS_TO_DELETE = 100_000;
const FIRST_OWN_ID = 100;
const STAR_TAG_NAME = '星标组';
const RESERVED_NAMES = ['未分组', '黑名单', STAR_TAG_NAME];

export class TagBook {
  readonly #tags = new Map<number, Tag>();
  #nextId = FIRST_OWN_ID;

  /** The account's own tags; the system ones do not count towards the limit. */
  own(): readonly Tag[] {
    return [...this.#tags.values()];
  }

  /** What tags/get lists: the star group, then the account's own. */
  listed(): readonly Tag[] {
    return [{ id: STAR_TAG_ID, name: STAR_TAG_NAME }, ...this.#tags.values()];
  }

  get(id: number): Tag | null {
    return this.#tags.get(id) ?? null;
  }

  /** A tag that can be put on followers: an own one or the star group. */
  canCarry(id: number): boolean {
    return id === STAR_TAG_ID || this.#tags.has(id);
  }

  isTaken(name: string, exceptId?: number): boolean {
    if (RESERVED_NAMES.includes(name)) return true;
    return this.own().some((tag) => tag.name === name && tag.id !== exceptId);
  }

  create(name: string): Tag {
    const tag = { id: this.#nextId, name };
    this.#nextId += 1;
    this.#tags.set(tag.id, tag);
    return tag;
  }

  remove(id: number): void {
    this.#tags.delete(id);
  }
}
