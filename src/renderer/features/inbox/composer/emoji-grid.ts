/** Finding emoji and moving between them by keys: no drawing here. */
import type { WeChatEmoji } from '#shared/domain/wechat-emoji';
import { WECHAT_EMOJI } from '#shared/domain/wechat-emoji';

const EMOJI_COLUMNS = 10;
/** Two rows. */
const RECENT = 20;

/** The picked one first, each once. */
export function recentFirst(recent: readonly string[], code: string): string[] {
  return [code, ...recent.filter((held) => held !== code)].slice(0, RECENT);
}

/** Emoji whose name in either language holds the words; all for none. */
export function findEmoji(words: string): readonly WeChatEmoji[] {
  const wanted = words.trim().toLowerCase();
  return WECHAT_EMOJI.filter(({ zh, en }) => zh.includes(wanted) || en.toLowerCase().includes(wanted));
}

/**
 * Where a key leads from cell `at`, in groups of `sizes` cells that each begin a row of their own; null for other keys.
 * Up and down keep the column as far as the row has one.
 */
export function gridStep(key: string, at: number, sizes: readonly number[]): number | null {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return null;
  switch (key) {
    case 'ArrowRight':
      return Math.min(total - 1, at + 1);
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    case 'ArrowDown':
      return vertical(at, sizes, 1);
    case 'ArrowUp':
      return vertical(at, sizes, -1);
    default:
      return null;
  }
}

function vertical(at: number, sizes: readonly number[], by: 1 | -1): number {
  const rows = rowsOf(sizes);
  const row = rows.findIndex(({ start, length }) => at >= start && at < start + length);
  const target = rows[row + by];
  const from = rows[row];
  if (!target || !from) return at;
  return target.start + Math.min(at - from.start, target.length - 1);
}

function rowsOf(sizes: readonly number[]): readonly { readonly start: number; readonly length: number }[] {
  const rows: { start: number; length: number }[] = [];
  let start = 0;
  for (const size of sizes) {
    for (let within = 0; within < size; within += EMOJI_COLUMNS)
      rows.push({ start: start + within, length: Math.min(EMOJI_COLUMNS, size - within) });
    start += size;
  }
  return rows;
}
