/**
 * The rows near what is on screen, of a list too long to hold. Rows are read by page; a newer wish replaces an older
 * one, so that a fling reads where it ends and not everything it passed.
 */
import type { AppErrorData } from '#shared/app-error';
import { toAppErrorData } from '../../ui/errors';
import type { RowRange } from '../../ui/virtual-scroll';

export const PAGE_ROWS = 100;
const IN_FLIGHT = 2;
/** Pages kept: far more than a screen, far less than the list. */
const KEPT_PAGES = 40;

export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export type ReadPage<Row> = (offset: number, limit: number) => Promise<Page<Row>>;

export interface PageCacheView {
  /** null before the first answer. */
  readonly total: number | null;
  readonly error: AppErrorData | null;
  /** Rises with every change; rows are then read again with `row()`. */
  readonly revision: number;
}

export class PageCache<Row> {
  #view: PageCacheView = { total: null, error: null, revision: 0 };
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #reading = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly number[] = [0];
  #refreshing = false;
  #refreshAgain = false;

  constructor(private readonly read: ReadPage<Row>) {}

  readonly view = (): PageCacheView => this.#view;

  /** Returns the disposer. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** The index of a row that is at hand, or null. */
  find(matches: (row: Row) => boolean): number | null {
    for (const [page, rows] of this.#pages) {
      const index = rows.findIndex(matches);
      if (index >= 0) return page * PAGE_ROWS + index;
    }
    return null;
  }

  /** Says which rows are on screen; missing pages are read, nearest first. */
  want(range: RowRange): void {
    const first = Math.floor(range.first / PAGE_ROWS);
    const last = Math.floor(Math.max(range.first, range.end - 1) / PAGE_ROWS);
    this.#wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    this.#pump();
  }

  /** Puts a changed row in place without reading its page. */
  replace(matches: (row: Row) => boolean, row: Row): void {
    const index = this.find(matches);
    if (index === null) return;
    const page = Math.floor(index / PAGE_ROWS);
    const rows = [...(this.#pages.get(page) ?? [])];
    rows[index % PAGE_ROWS] = row;
    this.#pages.set(page, rows);
    this.#change({});
  }

  /** Reads again what is on screen, swaps it in one step, and forgets the rest; until then the old rows stay. */
  refresh(): void {
    if (this.#refreshing) {
      this.#refreshAgain = true;
      return;
    }
    this.#refreshing = true;
    const pages = this.#wanted;
    Promise.all(pages.map((page) => this.read(page * PAGE_ROWS, PAGE_ROWS)))
      .then(
        (answers) => {
          this.#pages.clear();
          pages.forEach((page, index) => this.#pages.set(page, answers[index]?.rows ?? []));
          this.#change({ total: answers.at(-1)?.total ?? this.#view.total, error: null });
        },
        (error: unknown) => this.#change({ error: toAppErrorData(error) }),
      )
      .finally(() => {
        this.#refreshing = false;
        if (this.#refreshAgain) {
          this.#refreshAgain = false;
          this.refresh();
        } else this.#pump();
      });
  }

  retry(): void {
    this.#change({ error: null });
    this.#pump();
  }

  #change(patch: Partial<Omit<PageCacheView, 'revision'>>): void {
    this.#view = { ...this.#view, ...patch, revision: this.#view.revision + 1 };
    for (const listener of this.#listeners) listener();
  }

  #pump(): void {
    if (this.#view.error) return;
    for (const page of this.#wanted) {
      if (this.#reading.size >= IN_FLIGHT) return;
      if (this.#reading.has(page)) continue;
      if (this.#pages.has(page)) continue;
      void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    this.#reading.add(page);
    try {
      const answer = await this.read(page * PAGE_ROWS, PAGE_ROWS);
      this.#keep(page, answer.rows);
      this.#change({ total: answer.total, error: null });
    } catch (error) {
      this.#change({ error: toAppErrorData(error) });
    } finally {
      this.#reading.delete(page);
      this.#pump();
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    // Re-inserting keeps the map in order of use, so the first keys are the ones to forget.
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break;
      if (!this.#wanted.includes(old)) this.#pages.delete(old);
    }
  }
}
