import Button from 'antd/es/button';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import type { Translate } from '../../../i18n/texts';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { inboxTexts } from '../texts';
import type { ChatRow } from './chat-rows';
import { chatRows, unseenCount } from './chat-rows';
import type { ChatState } from './chat-state';
import { loadNewer, loadOlder, readNewest } from './chat-store';
import styles from './chat.module.css';
import { MessageRow } from './message-row';

/** Positions count down from here as older pages are put before. */
const FIRST_INDEX = 1_000_000_000;
/** The user is at the bottom within this many pixels. */
const BOTTOM_PX = 48;

interface LogContext {
  readonly chat: ChatState;
  readonly t: Translate<(typeof inboxTexts)['zh-CN']>;
}

/** The messages of one conversation; mounted anew for each. Opens at the bottom, follows it, and else stays put. */
export function ChatLog(props: {
  readonly chat: ChatState;
  readonly name: string;
  readonly sendable: boolean;
  /** Counts up whenever the user sent something: their own message is always shown. */
  readonly sentCount: number;
  readonly onAtBottom: (atBottom: boolean) => void;
}) {
  const { chat, name } = props;
  const t = useTexts(inboxTexts);
  const virtuoso = useRef<VirtuosoHandle>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const box = useRef<HTMLElement | null>(null);
  const rows = useMemo(
    () =>
      chatRows({
        messages: chat.messages,
        optimistic: chat.optimistic,
        more: chat.more,
        moreNewer: chat.moreNewer,
        unreadFrom: chat.unreadFrom,
      }),
    [chat.messages, chat.optimistic, chat.more, chat.moreNewer, chat.unreadFrom],
  );
  const [targetAtStart] = useState(() => placeOf(rows, chat.target));
  // All at once and at the end before anything is painted: left to itself the list hides until its place is settled.
  useLayoutEffect(() => {
    if (targetAtStart === null) box.current?.scrollTo(0, box.current.scrollHeight);
  }, [targetAtStart]);
  const [atBottom, setAtBottom] = useState(targetAtStart === null);
  const newestId = rows.at(-1)?.id ?? null;
  /** The newest message while the user was at the bottom. */
  const [seenId, setSeenId] = useState<string | null>(newestId);
  if (atBottom && seenId !== newestId) setSeenId(newestId);
  const unseen = chat.moreNewer ? chat.unloaded : unseenCount(rows, seenId);
  const context: LogContext = { chat, t };

  const toBottom = () => {
    if (chat.moreNewer) void readNewest(chat.key);
    else virtuoso.current?.scrollToIndex({ index: 'LAST', align: 'end', behavior: 'smooth' });
  };
  useStayAtBottom(scroller, atBottom && !chat.moreNewer);
  const { target } = chat;
  const shownTarget = useRef(targetAtStart === null ? null : target);
  useEffect(() => {
    if (shownTarget.current === target) return;
    shownTarget.current = target;
    const index = placeOf(rows, target);
    if (index !== null) virtuoso.current?.scrollToIndex({ index, align: 'center' });
  }, [target, rows]);
  const { sentCount } = props;
  const shownSent = useRef(sentCount);
  useEffect(() => {
    if (shownSent.current === sentCount) return;
    shownSent.current = sentCount;
    virtuoso.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  }, [sentCount, newestId]);

  return (
    <div className={styles['log']}>
      <Virtuoso<ChatRow, LogContext>
        ref={virtuoso}
        scrollerRef={(element) => {
          box.current = element instanceof HTMLElement ? element : null;
          setScroller(box.current);
        }}
        className={styles['scroller'] ?? ''}
        role="log"
        aria-live="off"
        aria-label={t('chatLabel', { name })}
        tabIndex={0}
        data-keeps-arrows
        context={context}
        data={rows}
        firstItemIndex={FIRST_INDEX - chat.prepended}
        {...(targetAtStart === null
          ? { initialItemCount: rows.length }
          : { initialTopMostItemIndex: { index: targetAtStart, align: 'center' as const } })}
        computeItemKey={(_index, row) => row.id}
        increaseViewportBy={{ top: 600, bottom: 300 }}
        atBottomThreshold={BOTTOM_PX}
        atBottomStateChange={(value) => {
          setAtBottom(value);
          props.onAtBottom(value);
        }}
        followOutput={(isAtBottom) => (isAtBottom && !chat.moreNewer ? 'auto' : false)}
        startReached={() => void loadOlder()}
        endReached={() => void loadNewer()}
        components={COMPONENTS}
        itemContent={(_index, row) => (
          <MessageRow
            row={row}
            name={name}
            sendable={props.sendable}
            target={target?.seq === row.message.seq ? target.n : null}
          />
        )}
      />
      {atBottom && !chat.moreNewer ? null : (
        <div className={styles['pillPlace']}>
          {unseen > 0 ? (
            <Button
              className={styles['pill'] ?? ''}
              shape="round"
              size="small"
              type="primary"
              icon={<Icon name="arrowDown" size={14} />}
              onClick={toBottom}
            >
              {t('newMessages', { count: unseen })}
            </Button>
          ) : (
            <Button
              className={styles['pill'] ?? ''}
              shape="circle"
              size="small"
              aria-label={t('toBottom')}
              title={t('toBottom')}
              icon={<Icon name="arrowDown" size={14} />}
              onClick={toBottom}
            />
          )}
        </div>
      )}
      <Announcer rows={rows} name={name} />
    </div>
  );
}

/** The composer below grows and shrinks: whoever reads the newest message keeps seeing it. */
function useStayAtBottom(scroller: HTMLElement | null, atBottom: boolean): void {
  const follows = useRef(atBottom);
  useEffect(() => {
    follows.current = atBottom;
  }, [atBottom]);
  useEffect(() => {
    if (!scroller) return undefined;
    const observer = new ResizeObserver(() => {
      if (follows.current) scroller.scrollTop = scroller.scrollHeight;
    });
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);
}

function Head({ context }: { readonly context?: LogContext }) {
  if (!context) return null;
  const { chat, t } = context;
  if (chat.error) {
    return (
      <p className={styles['head']}>
        {t('olderFailed')}
        <Button size="small" type="text" onClick={() => void loadOlder()}>
          <Icon name="refresh" size={14} />
        </Button>
      </p>
    );
  }
  return <p className={styles['head']}>{chat.more ? `${t('loadingOlder')}…` : t('beginning')}</p>;
}

function Foot({ context }: { readonly context?: LogContext }) {
  if (!context?.chat.moreNewer) return <div className={styles['foot']} />;
  return <p className={styles['head']}>{`${context.t('loadingNewer')}…`}</p>;
}

const COMPONENTS = { Header: Head, Footer: Foot };

/** Where the wanted message is among the rows; null when it is not there. */
function placeOf(rows: readonly ChatRow[], target: ChatState['target']): number | null {
  if (!target) return null;
  const index = rows.findIndex((row) => row.message.seq === target.seq);
  return index < 0 ? null : index;
}

/** Says new messages and changed statuses to a screen reader; never what scrolls into view, never a tick. */
function Announcer(props: { readonly rows: readonly ChatRow[]; readonly name: string }) {
  const t = useTexts(inboxTexts);
  const content = useTexts(contentTexts);
  const locale = useLocale();
  const [opened] = useState(() => props.rows.at(-1)?.id ?? null);
  const last = props.rows.at(-1);
  return (
    <p className="visually-hidden" aria-live="polite">
      {last && last.id !== opened ? announcement(last) : ''}
    </p>
  );

  function announcement(row: ChatRow): string {
    const { body } = row.message;
    const text = describeMessage(row.message, content, locale);
    return body.direction === 'in'
      ? t('announce', { name: props.name, text })
      : t('announce', { name: t(body.automatic ? 'automatic' : STATUS_NAMES[body.status]), text });
  }
}

const STATUS_NAMES = {
  queued: 'statusQueued',
  sending: 'statusSending',
  sent: 'statusSent',
  failed: 'statusFailed',
  unknown: 'statusUnknown',
} as const;
