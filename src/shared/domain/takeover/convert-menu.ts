import type { SiteButton, SiteMenu, TakeoverNote } from './website';

/** A button as menu/create takes it. */
export interface ApiButton {
  readonly type?: string;
  readonly name: string;
  readonly key?: string;
  readonly url?: string;
  readonly media_id?: string;
  readonly appid?: string;
  readonly pagepath?: string;
  readonly article_id?: string;
  readonly sub_button?: readonly ApiButton[];
}
export interface ConvertedMenu {
  readonly buttons: readonly ApiButton[];
  /** Texts that buttons of the website sent: a rule for the key has to send them now. */
  readonly texts: readonly { readonly key: string; readonly name: string; readonly text: string }[];
  readonly notes: readonly TakeoverNote[];
}

/** Types that `menu/create` takes as the website shows them, beside `view` and `miniprogram`. */
const KEYED = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
];

/** The website's menu in the types of the API: texts become `click`, articles and video links `view`. */
export function convertMenu(menu: SiteMenu): ConvertedMenu {
  const texts: { key: string; name: string; text: string }[] = [];
  const notes: TakeoverNote[] = [];

  function convert(button: SiteButton): ApiButton | null {
    const { name } = button;
    if (button.sub_button && button.sub_button.list.length > 0) {
      const subs = button.sub_button.list.map(convert).filter((sub) => sub !== null);
      if (subs.length > 0) return { name, sub_button: subs };
      notes.push({ name, reason: 'empty' });
      return null;
    }
    const { type = '', value = '' } = button;
    if (KEYED.includes(type) && button.key !== undefined) return { type, name, key: button.key };
    if (type === 'view' && button.url !== undefined) return { type, name, url: button.url };
    if (type === 'miniprogram' && button.appid !== undefined && button.url !== undefined) {
      const { url, appid, pagepath = '' } = button;
      return { type, name, url, appid, pagepath };
    }
    if (type === 'text' && value !== '') {
      const key = `site-text-${String(texts.length + 1)}`;
      texts.push({ key, name, text: value });
      return { type: 'click', name, key };
    }
    if (type === 'news') {
      const [first, second] = button.news_info?.list ?? [];
      if (first !== undefined && isLink(first.content_url)) {
        if (second !== undefined) notes.push({ name, reason: 'first-only' });
        return { type: 'view', name, url: first.content_url };
      }
    }
    if (type === 'video' && isLink(value)) return { type: 'view', name, url: value };
    const isMedia = ['img', 'photo', 'voice', 'video'].includes(type);
    notes.push({ name, reason: isMedia ? 'media' : 'type' });
    return null;
  }

  const buttons = (menu.selfmenu_info?.button ?? []).map(convert).filter((button) => button !== null);
  return { buttons, texts, notes };
}

function isLink(text: string): boolean {
  return /^https?:\/\//.test(text);
}
