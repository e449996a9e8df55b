import { isJsonObject, type JsonObject } from '../json';
import type { Account } from '../state/account';
import { fail } from './errors';
import { textOf } from './route';

/** Counts and bytes of menu.md §2. */
const TOP_BUTTONS = 3;
const SUB_BUTTONS = 5;
const TOP_NAME_BYTES = 16;
const SUB_NAME_BYTES = 60;
const KEY_BYTES = 128;
const URL_BYTES = 1024;

/** What each type of button needs besides its name (menu.md §3). */
const BUTTON_TYPES: Readonly<Record<string, readonly string[]>> = {
  click: ['key'],
  view: ['url'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
  miniprogram: ['appid', 'pagepath', 'url'],
};

/** Error numbers of the two levels of a menu. */
interface Level {
  readonly type: number;
  readonly nameBytes: number;
  readonly name: number;
  readonly key: number;
  readonly url: number;
  readonly domain: number;
}
const TOP: Level = {
  type: 40017,
  nameBytes: TOP_NAME_BYTES,
  name: 40018,
  key: 40019,
  url: 40020,
  domain: 40055,
};
const SUB: Level = {
  type: 40024,
  nameBytes: SUB_NAME_BYTES,
  name: 40025,
  key: 40026,
  url: 40027,
  domain: 40054,
};

/** The buttons as menu/get gives them back, with an empty `sub_button` on every leaf; raises the codes of menu.md §6. */
export function readMenu(body: JsonObject, account: Account): readonly JsonObject[] {
  const buttons = body['button'];
  if (!Array.isArray(buttons)) fail(40015);
  if (buttons.length < 1 || buttons.length > TOP_BUTTONS) fail(40016);
  return buttons.map((button: unknown) => readTop(button, account));
}

function readTop(button: unknown, account: Account): JsonObject {
  if (!isJsonObject(button)) fail(40015);
  const subs = button['sub_button'];
  if (!Array.isArray(subs) || subs.length === 0) return readLeaf(button, TOP, account);
  checkName(button, TOP);
  if (subs.length > SUB_BUTTONS) fail(40023);
  return {
    name: textOf(button, 'name'),
    sub_button: subs.map((sub: unknown) => {
      if (!isJsonObject(sub)) fail(40015);
      const deeper = sub['sub_button'];
      if (Array.isArray(deeper) && deeper.length > 0) fail(40022);
      return readLeaf(sub, SUB, account);
    }),
  };
}

function readLeaf(button: JsonObject, level: Level, account: Account): JsonObject {
  checkName(button, level);
  const type = textOf(button, 'type');
  const needs = Object.hasOwn(BUTTON_TYPES, type) ? BUTTON_TYPES[type] : undefined;
  if (needs === undefined) fail(level.type);
  const kept: Record<string, unknown> = { type, name: textOf(button, 'name') };
  for (const field of needs) {
    const value = textOf(button, field);
    checkField(field, value, level, account);
    kept[field] = value;
  }
  return { ...kept, sub_button: [] };
}

function checkName(button: JsonObject, level: Level): void {
  const bytes = Buffer.byteLength(textOf(button, 'name'));
  if (bytes === 0 || bytes > level.nameBytes) fail(level.name);
}

function checkField(field: string, value: string, level: Level, account: Account): void {
  const bytes = Buffer.byteLength(value);
  if (field === 'key' && (bytes === 0 || bytes > KEY_BYTES)) fail(level.key);
  if (field === 'url') {
    if (bytes === 0 || bytes > URL_BYTES) fail(level.url);
    if (!/^https?:\/\/[^\s/]+/i.test(value)) fail(level.domain);
  }
  // Menus take permanent media only, and this account has none.
  if (field === 'media_id') fail(40007);
  if (field === 'article_id' && !account.articleIds.includes(value)) fail(53600);
  if (field === 'appid' && !account.miniProgramAppIds.includes(value)) fail(45064);
  if (field === 'pagepath' && value === '') fail(40165);
}
