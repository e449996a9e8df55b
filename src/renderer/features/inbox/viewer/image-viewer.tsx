import { useEffect, useRef, useState } from 'react';
import type { Message } from '#shared/ipc/models';
import { useTexts } from '../../../i18n/texts';
import { useLocale } from '../../../i18n/i18n';
import { formatDateTime } from '../../../ui/format';
import { IconButton } from '../../../ui/icon-button';
import { loadOlder, useChat } from '../chat/chat-store';
import { useMessageActs } from '../menu/use-message-acts';
import { fitted, moved, zoomed, type Size, type View } from './geometry';
import { viewerTexts } from './texts';
import { imagesOf, openViewer, useViewer } from './viewer-store';
import styles from './viewer.module.css';

const STEP = 1.25;
const NO_MESSAGES: readonly Message[] = [];

/** The images of the open conversation, one at a time, over the whole window. */
export function ImageViewer() {
  const id = useViewer((state) => state.id);
  const messages = useChat((state) => state.chat?.messages ?? NO_MESSAGES);
  const more = useChat((state) => state.chat?.more ?? false);
  const images = imagesOf(messages);
  const index = images.findIndex((message) => message.id === id);
  const message = images[index];
  useEffect(() => {
    if (index === 0 && more) void loadOlder();
  }, [index, more]);
  if (!message) return null;
  return (
    <Viewer
      message={message}
      index={index}
      count={images.length}
      go={(step) => openViewer(images[index + step]?.id ?? message.id)}
    />
  );
}

function Viewer(props: {
  readonly message: Message;
  readonly index: number;
  readonly count: number;
  readonly go: (step: 1 | -1) => void;
}) {
  const { message, index, count, go } = props;
  const t = useTexts(viewerTexts);
  const locale = useLocale();
  const acts = useMessageActs(message);
  const stage = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLElement>(null);
  const [of, setOf] = useState(message.id);
  const [image, setImage] = useState<Size | null>(null);
  const [broken, setBroken] = useState(false);
  /** null: fits the window, also when that changes its size. */
  const [view, setView] = useState<View | null>(null);
  const room = useRoom(stage);
  if (of !== message.id) {
    setOf(message.id);
    setImage(null);
    setBroken(false);
    setView(null);
  }
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const shown = view ?? (image ? fitted(image, room) : { scale: 1, x: 0, y: 0 });
  const zoom = (factor: number, point?: { x: number; y: number }) => {
    if (image) setView(moved(zoomed(shown, factor, point), { x: 0, y: 0 }, image, room));
  };
  const keys: Readonly<Record<string, () => void>> = {
    Escape: () => openViewer(null),
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    '+': () => zoom(STEP),
    '=': () => zoom(STEP),
    '-': () => zoom(1 / STEP),
    '0': () => setView(null),
    '1': () => setView({ scale: 1, x: 0, y: 0 }),
    s: acts.save,
    c: acts.copyImage,
  };
  return (
    <section
      ref={box}
      role="dialog"
      aria-modal
      aria-label={t('title')}
      tabIndex={-1}
      className={styles['viewer']}
      onKeyDown={(event) => {
        const act = keys[event.key];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        act();
      }}
    >
      <header className={styles['top']}>
        <span className="num">{t('position', { index: index + 1, count })}</span>
        <span>{formatDateTime(message.at, locale)}</span>
        <span className={styles['tools']}>
          <IconButton icon="minus" label={t('zoomOut')} onClick={() => zoom(1 / STEP)} />
          <span className={`${styles['percent']} num`}>
            {t('percent', { percent: Math.round(shown.scale * 100) })}
          </span>
          <IconButton icon="plus" label={t('zoomIn')} onClick={() => zoom(STEP)} />
          <IconButton icon="fit" label={t('fit')} pressed={view === null} onClick={() => setView(null)} />
          <IconButton
            icon="actual"
            label={t('actual')}
            pressed={view?.scale === 1}
            onClick={() => setView({ scale: 1, x: 0, y: 0 })}
          />
          <IconButton icon="copy" label={t('copy')} onClick={acts.copyImage} />
          <IconButton icon="save" label={t('save')} onClick={acts.save} />
          <IconButton icon="close" label={t('close')} onClick={() => openViewer(null)} />
        </span>
      </header>
      <div
        ref={stage}
        className={styles['stage']}
        data-large={
          image
            ? image.width * shown.scale > room.width || image.height * shown.scale > room.height
            : undefined
        }
        onClick={(event) => {
          if (event.target === stage.current) openViewer(null);
        }}
        onDoubleClick={() => setView(view === null ? { scale: 1, x: 0, y: 0 } : null)}
        onWheel={(event) => {
          const area = event.currentTarget.getBoundingClientRect();
          zoom(Math.exp(-event.deltaY / 400), {
            x: event.clientX - area.left - area.width / 2,
            y: event.clientY - area.top - area.height / 2,
          });
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1 && image)
            setView(moved(shown, { x: event.movementX, y: event.movementY }, image, room));
        }}
      >
        {broken ? (
          <p>{t('broken')}</p>
        ) : (
          <img
            src={message.media.url ?? ''}
            alt={t('title')}
            draggable={false}
            onLoad={(event) =>
              setImage({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
            }
            onError={() => setBroken(true)}
            style={{ transform: `translate(${shown.x}px, ${shown.y}px) scale(${shown.scale})` }}
          />
        )}
      </div>
      <span className={styles['previous']}>
        <IconButton icon="chevronLeft" label={t('previous')} disabled={index === 0} onClick={() => go(-1)} />
      </span>
      <span className={styles['next']}>
        <IconButton
          icon="chevronRight"
          label={t('next')}
          disabled={index === count - 1}
          onClick={() => go(1)}
        />
      </span>
    </section>
  );
}

function useRoom(stage: React.RefObject<HTMLElement | null>): Size {
  const [room, setRoom] = useState<Size>({ width: 1, height: 1 });
  useEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setRoom({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [stage]);
  return room;
}
