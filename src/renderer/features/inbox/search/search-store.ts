/** The search over everything: what is asked, what was found, what was asked before. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import { parseQuery } from '#shared/domain/search/parse-query';
import type {
  FoundPerson,
  FoundQuickReply,
  IndexProgress,
  SearchGroup,
  SearchPage,
} from '#shared/ipc/search-models';
import { call, subscribe } from '../../../api';
import { useNavigation } from '../../../app/navigation';
import { serverNow } from '../../../ui/clock';
import { toAppErrorData } from '../../../ui/errors';
import { openChatAt } from '../chat/chat-store';
import { keyOf } from '../key';
import { searchInChat } from './chat-search-store';

const PAGE = 20;
/** Pages that brought nothing new are read past by themselves; then the user decides. */
const EMPTY_PAGES = 5;

export interface Found {
  readonly groups: readonly SearchGroup[];
  readonly people: readonly FoundPerson[];
  readonly drafts: readonly FoundPerson[];
  readonly quickReplies: readonly FoundQuickReply[];
  readonly total: SearchPage['total'];
  readonly next: number | null;
}

interface SearchState {
  readonly open: boolean;
  readonly text: string;
  /** `idle`: nothing was asked, or it is not understood. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly found: Found | null;
  readonly loadingMore: boolean;
  readonly error: AppErrorData | null;
  readonly recent: readonly string[];
  readonly indexing: IndexProgress | null;
}

export const useSearch = create<SearchState>(() => ({
  open: false,
  text: '',
  status: 'idle',
  found: null,
  loadingMore: false,
  error: null,
  recent: [],
  indexing: null,
}));

/** Rises with each search: an answer that comes late is dropped. */
let asked = 0;

/** Opens the search as it was left, which is also the way back to the results. */
export function openSearch(text?: string): void {
  useSearch.setState({ open: true });
  if (text !== undefined) void search(text);
  void readRecent();
}

export function closeSearch(): void {
  useSearch.setState({ open: false });
}

export async function search(text: string): Promise<void> {
  asked += 1;
  const mine = asked;
  const { problems, empty } = parseQuery(text, serverNow());
  if (empty || problems.length > 0) {
    useSearch.setState({ text, status: 'idle', found: null, error: null, loadingMore: false });
    return;
  }
  // What was found stays until there is an answer: nothing flickers while someone types.
  useSearch.setState({ text, status: 'loading', error: null, loadingMore: false });
  try {
    const { progress } = await call('search.indexing', {});
    const page = await ask(text, null);
    if (mine === asked) useSearch.setState({ status: 'ready', found: page, indexing: progress });
    if (mine === asked && page.groups.length === 0 && page.next !== null) await loadMore();
  } catch (error) {
    if (mine === asked) useSearch.setState({ status: 'failed', found: null, error: toAppErrorData(error) });
  }
}

/** Reads the next conversations; those that are shown already are left out. */
export async function loadMore(): Promise<void> {
  const { status, found, text, loadingMore } = useSearch.getState();
  if (status !== 'ready' || loadingMore || found?.next == null) return;
  const mine = asked;
  useSearch.setState({ loadingMore: true, error: null });
  try {
    let more: Found = found;
    for (let page = 0; page < EMPTY_PAGES && more.next !== null; page += 1) {
      const answer = await ask(text, more.next);
      if (mine !== asked) return;
      more = joined(more, answer);
      if (more.groups.length > found.groups.length) break;
    }
    useSearch.setState({ found: more, loadingMore: false });
  } catch (error) {
    if (mine === asked) useSearch.setState({ loadingMore: false, error: toAppErrorData(error) });
  }
}

function ask(text: string, before: number | null): Promise<SearchPage> {
  const appid = useNavigation.getState().accountFilter;
  return call('search.everywhere', { appid, text, before, limit: PAGE });
}

export function joined(found: Found, page: SearchPage): Found {
  const shown = new Set(found.groups.map(({ conversation }) => keyOf(conversation)));
  const fresh = page.groups.filter(({ conversation }) => !shown.has(keyOf(conversation)));
  return { ...found, groups: [...found.groups, ...fresh], next: page.next };
}

/** Opens a conversation at what was found there; the search waits behind it. */
export function openHit(group: Pick<SearchGroup, 'conversation'>, seq: number): void {
  const { text } = useSearch.getState();
  const { appid, openid } = group.conversation;
  const key = { appid, openid };
  remember(text);
  closeSearch();
  void openChatAt(key, group.conversation, seq);
  useNavigation.getState().openConversation(appid, openid);
  void searchInChat(key, text, { at: seq, fromResults: true });
}

export function openPerson({ conversation }: FoundPerson): void {
  leaveSearch();
  useNavigation.getState().openConversation(conversation.appid, conversation.openid);
}

/** Leaves the search for what was chosen in it. */
export function leaveSearch(): void {
  remember(useSearch.getState().text);
  closeSearch();
}

function remember(text: string): void {
  // A list of recent searches is a help, not a promise: a failure to keep it is told by nothing else failing.
  call('search.remember', { text }).then(readRecent, () => undefined);
}

async function readRecent(): Promise<void> {
  try {
    useSearch.setState({ recent: (await call('search.recent', {})).texts });
  } catch {
    useSearch.setState({ recent: [] });
  }
}

/** @throws AppError; the list is shown as it was. */
export async function forgetRecent(): Promise<void> {
  await call('search.forgetRecent', {});
  useSearch.setState({ recent: [] });
}

/** Follows the index of older messages. Returns the disposer. */
export function followSearch(): () => void {
  return subscribe('search.indexing', ({ progress }) => {
    const finished = useSearch.getState().indexing !== null && progress === null;
    useSearch.setState({ indexing: progress });
    const { open, status, text } = useSearch.getState();
    if (finished && open && status === 'ready') void search(text);
  });
}
