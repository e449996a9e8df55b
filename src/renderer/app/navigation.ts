/** Where the user is: screen, account filter, open conversation, open follower. */
import { create } from 'zustand';

export const SCREENS = ['inbox', 'followers', 'reports', 'accounts', 'help', 'settings'] as const;
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
  /** The account whose connection is examined in place of the accounts' screen. */
  readonly examining: string | null;
  /** The account whose capabilities are shown; null: the one filtered for. */
  readonly capabilitiesOf: string | null;
  /** The answer to be opened on the help screen; the screen takes it. */
  readonly helpArticle: string | null;
  go(screen: Place): void;
  authorizeAccount(appid: string | null): void;
  openCapabilities(appid: string | null): void;
  addAccount(): void;
  closeAddAccount(): void;
  openDoctor(appid: string): void;
  closeDoctor(): void;
  openHelp(articleId: string): void;
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

/** What stands in place of a screen, or waits for it, is closed when another one is opened. */
const NOTHING_OPEN = { addingAccount: false, authorizing: null, examining: null, helpArticle: null } as const;

export const useNavigation = create<Navigation>((set) => ({
  screen: 'inbox',
  accountFilter: null,
  conversation: null,
  follower: null,
  addingAccount: false,
  authorizing: null,
  examining: null,
  capabilitiesOf: null,
  helpArticle: null,
  go: (screen) => set({ ...NOTHING_OPEN, screen }),
  addAccount: () => set({ ...NOTHING_OPEN, screen: 'accounts', addingAccount: true }),
  closeAddAccount: () => set({ addingAccount: false, authorizing: null }),
  authorizeAccount: (appid) => set({ ...NOTHING_OPEN, screen: 'accounts', authorizing: { appid } }),
  openDoctor: (appid) => set({ ...NOTHING_OPEN, screen: 'accounts', examining: appid }),
  closeDoctor: () => set({ examining: null }),
  openCapabilities: (appid) => set({ ...NOTHING_OPEN, screen: 'capabilities', capabilitiesOf: appid }),
  openHelp: (articleId) => set({ ...NOTHING_OPEN, screen: 'help', helpArticle: articleId }),
  selectAccount: (appid) =>
    set((state) => ({
      accountFilter: appid,
      conversation: keep(state.conversation, appid),
      follower: keep(state.follower, appid),
      examining: state.examining === null ? null : (appid ?? state.examining),
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
