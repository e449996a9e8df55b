import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { keepPaneWidth, useSettings } from '../app/settings-store';
import { useTexts } from '../i18n/texts';
import { useToast } from './toast';
import { uiTexts } from './texts';
import styles from './ui.module.css';

const STEP = 16;

export interface SplitPaneProps {
  /** Name under which the width is kept in the settings. */
  readonly name: string;
  readonly label: string;
  /** Where the sized pane stands. */
  readonly side: 'start' | 'end';
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly pane: ReactNode;
  /** The pane is out of sight; the content beside it stays mounted and keeps its place. */
  readonly folded?: boolean;
  readonly children: ReactNode;
}

/** One pane of a kept width next to content that takes the rest; dragged, or moved by the arrow keys. */
export function SplitPane(props: SplitPaneProps) {
  const { name, side, min, max } = props;
  const t = useTexts(uiTexts);
  const toast = useToast();
  const kept = useSettings((state) => state.settings.paneWidths[name]);
  const [dragged, setDragged] = useState<number | null>(null);
  const drag = useRef<{ x: number; width: number } | null>(null);
  const clamp = (width: number) => Math.min(max, Math.max(min, width));
  const width = dragged ?? clamp(kept ?? props.width);
  const direction = side === 'start' ? 1 : -1;

  const keep = (next: number) => {
    keepPaneWidth(name, next).catch((error: unknown) => toast.failed(error));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width };
    setDragged(width);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    setDragged(clamp(drag.current.width + (event.clientX - drag.current.x) * direction));
  };
  const onPointerUp = () => {
    if (!drag.current) return;
    drag.current = null;
    setDragged(null);
    keep(width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    keep(clamp(width + (event.key === 'ArrowRight' ? STEP : -STEP) * direction));
  };

  const pane = props.folded ? null : (
    <div className={styles['splitPane']} style={{ width }}>
      {props.pane}
    </div>
  );
  const handle = props.folded ? null : (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`${props.label}: ${t('resizePane')}`}
      aria-valuenow={Math.round(width)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles['splitHandle']}
      data-dragging={dragged === null ? undefined : true}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => keep(props.width)}
      onKeyDown={onKeyDown}
    />
  );
  const content = <div className={styles['splitContent']}>{props.children}</div>;
  return (
    <div className={styles['split']}>
      {side === 'start' ? pane : content}
      {handle}
      {side === 'start' ? content : pane}
    </div>
  );
}
