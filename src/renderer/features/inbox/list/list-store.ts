/** Reads the conversation list by window and keeps what is on screen fresh. */
import { create } from 'zustand';
import type { Conversation } from '#shared/ipc/models';
import { call, subscribe } from '../../../api';
import { afterBursts } from '../../../app/bursts';
import type { Person } from '../../../app/navigation';
import { toAppErrorData } from '../../../ui/errors';
import type { ListChoice, ListQuery, ListState, Span } from './list-state';
import {
  LIST_PAGE,
  asked,
  chosen,
  emptyList,
  failed,
  missingPages,
  refreshWindow,
  refreshed,
  withPage,
  withRow,
} from './list-state';

interface ListStore {
  readonly list: ListState;
  /** The list before the last refresh: the view compares both to keep its place. */
  readonly before: ListState | null;
}

export const useList = create<ListStore>(() => ({
  list: emptyList({ appid: null, filter: 'active', order: 'newest' }),
  before: null,
}));

let visible: Span = { first: 0, last: LIST_PAGE - 1 };
let refreshing = false;
let again = false;
/** Pages read at a time. */
const IN_FLIGHT = 3;
const inFlight = new Set<string>();

/** Asks another question; the same one again reads it anew. */
export function askList(query: ListQuery): void {
  begin((list) => asked(list, query));
}

/** Shows what the person chose, of the account `appid` or of all. */
export function chooseInList(choice: ListChoice, appid: string | null): void {
  begin((list) => chosen({ ...list, query: { ...list.query, appid } }, choice));
}

function begin(next: (list: ListState) => ListState): void {
  visible = { first: 0, last: LIST_PAGE - 1 };
  useList.setState(({ list }) => ({ list: next(list), before: null }));
  void readPage(0);
}

/** The list of those who wait, whose windows end first on top; for places outside of the inbox that lead here. */
export function showQueue(filter: 'closing-soon' | 'needs-reply'): void {
  const { query } = useList.getState().list;
  askList({ ...query, appid: null, filter, order: 'closing-first' });
}

let askedAhead = false;

/** Reads the start of the list before there is a screen for it; `showList` takes it over. */
export function askListAhead(): void {
  askedAhead = true;
  askList(useList.getState().list.query);
}

/** What was asked ahead is not wanted after all. */
export function forgetAskedAhead(): void {
  askedAhead = false;
}

/** The list of an account, or of all, comes on screen. */
export function showList(appid: string | null): void {
  const { query } = useList.getState().list;
  const ahead = askedAhead && query.appid === appid;
  askedAhead = false;
  // Nobody followed main's changes when the list was asked ahead, so it is read once more soon.
  if (ahead) refreshListSoon();
  else askList({ ...query, appid });
}

/** The rows now on screen; reads those that are not held. A fling reads where it ends, not all that it passes. */
export function seeRows(span: Span): void {
  visible = span;
  const { list } = useList.getState();
  for (const offset of missingPages(list, span)) {
    if (inFlight.size >= IN_FLIGHT) return;
    void readPage(offset);
  }
}

export type RowPatch = Partial<
  Pick<Conversation, 'pinned' | 'muted' | 'starred' | 'done' | 'snoozedUntil' | 'unread'>
>;

/** Shows a change of a row before main has told it. */
export function patchRow(who: Person, patch: RowPatch): void {
  useList.setState(({ list }) => ({ list: withRow(list, who, patch), before: null }));
}

async function readPage(offset: number): Promise<void> {
  const { query, generation } = useList.getState().list;
  const name = `${generation}:${offset}`;
  if (inFlight.has(name)) return;
  inFlight.add(name);
  try {
    const page = await call('conversations.page', { ...query, offset, limit: LIST_PAGE });
    inFlight.delete(name);
    useList.setState(({ list }) => ({
      list: withPage(list, generation, offset, page, visible),
      before: null,
    }));
    // What came on screen meanwhile. A page that is not whole is a list that has just changed.
    if (page.rows.length < Math.min(LIST_PAGE, page.total - offset)) refreshListSoon();
    else seeRows(visible);
  } catch (error) {
    inFlight.delete(name);
    useList.setState(({ list }) => ({ list: failed(list, generation, toAppErrorData(error)) }));
  }
}

/** Reads what is on screen again soon. */
export function refreshListSoon(): void {
  refreshes.soon();
}

const refreshes = afterBursts(() => void refreshList());

async function refreshList(): Promise<void> {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  const { query, generation } = useList.getState().list;
  const { offset, limit } = refreshWindow(visible);
  try {
    const page = await call('conversations.page', { ...query, offset, limit });
    useList.setState(({ list }) => ({ list: refreshed(list, generation, offset, page), before: list }));
    seeRows(visible);
  } catch (error) {
    useList.setState(({ list }) => ({ list: failed(list, generation, toAppErrorData(error)) }));
  } finally {
    refreshing = false;
    if (again) {
      again = false;
      refreshListSoon();
    }
  }
}

/** Follows main's changes. Returns the disposer. */
export function followList(): () => void {
  const disposers = [
    subscribe('conversations.changed', (change) => {
      const { appid } = useList.getState().list.query;
      if (appid === null || appid === change.appid) refreshListSoon();
    }),
    subscribe('followers.changed', refreshListSoon),
    subscribe('accounts.changed', refreshListSoon),
  ];
  return () => {
    for (const dispose of disposers) dispose();
    refreshes.cancel();
  };
}
