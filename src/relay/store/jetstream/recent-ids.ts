/**
 * The latest ids, so many and at most twice as many. Two sets take turns: one that loses its oldest entry with every new
 * one grows old in the garbage collector's sense, and is what a busy relay's memory would be full of.
 */
export class RecentIds {
  private fresh = new Set<string>();
  private older: ReadonlySet<string> = new Set<string>();

  constructor(private readonly capacity: number) {}

  has(id: string): boolean {
    return this.fresh.has(id) || this.older.has(id);
  }

  add(id: string): void {
    this.fresh.add(id);
    if (this.fresh.size < this.capacity) return;
    this.older = this.fresh;
    this.fresh = new Set();
  }
}
