/** Where the user is: screen, account filter, open conversation, open follower. */
import { create } from 'zustand';

export const SCREENS = ['inbox', 'followers', 'accounts', 'help', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

/** Screens of the rail, and those that are opened from another one. */
export type Place = Screen | 'capabilities';

/** One follower of one account. */
export interface Person {
  readonly appid: string;
  readonly openid: string;
}

export interface Navigation {
  readonly screen: Place;
  /** The account whose inbox and followers are shown; null: all, merged. */
  readonly accountFilter: string | null;
  readonly conversation: Person | null;
  readonly follower: Person | null;
  /** The form that connects an account is open; leaving the screen closes it. */
  readonly addingAccount: boolean;
  /** The screen that authorizes by scanning is open: for any account, or for one that is to be authorized again. */
  readonly authorizing: { readonly appid: string | null } | null;
  authorizeAccount(appid: string | null): void;
  go(screen: Place): void;
  /** The account whose capabilities are shown; null: the one filtered for. */
  readonly capabilitiesOf: string | null;
  openCapabilities(appid: string | null): void;
  /** The answer to be opened on the help screen; the screen takes it. */
  readonly helpArticle: string | null;
  openHelp(articleId: string): void;
  addAccount(): void;
  closeAddAccount(): void;
  /** Selecting an account closes what belongs to another one. */
  selectAccount(appid: string | null): void;
  /** Shows the inbox with this conversation, whatever account was filtered for. */
  openConversation(appid: string, openid: string): void;
  closeConversation(): void;
  openFollower(appid: string, openid: string): void;
  closeFollower(): void;
}

function keep(person: Person | null, appid: string | null): Person | null {
  return appid === null || person?.appid === appid ? person : null;
}

export const useNavigation = create<Navigation>((set) => ({
  screen: 'inbox',
  accountFilter: null,
  conversation: null,
  follower: null,
  addingAccount: false,
  authorizing: null,
  authorizeAccount: (appid) => set({ screen: 'accounts', addingAccount: false, authorizing: { appid } }),
  helpArticle: null,
  capabilitiesOf: null,
  openCapabilities: (appid) =>
    set({ screen: 'capabilities', addingAccount: false, authorizing: null, capabilitiesOf: appid }),
  openHelp: (articleId) =>
    set({ screen: 'help', addingAccount: false, authorizing: null, helpArticle: articleId }),
  go: (screen) => set({ screen, addingAccount: false, authorizing: null, helpArticle: null }),
  addAccount: () => set({ screen: 'accounts', addingAccount: true, authorizing: null }),
  closeAddAccount: () => set({ addingAccount: false, authorizing: null }),
  selectAccount: (appid) =>
    set((state) => ({
      accountFilter: appid,
      conversation: keep(state.conversation, appid),
      follower: keep(state.follower, appid),
    })),
  openConversation: (appid, openid) =>
    set((state) => ({
      screen: 'inbox',
      conversation: { appid, openid },
      accountFilter:
        state.accountFilter === null || state.accountFilter === appid ? state.accountFilter : appid,
    })),
  closeConversation: () => set({ conversation: null }),
  openFollower: (appid, openid) =>
    set((state) => ({
      screen: 'followers',
      follower: { appid, openid },
      accountFilter:
        state.accountFilter === null || state.accountFilter === appid ? state.accountFilter : appid,
    })),
  closeFollower: () => set({ follower: null }),
}));

export const openHelp = (articleId: string): void => useNavigation.getState().openHelp(articleId);
