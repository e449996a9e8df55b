import type { WeChatClient } from '../client';
import { WeChatError } from '../errors';

export interface MenuButton {
  readonly type?: string;
  readonly name: string;
  readonly key?: string;
  readonly url?: string;
  readonly media_id?: string;
  readonly appid?: string;
  readonly pagepath?: string;
  readonly article_id?: string;
  readonly sub_button?: readonly MenuButton[];
}

export interface ConditionalMenu {
  readonly button: readonly MenuButton[];
  /** Older answers name `group_id`. */
  readonly matchrule: Readonly<Record<string, string>>;
  readonly menuid: string;
}

export interface ApiMenu {
  /** `menuid` comes only when conditional menus exist. */
  readonly menu: { readonly button: readonly MenuButton[]; readonly menuid?: string };
  readonly conditionalmenu?: readonly ConditionalMenu[];
}

/** getMenu (查询自定义菜单), GET `/cgi-bin/menu/get`: only menus made by API; null when there is none (46003). */
export async function getMenu(client: WeChatClient): Promise<ApiMenu | null> {
  try {
    return await client.get<ApiMenu>('/cgi-bin/menu/get');
  } catch (error) {
    if (error instanceof WeChatError && error.errcode === 46003) return null;
    throw error;
  }
}

export interface NewsInfo {
  readonly list: readonly {
    readonly title: string;
    readonly author: string;
    readonly digest: string;
    readonly show_cover: number;
    readonly cover_url: string;
    readonly content_url: string;
    readonly source_url: string;
  }[];
}

/** A button as it stands now; made on the website it may also be text, img, photo, video, voice or news. */
export interface CurrentMenuButton {
  readonly type?: string;
  readonly name: string;
  readonly key?: string;
  readonly url?: string;
  /** A text, a link, or a media id that is temporary and new in every answer. */
  readonly value?: string;
  readonly appid?: string;
  readonly pagepath?: string;
  readonly news_info?: NewsInfo;
  /** An object here, a plain list in `getMenu`. */
  readonly sub_button?: { readonly list: readonly CurrentMenuButton[] };
}

export interface CurrentMenu {
  /** 0: the menu is switched off and `selfmenu_info` is absent. */
  readonly is_menu_open: 0 | 1;
  readonly selfmenu_info?: { readonly button: readonly CurrentMenuButton[] };
}

/** getCurrentSelfmenuInfo (查询自定义菜单信息), GET `/cgi-bin/get_current_selfmenu_info`: made by API or website; every account. */
export function getCurrentMenu(client: WeChatClient): Promise<CurrentMenu> {
  return client.get('/cgi-bin/get_current_selfmenu_info');
}

export interface AutoReply {
  readonly type: 'text' | 'img' | 'voice' | 'video' | 'news' | (string & {});
  readonly content: string;
  readonly news_info?: NewsInfo;
}

export interface AutoReplyInfo {
  readonly is_add_friend_reply_open: 0 | 1;
  readonly is_autoreply_open: 0 | 1;
  readonly add_friend_autoreply_info?: AutoReply;
  readonly message_default_autoreply_info?: AutoReply;
  readonly keyword_autoreply_info?: {
    readonly list: readonly {
      readonly rule_name: string;
      readonly create_time: number;
      readonly reply_mode: 'reply_all' | 'random_one';
      readonly keyword_list_info: readonly {
        readonly type: string;
        readonly match_mode: 'contain' | 'equal';
        readonly content: string;
      }[];
      readonly reply_list_info: readonly AutoReply[];
    }[];
  };
}

/** getCurrentAutoreplyInfo (获取公众号的自动回复规则), GET `/cgi-bin/get_current_autoreply_info`: read-only; every account. */
export function getAutoReplyInfo(client: WeChatClient): Promise<AutoReplyInfo> {
  return client.get('/cgi-bin/get_current_autoreply_info');
}

/** createCustomMenu (创建自定义菜单), POST `/cgi-bin/menu/create`: replaces the whole default menu. */
export async function createMenu(client: WeChatClient, buttons: readonly MenuButton[]): Promise<void> {
  await client.post('/cgi-bin/menu/create', { button: buttons });
}

/** deleteMenu (删除自定义菜单), GET `/cgi-bin/menu/delete`: the default menu and all conditional ones; also when there is none. */
export async function deleteMenu(client: WeChatClient): Promise<void> {
  try {
    await client.get('/cgi-bin/menu/delete');
  } catch (error) {
    if (!(error instanceof WeChatError && error.errcode === 46003)) throw error;
  }
}
