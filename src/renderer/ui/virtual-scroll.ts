/**
 * Scrolling through more rows than a browser can lay out (Chromium stops near 33 million pixels). The real position
 * is `virtual`; the scroll box is at most MAX_PHYSICAL tall. Small moves are one to one, jumps go by proportion, and
 * `settled` puts the scroll bar where it belongs. Near both ends the two agree pixel by pixel, so that the first and the
 * last row are reached like in any list.
 */

/** Pixels; low enough that Chromium places rows exactly. */
export const MAX_PHYSICAL = 8_000_000;

/** Pixels at either end where the scroll bar is exact. */
const EXACT_ZONE = 20_000;

export interface Extent {
  /** Height of all rows, pixels. */
  readonly content: number;
  /** Height of what is seen, pixels. */
  readonly viewport: number;
}

export interface ScrollPosition {
  /** Offset in the rows, pixels. */
  readonly virtual: number;
  /** scrollTop of the scroll box. */
  readonly physical: number;
}

export const TOP: ScrollPosition = { virtual: 0, physical: 0 };

/** Height to give the scroll box's content. */
export function physicalHeight(content: number): number {
  return Math.min(content, MAX_PHYSICAL);
}

/** How far rows and scroll box can move, pixels. */
interface Spans {
  readonly virtual: number;
  readonly physical: number;
}

function spans(extent: Extent): Spans {
  return {
    virtual: Math.max(0, extent.content - extent.viewport),
    physical: Math.max(0, physicalHeight(extent.content) - extent.viewport),
  };
}

/** Where the scroll bar belongs for a place in the rows. */
function toPhysical(virtual: number, span: Spans): number {
  const fromEnd = span.virtual - virtual;
  if (virtual <= EXACT_ZONE) return virtual;
  if (fromEnd <= EXACT_ZONE) return span.physical - fromEnd;
  const share = (virtual - EXACT_ZONE) / (span.virtual - 2 * EXACT_ZONE);
  return Math.round(EXACT_ZONE + share * (span.physical - 2 * EXACT_ZONE));
}

/** The place in the rows for a place of the scroll bar. */
function toVirtual(physical: number, span: Spans): number {
  const fromEnd = span.physical - physical;
  if (physical <= EXACT_ZONE) return physical;
  if (fromEnd <= EXACT_ZONE) return span.virtual - fromEnd;
  const share = (physical - EXACT_ZONE) / (span.physical - 2 * EXACT_ZONE);
  return EXACT_ZONE + share * (span.virtual - 2 * EXACT_ZONE);
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}

/** Where the rows stand after the scroll box moved to `physical`. */
export function scrolled(from: ScrollPosition, physical: number, extent: Extent): ScrollPosition {
  const span = spans(extent);
  if (span.virtual === span.physical) return { virtual: clamp(physical, span.virtual), physical };
  const delta = physical - from.physical;
  if (delta === 0) return from;
  if (Math.abs(delta) <= extent.viewport * 2) {
    return { virtual: clamp(from.virtual + delta, span.virtual), physical };
  }
  return { virtual: clamp(toVirtual(physical, span), span.virtual), physical };
}

/** The same rows with the scroll bar at its proportional place: when scrolling rests, or the box met an end early. */
export function settled(position: ScrollPosition, extent: Extent): ScrollPosition {
  const span = spans(extent);
  const virtual = clamp(position.virtual, span.virtual);
  return { virtual, physical: span.virtual === span.physical ? virtual : toPhysical(virtual, span) };
}

/** Whether the box cannot move on although the rows could. */
export function atFalseEnd(position: ScrollPosition, extent: Extent): boolean {
  const span = spans(extent);
  if (span.virtual === span.physical) return false;
  const stuckTop = position.physical <= 0 && position.virtual > 0;
  const stuckBottom = position.physical >= span.physical && position.virtual < span.virtual;
  return stuckTop || stuckBottom;
}

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows to draw: those seen and `overscan` more on either side. */
export function visibleRows(
  position: ScrollPosition,
  extent: Extent,
  rowHeight: number,
  total: number,
  overscan: number,
): RowRange {
  const first = Math.floor(position.virtual / rowHeight) - overscan;
  const end = Math.ceil((position.virtual + extent.viewport) / rowHeight) + overscan;
  return { first: clamp(first, total), end: clamp(end, total) };
}

/** The nearest position that shows a row whole. */
export function reveal(
  position: ScrollPosition,
  extent: Extent,
  rowHeight: number,
  row: number,
): ScrollPosition {
  const top = row * rowHeight;
  if (top < position.virtual) return settled({ ...position, virtual: top }, extent);
  if (top + rowHeight > position.virtual + extent.viewport) {
    return settled({ ...position, virtual: top + rowHeight - extent.viewport }, extent);
  }
  return position;
}
