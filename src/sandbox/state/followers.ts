import { hash32, mix32 } from '../random';
import { createOpenidCodec, OPENID_PATTERN, type OpenidCodec } from './openid';
import type { PhoneItem } from './phone';
import { FIRST_FOLLOW, LAST_FOLLOW, SEED_QR_SCENES, SEED_REMARKS, SEED_SCENES } from './seeds';
import { close, newWindow, type ReplyWindow } from './window';

/** A person as one account sees them; people who never followed are known too, as WeChat knows them. */
export interface Follower {
  readonly openid: string;
  following: boolean;
  everFollowed: boolean;
  /** Unix seconds of the last follow. */
  subscribeTime: number;
  subscribeScene: string;
  qrScene: number;
  qrSceneStr: string;
  remark: string;
  /** In the order in which they were put on. */
  tagIds: readonly number[];
  blacklisted: boolean;
  refusesMessages: boolean;
  readonly window: ReplyWindow;
  /** When either side last sent something; 0 for never. Typing depends on it. */
  lastMessageAt: number;
  /** The typing hint shows until then; 0 for not shown. */
  typingUntil: number;
  readonly phone: PhoneItem[];
}

/** People that exist for an account without ever having followed it. */
const STRANGERS = 100_000;
const SCENE_WEIGHT = SEED_SCENES.reduce((sum, [, weight]) => sum + weight, 0);

/**
 * Everybody an account could meet. Seeded followers are computed when asked for and kept only once something about
 * them changes, so that a million of them cost nothing at start.
 */
export class FollowerBook {
  readonly #codec: OpenidCodec;
  readonly #key: number;
  readonly #seeded: number;
  readonly #seedTagIds: readonly number[];
  readonly #kept = new Map<string, Follower>();
  /** Seeded followers that left their first place in the list. */
  readonly #moved = new Set<number>();
  /** Followers after the seeded ones, in follow order; an entry stays when its owner leaves, so that a cursor stays valid. */
  readonly #later: { readonly openid: string; alive: boolean }[] = [];
  readonly #laterPlace = new Map<string, number>();
  readonly #blacklist = new Set<string>();
  /** Tags that seeded followers no longer carry because they were deleted. */
  readonly #droppedTags = new Set<number>();
  #seedTagCounts: Map<number, number> | null = null;
  readonly #tagDelta = new Map<number, number>();
  #nextStranger: number;
  #alive: number;

  constructor(options: {
    seed: number;
    accountNumber: number;
    seeded: number;
    seedTagIds: readonly number[];
  }) {
    this.#codec = createOpenidCodec(options.seed, options.accountNumber);
    this.#key = hash32('follower', options.seed, options.accountNumber);
    this.#seeded = options.seeded;
    this.#seedTagIds = options.seedTagIds;
    this.#nextStranger = options.seeded;
    this.#alive = options.seeded;
  }

  /** How many follow now. */
  get total(): number {
    return this.#alive;
  }

  get seeded(): number {
    return this.#seeded;
  }

  /** The openid of the seeded follower with this number. */
  openidAt(index: number): string {
    return this.#codec.encode(index);
  }

  /** An openid of a person who never followed, different on every call. */
  mintStranger(): string {
    for (;;) {
      const openid = this.#codec.encode(this.#nextStranger);
      this.#nextStranger += 1;
      if (!this.#kept.has(openid)) return openid;
    }
  }

  /** The person for reading; changes to it are lost unless it came from `edit`. Null when unknown. */
  view(openid: string): Follower | null {
    const kept = this.#kept.get(openid);
    if (kept) return kept;
    const index = this.#codec.decode(openid);
    return index === null || index >= this.#seeded + STRANGERS ? null : this.#derive(openid, index);
  }

  /** The person for changing. Null when unknown. */
  edit(openid: string): Follower | null {
    const follower = this.view(openid);
    if (follower) this.#kept.set(openid, follower);
    return follower;
  }

  /** Makes a person with a chosen openid known; null when the text cannot be an openid. */
  introduce(openid: string): Follower | null {
    const known = this.edit(openid);
    if (known || !OPENID_PATTERN.test(openid)) return known;
    const stranger = blank(openid);
    this.#kept.set(openid, stranger);
    return stranger;
  }

  /** Follows or follows again: the follow time is new and the place is the last one. */
  follow(
    follower: Follower,
    now: number,
    source: { scene: string; qrScene?: number; qrSceneStr?: string },
  ): void {
    if (!follower.following) {
      follower.following = true;
      this.#alive += 1;
      this.#laterPlace.set(follower.openid, this.#later.length);
      this.#later.push({ openid: follower.openid, alive: true });
    }
    follower.everFollowed = true;
    follower.subscribeTime = now;
    follower.subscribeScene = source.scene;
    follower.qrScene = source.qrScene ?? 0;
    follower.qrSceneStr = source.qrSceneStr ?? '';
  }

  /** Leaves: the window closes, and what the shop noted about the person is gone with the relation. */
  unfollow(follower: Follower): void {
    if (!follower.following) return;
    this.setTags(follower, []);
    follower.following = false;
    follower.remark = '';
    follower.typingUntil = 0;
    close(follower.window);
    this.#alive -= 1;
    const place = this.#laterPlace.get(follower.openid);
    const later = place === undefined ? undefined : this.#later[place];
    const index = this.#codec.decode(follower.openid);
    if (later) later.alive = false;
    else if (index !== null) this.#moved.add(index);
  }

  /**
   * Up to `size` followers after the person `after` ('' for the start) in follow order; null when `after` never had
   * a place. A cursor whose owner has left meanwhile stays valid.
   */
  page(after: string, size: number, keep?: (follower: Follower) => boolean): readonly string[] | null {
    const start = this.#place(after);
    if (start === null) return null;
    const openids: string[] = [];
    for (let place = start; openids.length < size && place < this.#places; place += 1) {
      if (!this.#isTaken(place)) continue;
      const openid = this.#atPlace(place);
      const follower = keep && this.view(openid);
      if (!keep || (follower && keep(follower))) openids.push(openid);
    }
    return openids;
  }

  /** Followers from the `offset`-th on, in follow order. */
  slice(offset: number, limit: number): readonly string[] {
    const openids: string[] = [];
    // While nobody of the seeded ones has left, the place is the number.
    let place = this.#moved.size === 0 ? Math.min(offset, this.#seeded) : 0;
    for (let seen = place; place < this.#places && openids.length < limit; place += 1) {
      if (!this.#isTaken(place)) continue;
      if (seen >= offset) openids.push(this.#atPlace(place));
      seen += 1;
    }
    return openids;
  }

  setTags(follower: Follower, tagIds: readonly number[]): void {
    for (const id of follower.tagIds) this.#tagDelta.set(id, (this.#tagDelta.get(id) ?? 0) - 1);
    for (const id of tagIds) this.#tagDelta.set(id, (this.#tagDelta.get(id) ?? 0) + 1);
    follower.tagIds = tagIds;
  }

  /** How many followers carry the tag. */
  tagCount(tagId: number): number {
    this.#seedTagCounts ??= this.#countSeedTags();
    return (this.#seedTagCounts.get(tagId) ?? 0) + (this.#tagDelta.get(tagId) ?? 0);
  }

  /** Takes a deleted tag off everybody; its id is never used again. */
  dropTag(tagId: number): void {
    this.#droppedTags.add(tagId);
    for (const follower of this.#kept.values()) {
      if (follower.tagIds.includes(tagId)) {
        this.setTags(
          follower,
          follower.tagIds.filter((id) => id !== tagId),
        );
      }
    }
  }

  setBlacklisted(follower: Follower, blacklisted: boolean): void {
    follower.blacklisted = blacklisted;
    if (blacklisted) this.#blacklist.add(follower.openid);
    else this.#blacklist.delete(follower.openid);
  }

  /** Openids on the blacklist, oldest entry first. */
  blacklisted(): readonly string[] {
    return [...this.#blacklist];
  }

  #place(after: string): number | null {
    if (after === '') return 0;
    const later = this.#laterPlace.get(after);
    if (later !== undefined) return this.#seeded + later + 1;
    const index = this.#codec.decode(after);
    return index !== null && index < this.#seeded ? index + 1 : null;
  }

  #isTaken(place: number): boolean {
    if (place < this.#seeded) return !this.#moved.has(place);
    const later = this.#later[place - this.#seeded];
    return later?.alive === true && this.#laterPlace.get(later.openid) === place - this.#seeded;
  }

  #atPlace(place: number): string {
    return place < this.#seeded
      ? this.#codec.encode(place)
      : (this.#later[place - this.#seeded]?.openid ?? '');
  }

  /** The end of all places, taken or left. */
  get #places(): number {
    return this.#seeded + this.#later.length;
  }

  #countSeedTags(): Map<number, number> {
    const counts = new Map<number, number>();
    for (let index = 0; index < this.#seeded; index += 1) {
      for (const id of this.#tagsOf(index)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  #draw(index: number, salt: number): number {
    return mix32(this.#key ^ mix32(index * 16 + salt)) / 4_294_967_296;
  }

  #tagsOf(index: number): readonly number[] {
    const ids = this.#seedTagIds;
    if (ids.length === 0 || this.#draw(index, 1) < 0.55) return [];
    const first = ids[Math.floor(this.#draw(index, 2) * ids.length)] as number;
    if (this.#draw(index, 3) < 0.75) return [first];
    const second = ids[Math.floor(this.#draw(index, 4) * ids.length)] as number;
    return second === first ? [first] : [first, second];
  }

  #derive(openid: string, index: number): Follower {
    const follower = blank(openid);
    if (index >= this.#seeded) return follower;
    const span = LAST_FOLLOW - FIRST_FOLLOW;
    follower.following = true;
    follower.everFollowed = true;
    follower.subscribeTime =
      FIRST_FOLLOW + Math.floor(((index + this.#draw(index, 5)) / this.#seeded) * span);
    let weight = this.#draw(index, 6) * SCENE_WEIGHT;
    follower.subscribeScene =
      SEED_SCENES.find(([, share]) => {
        weight -= share;
        return weight < 0;
      })?.[0] ?? 'ADD_SCENE_OTHERS';
    if (follower.subscribeScene === 'ADD_SCENE_QR_CODE') {
      if (this.#draw(index, 7) < 0.5) follower.qrScene = 1 + Math.floor(this.#draw(index, 8) * 40);
      else {
        follower.qrSceneStr = SEED_QR_SCENES[
          Math.floor(this.#draw(index, 8) * SEED_QR_SCENES.length)
        ] as string;
      }
    }
    if (this.#seedTagIds.length > 0 && this.#draw(index, 9) < 0.15) {
      follower.remark = SEED_REMARKS[Math.floor(this.#draw(index, 10) * SEED_REMARKS.length)] as string;
    }
    follower.tagIds = this.#tagsOf(index).filter((id) => !this.#droppedTags.has(id));
    return follower;
  }
}

function blank(openid: string): Follower {
  return {
    openid,
    following: false,
    everFollowed: false,
    subscribeTime: 0,
    subscribeScene: 'ADD_SCENE_OTHERS',
    qrScene: 0,
    qrSceneStr: '',
    remark: '',
    tagIds: [],
    blacklisted: false,
    refusesMessages: false,
    window: newWindow(),
    lastMessageAt: 0,
    typingUntil: 0,
    phone: [],
  };
}
