/**
 * The conversation list as a sparse window over main's list: only rows that are or were on screen are held.
 * Pure transitions; `list-store` drives them. Every answer carries the generation of its query, so an answer
 * that arrives after the filter changed is dropped.
 */
import type { AppErrorData } from '#shared/app-error';
import type { Input, Output } from '#shared/ipc/contract';
import type { Conversation } from '#shared/ipc/models';
import type { Person } from '../../../app/navigation';
import { keyOf, sameKey } from '../key';

/** Rows per request. */
export const LIST_PAGE = 50;
/** Rows that a refresh may ask for at once; main refuses more than 500. */
const MAX_REFRESH = 300;

export type ListQuery = Pick<Input<'conversations.page'>, 'appid' | 'filter' | 'order'>;

/** Another queue, or another order. */
export type ListChoice = { readonly filter: ListQuery['filter'] } | { readonly order: ListQuery['order'] };

export interface ListState {
  readonly query: ListQuery;
  /** The order that the person chose; a queue may come in its own. */
  readonly chosenOrder: ListQuery['order'];
  readonly generation: number;
  /** null until the first answer of this query. */
  readonly total: number | null;
  readonly rows: ReadonlyMap<number, Conversation>;
  readonly error: AppErrorData | null;
}

/** Rows by position, both ends included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

export function emptyList(query: ListQuery): ListState {
  return {
    query,
    chosenOrder: query.order,
    generation: 0,
    total: null,
    rows: new Map(),
    error: null,
  };
}

/** A new question: nothing of the old answer stays on screen. */
export function asked(state: ListState, query: ListQuery): ListState {
  return { ...state, query, generation: state.generation + 1, total: null, rows: new Map(), error: null };
}

/**
 * What the person chose. Whoever looks for windows that close soon wants the first of them on top; elsewhere the order is
 * the one that they chose themselves.
 */
export function chosen(state: ListState, choice: ListChoice): ListState {
  const { query } = state;
  if ('order' in choice) return { ...asked(state, { ...query, ...choice }), chosenOrder: choice.order };
  const order = choice.filter === 'closing-soon' ? 'closing-first' : state.chosenOrder;
  return asked(state, { ...query, ...choice, order });
}

/** The pages that cover `span` and are not held yet, as offsets. */
export function missingPages(state: ListState, span: Span): readonly number[] {
  const offsets: number[] = [];
  const end = state.total === null ? span.last : Math.min(span.last, state.total - 1);
  for (let page = Math.floor(Math.max(0, span.first) / LIST_PAGE); page * LIST_PAGE <= end; page += 1) {
    const from = Math.max(span.first, page * LIST_PAGE);
    const to = Math.min(end, (page + 1) * LIST_PAGE - 1);
    for (let index = from; index <= to; index += 1) {
      if (!state.rows.has(index)) {
        offsets.push(page * LIST_PAGE);
        break;
      }
    }
  }
  return offsets;
}

/** Rows held at most, far more than a screen: beyond, those farthest from what is seen are forgotten. */
const KEPT_ROWS = 2_000;

/** One more page of the same list: rows already held elsewhere stay, as long as they are near `visible`. */
export function withPage(
  state: ListState,
  generation: number,
  offset: number,
  page: Output<'conversations.page'>,
  visible: Span = { first: offset, last: offset },
): ListState {
  if (generation !== state.generation) return state;
  const rows = new Map(state.rows.size < KEPT_ROWS ? state.rows : near(state.rows, visible));
  page.rows.forEach((row, index) => rows.set(offset + index, row));
  return { ...state, total: page.total, rows, error: null };
}

function near(rows: ListState['rows'], { first, last }: Span): [number, Conversation][] {
  return [...rows].filter(([index]) => index > first - KEPT_ROWS / 4 && index < last + KEPT_ROWS / 4);
}

/**
 * The list changed in main: what was asked again is the truth, everything held outside of it may have moved and
 * is forgotten, to be read when it comes on screen.
 */
export function refreshed(
  state: ListState,
  generation: number,
  offset: number,
  page: Output<'conversations.page'>,
): ListState {
  if (generation !== state.generation) return state;
  const held = new Map([...state.rows.values()].map((row) => [keyOf(row), row]));
  return {
    ...state,
    total: page.total,
    rows: new Map(page.rows.map((row, index) => [offset + index, asHeld(held.get(keyOf(row)), row)])),
    error: null,
  };
}

/** What is known already stays the same object: nothing is drawn again for it. */
function asHeld(held: Conversation | undefined, row: Conversation): Conversation {
  return held && JSON.stringify(held) === JSON.stringify(row) ? held : row;
}

export function failed(state: ListState, generation: number, error: AppErrorData): ListState {
  return generation === state.generation ? { ...state, error } : state;
}

/** The window to ask for again: what is on screen and a page around it, so that rows that moved a little are found. */
export function refreshWindow(visible: Span): { readonly offset: number; readonly limit: number } {
  const offset = Math.max(0, visible.first - LIST_PAGE);
  return { offset, limit: Math.min(MAX_REFRESH, visible.last + 1 + LIST_PAGE - offset) };
}

/** Changes a row where it is; a row that is not held stays unknown. */
export function withRow(state: ListState, who: Person, patch: Partial<Conversation>): ListState {
  const index = indexOf(state, who);
  const row = index === null ? undefined : state.rows.get(index);
  if (index === null || !row) return state;
  const rows = new Map(state.rows);
  rows.set(index, { ...row, ...patch });
  return { ...state, rows };
}

export function indexOf(state: ListState, key: Person): number | null {
  for (const [index, row] of state.rows) if (sameKey(row, key)) return index;
  return null;
}

/** When the row that one looks at has left, those below it tell how far the list moved. */
const ANCHORS = 12;

/** By how many rows the row at `index` of `before`, or one just below it, moved; 0 when none is found again. */
export function movedBy(before: ListState, after: ListState, index: number): number {
  if (before.generation !== after.generation) return 0;
  for (let at = index; at < index + ANCHORS; at += 1) {
    const anchor = before.rows.get(at);
    const now = anchor ? indexOf(after, anchor) : null;
    if (now !== null) return now - at;
  }
  return 0;
}

/**
 * The row that ↑ or ↓ leads to from `current`: null when it is not held or the list ends there.
 * Without a current row the first one.
 */
export function neighbour(state: ListState, current: Person | null, step: 1 | -1): number | null {
  const index = current === null ? null : indexOf(state, current);
  const next = index === null ? 0 : index + step;
  return next >= 0 && next < (state.total ?? 0) ? next : null;
}
