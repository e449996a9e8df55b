/** What the owner set up on WeChat's website, as get_current_selfmenu_info and get_current_autoreply_info tell it. */
export interface SiteNews {
  readonly list: readonly {
    readonly title: string;
    readonly digest: string;
    readonly cover_url: string;
    readonly content_url: string;
  }[];
}
export interface SiteButton {
  readonly type?: string;
  readonly name: string;
  readonly key?: string;
  readonly url?: string;
  readonly value?: string;
  readonly appid?: string;
  readonly pagepath?: string;
  readonly news_info?: SiteNews;
  readonly sub_button?: { readonly list: readonly SiteButton[] };
}
export interface SiteMenu {
  readonly is_menu_open: number;
  readonly selfmenu_info?: { readonly button: readonly SiteButton[] };
}
export interface SiteReply {
  readonly type: string;
  readonly content: string;
  readonly news_info?: SiteNews;
}
export interface SiteReplies {
  readonly is_add_friend_reply_open: number;
  readonly is_autoreply_open: number;
  readonly add_friend_autoreply_info?: SiteReply;
  readonly message_default_autoreply_info?: SiteReply;
  readonly keyword_autoreply_info?: {
    readonly list: readonly {
      readonly rule_name: string;
      readonly reply_mode: string;
      readonly keyword_list_info: readonly { readonly match_mode: string; readonly content: string }[];
      readonly reply_list_info: readonly SiteReply[];
    }[];
  };
}

/**
 * `media`: an image, voice or video for which no permanent id exists. `type`: nothing like it by API. `empty`: nothing of
 * it is left. `too-long`: longer than a passive reply may be. `first-only`: it sent several messages, or articles, or one
 * at random, and a passive reply carries one. `was-off`: the owner had switched it off, so it is carried over switched off.
 */
export type TakeoverNoteReason = 'media' | 'type' | 'empty' | 'too-long' | 'first-only' | 'was-off';
export interface TakeoverNote {
  readonly name: string;
  readonly reason: TakeoverNoteReason;
}

/** Every temporary media id of the snapshot with its type; a `video` may also be a link, which is left out. */
export function temporaryMedia(menu: SiteMenu, replies: SiteReplies): { id: string; type: string }[] {
  const found = new Map<string, string>();
  const add = (type: string | undefined, value: string | undefined): void => {
    if (type === undefined || value === undefined || value === '' || /^https?:/.test(value)) return;
    if (['img', 'photo', 'voice', 'video'].includes(type)) found.set(value, type);
  };
  const visit = (button: SiteButton): void => {
    add(button.type, button.value);
    button.sub_button?.list.forEach(visit);
  };
  menu.selfmenu_info?.button.forEach(visit);
  const all = [
    replies.add_friend_autoreply_info,
    replies.message_default_autoreply_info,
    ...(replies.keyword_autoreply_info?.list ?? []).flatMap((rule) => rule.reply_list_info),
  ];
  for (const reply of all) add(reply?.type, reply?.content);
  return [...found].map(([id, type]) => ({ id, type }));
}
