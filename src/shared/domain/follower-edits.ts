/** What an owner may change about a follower at WeChat (users-and-tags.md §1, §3), asked by the page and again by main. */
import { utf8Length } from './media-limits';

/** Bytes of UTF-8 that a remark (备注名) must stay under. */
export const REMARK_BYTES_UNDER = 30;
/** Characters of a tag's name as people see them. */
export const MAX_TAG_NAME = 30;
export const MAX_TAGS_PER_FOLLOWER = 20;
/** Ids up to this are WeChat's own groups: not followed, blacklist, star. */
const LAST_SYSTEM_TAG = 2;

export function remarkFits(remark: string): boolean {
  return utf8Length(remark) < REMARK_BYTES_UNDER;
}

export function isTagName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= MAX_TAG_NAME;
}

/** Tags that the shop made itself; WeChat's own groups cannot be put on people by hand. */
export function isOwnTag(id: number): boolean {
  return id > LAST_SYSTEM_TAG;
}
