import type { JsonObject } from '../json';
import { websiteAutoReply, websiteMenu } from '../state/website';
import { fail } from './errors';
import { readMenu } from './menu-check';
import { jsonBody, OK, type ApiRoute } from './route';

/** menu.md §1 and §4, and what the website has (messages.md §7). */
export const menuRoutes: readonly ApiRoute[] = [
  {
    path: '/cgi-bin/menu/create',
    method: 'POST',
    auth: 'token',
    needs: 'verified',
    handle: (call) => {
      const body = jsonBody(call);
      if (/\\u[0-9a-f]{4}/i.test(call.rawBody.toString('utf8'))) fail(40033);
      const menuId = BigInt(call.account.random.between(200_000_000, 499_999_999));
      call.account.menu = { buttons: readMenu(body, call.account), menuId };
      return OK;
    },
  },
  {
    path: '/cgi-bin/menu/get',
    method: 'GET',
    auth: 'token',
    needs: 'verified',
    // The default menu's id is given only beside conditional menus.
    handle: ({ account }) => ({ menu: { button: (account.menu ?? fail(46003)).buttons } }),
  },
  {
    path: '/cgi-bin/menu/delete',
    method: 'GET',
    auth: 'token',
    needs: 'verified',
    handle: ({ account }) => {
      account.menu = null;
      return OK;
    },
  },
  {
    path: '/cgi-bin/get_current_selfmenu_info',
    method: 'GET',
    auth: 'token',
    needs: 'any',
    handle: ({ account, world }) => {
      if (account.menu !== null) {
        return { is_menu_open: 1, selfmenu_info: { button: account.menu.buttons.map(asSelfMenu) } };
      }
      // Enabling a server switches the website's menu off.
      if (world.targetsOf(account).length > 0) return { is_menu_open: 0 };
      return { is_menu_open: 1, selfmenu_info: { button: websiteMenu(account) } };
    },
  },
  {
    path: '/cgi-bin/get_current_autoreply_info',
    method: 'GET',
    auth: 'token',
    needs: 'any',
    handle: ({ account, world }) => {
      const open = world.targetsOf(account).length === 0 ? 1 : 0;
      return { is_add_friend_reply_open: open, is_autoreply_open: open, ...websiteAutoReply(account) };
    },
  },
];

/** Here a parent holds an object with a `list`, and a leaf no `sub_button` at all. */
function asSelfMenu(button: JsonObject): JsonObject {
  const { sub_button: subs, ...rest } = button;
  return Array.isArray(subs) && subs.length > 0
    ? { ...rest, sub_button: { list: subs.map(asSelfMenu) } }
    : rest;
}
