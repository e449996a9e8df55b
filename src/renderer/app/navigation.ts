/** Where the user is: screen, account filter, open conversation, open follower. */
import { create } from 'zustand';

export const SCREENS = ['inbox', 'followers', 'accounts', 'help', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

/** One follower of one account. */
export interface Person {
  readonly appid: string;
  readonly openid: string;
}

export interface Navigation {
  readonly screen: Screen;
  /** The account whose inbox and followers are shown; null: all, merged. */
  readonly accountFilter: string | null;
  readonly conversation: Person | null;
  readonly follower: Person | null;
  /** The form that connects an account is open; leaving the screen closes it. */
  readonly addingAccount: boolean;
  /** The account whose connection is examined in place of the accounts' screen. */
  readonly examining: string | null;
  /** The answer that the help shows next; it forgets it then. */
  readonly helpArticle: string | null;
  go(screen: Screen): void;
  addAccount(): void;
  closeAddAccount(): void;
  openDoctor(appid: string): void;
  closeDoctor(): void;
  openHelp(article: string): void;
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
  examining: null,
  helpArticle: null,
  go: (screen) => set({ screen, addingAccount: false, examining: null }),
  addAccount: () => set({ screen: 'accounts', addingAccount: true, examining: null }),
  closeAddAccount: () => set({ addingAccount: false }),
  openDoctor: (appid) => set({ screen: 'accounts', addingAccount: false, examining: appid }),
  closeDoctor: () => set({ examining: null }),
  openHelp: (article) => set({ screen: 'help', addingAccount: false, examining: null, helpArticle: article }),
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
