import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type AriaRole,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react';
import {
  atFalseEnd,
  physicalHeight,
  reveal,
  scrolled,
  settled,
  TOP,
  visibleRows,
  type Extent,
  type RowRange,
  type ScrollPosition,
} from './virtual-scroll';
import { NO_SLOTS, slotsFor } from './row-slots';
import styles from './virtual-list.module.css';

/** Rows drawn on either side of those that are seen. */
const OVERSCAN = 5;
const REST_MS = 140;

export interface VirtualListHandle {
  /** Scrolls just far enough to show a row. */
  reveal(row: number): void;
  /** Moves by whole rows, so that what is seen stays when rows come in above. */
  shift(rows: number): void;
  focus(): void;
  /** The first row that is seen, and whether the list stands at its top. */
  anchor(): { readonly row: number; readonly atTop: boolean };
}

export interface VirtualListProps {
  readonly total: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly role: AriaRole;
  readonly label: string;
  readonly onRange: (range: RowRange) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onContextMenu?: (event: MouseEvent) => void;
  /** Id of the row that stands for the list to a screen reader. */
  readonly activeDescendant?: string | null;
  /** What a row is about, whatever its place; null while that is not known. */
  readonly nameOf: (row: number) => string | null;
  readonly children: (row: number) => ReactNode;
  readonly handle?: Ref<VirtualListHandle>;
}

/** Each once: pages that were read at different times may hold the same row twice. */
function namesOf(rows: readonly number[], nameOf: (row: number) => string | null): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    const name = nameOf(row);
    names.add(name === null || names.has(name) ? `#${row}` : name);
  }
  return [...names];
}

/** Any number of rows of one height; only those near the screen exist. */
export function VirtualList(props: VirtualListProps) {
  const { total, rowHeight, onRange } = props;
  const box = useRef<HTMLDivElement>(null);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const position = useRef<ScrollPosition>(TOP);
  const [drawn, setDrawn] = useState<ScrollPosition>(TOP);
  const [viewport, setViewport] = useState(0);
  const extent: Extent = { content: total * rowHeight, viewport };
  const latest = useRef(extent);
  useLayoutEffect(() => {
    latest.current = extent;
  });

  const move = useCallback((next: ScrollPosition) => {
    // Asking the box where it stands makes the browser lay out everything that has just changed.
    if (next.physical === position.current.physical && next.virtual === position.current.virtual) return;
    const element = box.current;
    let moved = next;
    if (element && Math.abs(element.scrollTop - next.physical) >= 1) {
      element.scrollTop = next.physical;
      // The browser may round or clamp: what it says is what the next delta counts from.
      moved = { ...next, physical: element.scrollTop };
    }
    position.current = moved;
    setDrawn(moved);
  }, []);

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const next = scrolled(position.current, element.scrollTop, latest.current);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => move(settled(position.current, latest.current)), REST_MS);
    if (next === position.current) return;
    move(atFalseEnd(next, latest.current) ? settled(next, latest.current) : next);
  }, [move]);

  useEffect(() => () => clearTimeout(rest.current), []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setViewport(element.clientHeight));
    observer.observe(element);
    setViewport(element.clientHeight);
    return () => observer.disconnect();
  }, []);

  // The height of the scroll box follows the rows; the rows that are seen stay.
  useLayoutEffect(() => {
    if (viewport > 0) move(settled(position.current, { content: total * rowHeight, viewport }));
  }, [total, rowHeight, viewport, move]);

  useImperativeHandle(
    props.handle,
    () => ({
      reveal: (row) => move(reveal(position.current, latest.current, rowHeight, row)),
      shift: (rows) =>
        move(
          settled(
            { ...position.current, virtual: position.current.virtual + rows * rowHeight },
            latest.current,
          ),
        ),
      focus: () => box.current?.focus({ preventScroll: true }),
      anchor: () => ({
        row: Math.floor(position.current.virtual / rowHeight),
        atTop: position.current.virtual < rowHeight / 2,
      }),
    }),
    [move, rowHeight],
  );

  const { first, end } = visibleRows(drawn, extent, rowHeight, total, OVERSCAN);
  useEffect(() => onRange({ first, end }), [first, end, onRange]);

  const shiftTop = drawn.physical - drawn.virtual;
  const drawnRows = Array.from({ length: end - first }, (_, nth) => first + nth);
  const names = namesOf(drawnRows, props.nameOf);
  const [slots, setSlots] = useState(NO_SLOTS);
  const nextSlots = slotsFor(slots, names);
  if (nextSlots !== slots) setSlots(nextSlots);
  const rows = drawnRows.map((row, nth) => (
    <div
      key={nextSlots.get(names[nth] ?? '')}
      role="presentation"
      className={styles['row']}
      style={{ top: row * rowHeight + shiftTop, height: rowHeight }}
    >
      {props.children(row)}
    </div>
  ));
  return (
    <div
      ref={box}
      role={props.role}
      aria-label={props.label}
      // A list box counts by its options.
      aria-rowcount={props.role === 'listbox' ? undefined : total}
      aria-activedescendant={props.activeDescendant ?? undefined}
      tabIndex={0}
      className={styles['box']}
      onScroll={onScroll}
      onKeyDown={props.onKeyDown}
      onContextMenu={props.onContextMenu}
    >
      <div role="presentation" className={styles['rows']} style={{ height: physicalHeight(extent.content) }}>
        {rows}
      </div>
    </div>
  );
}
