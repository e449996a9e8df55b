import Button from 'antd/es/button';
import { useMemo, useState } from 'react';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { inboxTexts } from '../texts';
import type { ChatRow } from './chat-rows';
import { chatRows, unseenCount } from './chat-rows';
import type { ChatState } from './chat-state';
import { loadOlder, readNewest } from './chat-store';
import styles from './chat.module.css';
import { MessageRow } from './message-row';
import { useLogScroll } from './use-log-scroll';

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
  const { target } = chat;
  const targetIndex = useMemo(() => placeOf(rows, target), [rows, target]);
  const { box, content, first, atBottom, toBottom, onScroll } = useLogScroll({
    chat,
    count: rows.length,
    newestId: rows.at(-1)?.id ?? null,
    target: targetIndex,
    sentCount: props.sentCount,
    onAtBottom: props.onAtBottom,
  });
  const newestId = rows.at(-1)?.id ?? null;
  /** The newest message while the user was at the bottom. */
  const [seenId, setSeenId] = useState<string | null>(newestId);
  if (atBottom && seenId !== newestId) setSeenId(newestId);
  const unseen = chat.moreNewer ? chat.unloaded : unseenCount(rows, seenId);
  return (
    <div className={styles['log']}>
      <div
        ref={box}
        className={styles['scroller']}
        role="log"
        aria-live="off"
        aria-label={t('chatLabel', { name })}
        tabIndex={0}
        data-keeps-arrows
        onScroll={onScroll}
      >
        <div ref={content} className={styles['rows']} data-long={rows.length - first > LONG || undefined}>
          {first > 0 ? null : <Head chat={chat} />}
          {rows.slice(first).map((row) => (
            <MessageRow
              key={row.id}
              row={row}
              name={name}
              sendable={props.sendable}
              target={target?.seq === row.message.seq ? target.n : null}
            />
          ))}
          <Foot chat={chat} />
        </div>
      </div>
      {atBottom && !chat.moreNewer ? null : (
        <div className={styles['pillPlace']}>
          <ToBottom
            unseen={unseen}
            onPress={() => {
              if (chat.moreNewer) void readNewest(chat.key);
              else toBottom();
            }}
          />
        </div>
      )}
      <Announcer rows={rows} name={name} />
    </div>
  );
}

/** From so many drawn rows on those out of sight are not laid out. */
const LONG = 60;

function ToBottom(props: { readonly unseen: number; readonly onPress: () => void }) {
  const t = useTexts(inboxTexts);
  const icon = <Icon name="arrowDown" size={14} />;
  return props.unseen > 0 ? (
    <Button
      className={styles['pill'] ?? ''}
      shape="round"
      size="small"
      type="primary"
      icon={icon}
      onClick={props.onPress}
    >
      {t('newMessages', { count: props.unseen })}
    </Button>
  ) : (
    <Button
      className={styles['pill'] ?? ''}
      shape="circle"
      size="small"
      aria-label={t('toBottom')}
      title={t('toBottom')}
      icon={icon}
      onClick={props.onPress}
    />
  );
}

function Head({ chat }: { readonly chat: ChatState }) {
  const t = useTexts(inboxTexts);
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

function Foot({ chat }: { readonly chat: ChatState }) {
  const t = useTexts(inboxTexts);
  if (!chat.moreNewer) return <div className={styles['foot']} />;
  return <p className={styles['head']}>{`${t('loadingNewer')}…`}</p>;
}

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
