import { convertMenu, type ConvertedMenu } from '#shared/domain/takeover/convert-menu';
import { convertReplies, type ConvertedReplies } from '#shared/domain/takeover/convert-replies';
import type { SiteButton } from '#shared/domain/takeover/website';
import type { Takeover } from '#shared/ipc/takeover-models';
import type { Locale } from '#shared/localized';
import type { AutoReplyInfo, CurrentMenu, MenuButton } from '#wechat/api/menu';

export type Step = 'idle' | 'begun' | 'done';

/** The takeover of one account as the database keeps it: written before and after every act, so that each can be repeated. */
export interface TakeoverState {
  readonly takenAt: number;
  readonly phase: 'open' | 'undoing' | 'undone';
  readonly inCharge: 'website' | 'server' | 'unknown';
  readonly checkedAt: number | null;
  readonly website: { readonly menu: CurrentMenu; readonly replies: AutoReplyInfo };
  /** Files of the snapshot: `fileId` names the sealed copy, null when WeChat had no file any more. */
  readonly media: readonly {
    readonly remoteId: string;
    readonly type: string;
    readonly fileId: string | null;
    readonly mime: string | null;
  }[];
  readonly menuAllowed: boolean;
  readonly menuStep: Step;
  /** The menu made by API that stood before: put back as it was by undo; null: there was none. */
  readonly formerMenu: readonly MenuButton[] | null;
  readonly rulesStep: Step;
  /** Names the imported rules have. */
  readonly locale: Locale;
  readonly importedIds: readonly string[];
  /** The mode to go back to. */
  readonly formerMode: 'sealed' | 'assisted' | 'component' | null;
}

const NAMES = {
  'zh-CN': { follow: '关注后回复', other: '收到消息回复' },
  en: { follow: 'Reply after follow', other: 'Reply to other messages' },
} as const;

export function plan(state: TakeoverState): { menu: ConvertedMenu; replies: ConvertedReplies } {
  const menu = convertMenu(state.website.menu);
  return { menu, replies: convertReplies(state.website.replies, menu.texts, NAMES[state.locale]) };
}

export function viewOf(state: TakeoverState): Takeover {
  const { menu, replies } = plan(state);
  const { takenAt, phase, inCharge, checkedAt, website } = state;
  const names = (button: SiteButton): string[] => [
    button.name,
    ...(button.sub_button?.list ?? []).flatMap(names),
  ];
  const hasApiMenu = state.formerMenu !== null;
  const { follow, other } = NAMES[state.locale];
  const isAutoOn = website.replies.is_autoreply_open === 1;
  const isFollowOn = website.replies.is_add_friend_reply_open === 1;
  return {
    ...{ takenAt, phase, inCharge, checkedAt },
    menu: {
      step: state.menuStep,
      stops: hasApiMenu ? [] : (website.menu.selfmenu_info?.button ?? []).flatMap(names),
      hasApiMenu,
      isAllowed: state.menuAllowed,
      buttons: menu.buttons.length,
      notes: [...menu.notes],
    },
    replies: {
      step: state.rulesStep,
      stops: [
        ...(isFollowOn && website.replies.add_friend_autoreply_info ? [follow] : []),
        ...(isAutoOn
          ? (website.replies.keyword_autoreply_info?.list ?? []).map((rule) => rule.rule_name)
          : []),
        ...(isAutoOn && website.replies.message_default_autoreply_info ? [other] : []),
      ],
      rules: replies.rules.length,
      notes: [...replies.notes],
    },
    media: {
      kept: state.media.filter(({ fileId }) => fileId !== null).length,
      lost: state.media.filter(({ fileId }) => fileId === null).length,
    },
  };
}
