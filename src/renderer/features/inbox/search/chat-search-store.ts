/** The search in the open conversation: where it was found, and which place is shown. */
import { create } from 'zustand';
import type { AppErrorData } from '#shared/app-error';
import type { Matcher } from '#shared/domain/search/matching';
import { matcherOf } from '#shared/domain/search/matching';
import { parseQuery } from '#shared/domain/search/parse-query';
import { call } from '../../../api';
import type { Person } from '../../../app/navigation';
import { serverNow } from '../../../ui/clock';
import { toAppErrorData } from '../../../ui/errors';
import { openChatAt } from '../chat/chat-store';
import { sameKey } from '../key';

interface Hit {
  readonly id: string;
  readonly seq: number;
}

export interface ChatSearchState {
  readonly key: Person | null;
  readonly text: string;
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  /** Newest first. */
  readonly hits: readonly Hit[];
  readonly capped: boolean;
  /** Of the place that is shown. */
  readonly index: number;
  readonly error: AppErrorData | null;
  /** The search over everything led here. */
  readonly fromResults: boolean;
  /** Marks in bubbles what is looked for. */
  readonly matcher: Matcher | null;
  /** Counts up when the field should take the focus. */
  readonly focus: number;
}

const CLOSED: Omit<ChatSearchState, 'focus'> = {
  key: null,
  text: '',
  status: 'idle',
  hits: [],
  capped: false,
  index: 0,
  error: null,
  fromResults: false,
  matcher: null,
};

export const useChatSearch = create<ChatSearchState>(() => ({ ...CLOSED, focus: 0 }));

let asked = 0;

/** Opens the field of a conversation, or gives it the focus again. */
export function openChatSearch(key: Person): void {
  const { key: open, focus } = useChatSearch.getState();
  asked += sameKey(open, key) ? 0 : 1;
  useChatSearch.setState(sameKey(open, key) ? { focus: focus + 1 } : { ...CLOSED, key, focus: focus + 1 });
}

export function closeChatSearch(): void {
  asked += 1;
  useChatSearch.setState(CLOSED);
}

/** Looks in one conversation and leads to the newest place, or to `at` when it was led there already. */
export async function searchInChat(
  key: Person,
  text: string,
  options: { readonly at?: number; readonly fromResults?: boolean } = {},
): Promise<void> {
  asked += 1;
  const mine = asked;
  const { query, problems, empty } = parseQuery(text, serverNow());
  const understood = !empty && problems.length === 0;
  const before = useChatSearch.getState();
  useChatSearch.setState({
    ...CLOSED,
    key,
    text,
    status: understood ? 'loading' : 'idle',
    fromResults: options.fromResults ?? (sameKey(before.key, key) && before.fromResults),
    matcher: understood ? matcherOf(query.terms) : null,
  });
  if (!understood) return;
  try {
    const { hits, capped } = await call('search.inConversation', { ...key, text });
    if (mine !== asked) return;
    const index = Math.max(
      0,
      hits.findIndex(({ seq }) => seq === options.at),
    );
    useChatSearch.setState({ status: 'ready', hits, capped, index });
    const hit = hits[index];
    if (hit && options.at === undefined) void openChatAt(key, null, hit.seq);
  } catch (error) {
    if (mine === asked) useChatSearch.setState({ status: 'failed', error: toAppErrorData(error) });
  }
}

/** `1`: the place before (older); `-1`: the one after (newer). Goes round at the ends. */
export function moveInChat(step: 1 | -1): void {
  const { key, hits, index } = useChatSearch.getState();
  if (!key || hits.length === 0) return;
  const next = (index + step + hits.length) % hits.length;
  useChatSearch.setState({ index: next });
  const hit = hits[next];
  if (hit) void openChatAt(key, null, hit.seq);
}
