import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { ChatState } from './chat-state';
import { loadNewer, loadOlder } from './chat-store';
import { firstAtEnd, firstIndex, NEAR, oneStepUp, trimmed } from './drawn-rows';

/** The user is at the bottom within this many pixels. */
const BOTTOM_PX = 48;

interface LogScroll {
  readonly box: RefObject<HTMLDivElement | null>;
  /** Inside of the box: its rows are children, the last ones among them but for the foot. */
  readonly content: RefObject<HTMLDivElement | null>;
  /** Index of the first row to draw. */
  readonly first: number;
  readonly atBottom: boolean;
  readonly toBottom: () => void;
  readonly onScroll: () => void;
}

/**
 * Where a chat stands: at a message that was looked for, or at the bottom, which it follows. Rows that come in above are the
 * browser's to balance (scroll anchoring), except at the very top, where it does not.
 */
export function useLogScroll(options: {
  readonly chat: ChatState;
  readonly count: number;
  readonly newestId: string | null;
  /** Index of the row to lead to. */
  readonly target: number | null;
  readonly sentCount: number;
  readonly onAtBottom: (atBottom: boolean) => void;
}): LogScroll {
  const { chat, count, newestId, target, sentCount, onAtBottom } = options;
  const { prepended, more, moreNewer } = chat;
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [drawnFrom, setDrawnFrom] = useState(() =>
    target === null ? firstAtEnd(count, prepended) : -prepended,
  );
  // Older ones were asked for because somebody is near the top: they are drawn when they come.
  const [held, setHeld] = useState(prepended);
  const come = held === prepended ? drawnFrom : oneStepUp(drawnFrom, prepended);
  // A message to lead to is drawn, and some before it.
  const wanted = target === null ? come : Math.min(come, oneStepUp(target - prepended, prepended));
  if (held !== prepended) setHeld(prepended);
  if (wanted !== drawnFrom) setDrawnFrom(wanted);
  const first = firstIndex(wanted, count, prepended);

  const [atBottom, setAtBottom] = useState(target === null);
  const follows = useRef(target === null);
  const settle = useCallback(
    (bottom: boolean) => {
      if (follows.current === bottom) return;
      follows.current = bottom;
      setAtBottom(bottom);
      onAtBottom(bottom);
    },
    [onAtBottom],
  );

  const lastTop = useRef(0);
  const stay = useCallback(() => {
    // At the end of a stretch that goes on nothing is followed: what comes is put below.
    if (box.current && follows.current && !moreNewer) box.current.scrollTop = box.current.scrollHeight;
  }, [moreNewer]);

  // The place is right before anything is painted.
  const shownTarget = useRef<number | null>(null);
  const firstRow = useRef<{ readonly element: HTMLElement; readonly top: number } | null>(null);
  const wish = chat.target?.n ?? null;
  useLayoutEffect(() => {
    const element = box.current;
    const rows = content.current;
    if (!element || !rows) return;
    const rowAt = (index: number) => rows.children[rows.children.length - 1 - count + index];
    const shown = target === null ? undefined : rowAt(target);
    const before = firstRow.current;
    if (shown && shownTarget.current !== wish) {
      shownTarget.current = wish;
      shown.scrollIntoView({ block: 'center' });
      settle(element.scrollHeight - element.scrollTop - element.clientHeight <= BOTTOM_PX);
    } else if (follows.current) stay();
    else if (before?.element.isConnected && lastTop.current < 1) {
      element.scrollTop += before.element.offsetTop - before.top;
    }
    const top = rowAt(first);
    firstRow.current = top instanceof HTMLElement ? { element: top, top: top.offsetTop } : null;
  }, [count, first, newestId, target, wish, settle, stay]);

  const shownSent = useRef(sentCount);
  useLayoutEffect(() => {
    if (shownSent.current === sentCount) return;
    shownSent.current = sentCount;
    settle(true);
    stay();
  }, [sentCount, newestId, settle, stay]);

  // What does not fill the box cannot be scrolled, so that nothing would ask for more.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || element.scrollHeight > element.clientHeight + 1) return;
    if (first > 0) setDrawnFrom(oneStepUp(first - prepended, prepended));
    else if (more) void loadOlder();
    if (moreNewer) void loadNewer();
  }, [count, first, prepended, more, moreNewer]);

  // The composer below grows and shrinks, pictures get their size: whoever reads the newest message keeps seeing it.
  useEffect(() => {
    const observer = new ResizeObserver(stay);
    if (box.current) observer.observe(box.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, [stay]);

  const onScroll = useCallback(() => {
    const element = box.current;
    const rows = content.current;
    if (!element || !rows) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const below = scrollHeight - scrollTop - clientHeight;
    const up = scrollTop < lastTop.current || scrollTop < 1;
    lastTop.current = scrollTop;
    settle(below <= BOTTOM_PX);
    if (up && scrollTop < NEAR) {
      if (first > 0) setDrawnFrom(oneStepUp(first - prepended, prepended));
      else void loadOlder();
    }
    if (below < NEAR && moreNewer) void loadNewer();
    if (follows.current && !moreNewer && target === null) {
      const size = { viewport: clientHeight, content: rows.offsetHeight };
      setDrawnFrom((from) => trimmed(from, { count, prepended }, size));
    }
  }, [first, count, prepended, moreNewer, target, settle]);

  const toBottom = useCallback(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight, behavior: 'smooth' });
  }, []);
  return { box, content, first, atBottom, toBottom, onScroll };
}
