import { memo } from 'react';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Avatar } from '../../../ui/avatar';
import { useNow } from '../../../ui/clock';
import { formatDay, formatTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { transferWords } from '../bubbles/describe';
import { eventWords } from '../bubbles/event-words';
import { MessageContent } from '../bubbles/message-content';
import { contentTexts } from '../bubbles/texts';
import { MessageMenu } from '../menu/message-menu';
import { inboxTexts } from '../texts';
import styles from './chat.module.css';
import type { ChatRow } from './chat-rows';
import { OutboundState } from './outbound-state';

const MINUTE_MS = 60_000;
/** These need no bubble of colour around them. */
const BARE = new Set(['image', 'video']);

/** One message of the chat with its day heading; the customer's left, the shop's right, events in the middle. */
export const MessageRow = memo(function MessageRow(props: {
  readonly row: ChatRow;
  readonly name: string;
  readonly sendable: boolean;
  /** A search leads here; another number marks it again. */
  readonly target: number | null;
}) {
  const { row } = props;
  return (
    <div
      key={props.target}
      className={styles['row']}
      data-group-start={row.startsGroup || undefined}
      data-target={props.target ?? undefined}
    >
      {row.startsDay ? <DayHeading at={row.message.at} /> : null}
      {row.startsUnread ? <UnreadLine /> : null}
      {row.shape === 'event' ? <EventLine row={row} /> : <Bubble {...props} />}
    </div>
  );
});

function DayHeading({ at }: { readonly at: number }) {
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  return (
    <h3 className={styles['day']}>
      <span>{formatDay(at, now, locale)}</span>
    </h3>
  );
}

function UnreadLine() {
  const t = useTexts(inboxTexts);
  return <p className={styles['unreadLine']}>{t('unreadLine')}</p>;
}

function EventLine({ row }: { readonly row: ChatRow }) {
  const t = useTexts(contentTexts);
  const locale = useLocale();
  const { content } = row.message.body;
  if (content.kind !== 'event' && content.kind !== 'transfer') return null;
  return (
    <p className={styles['event']}>
      <span className={styles['eventTime']}>{formatTime(row.message.at, locale)}</span>
      <span className="selectable">
        {content.kind === 'event'
          ? eventWords(content.event, t, locale)
          : transferWords(content.kfAccount, t)}
      </span>
    </p>
  );
}

function Bubble(props: { readonly row: ChatRow; readonly name: string; readonly sendable: boolean }) {
  const { row } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const { body } = row.message;
  const mine = body.direction === 'out';
  const bare = BARE.has(body.content.kind) && !(mine && body.retryOf !== null);
  return (
    <article
      className={styles['message']}
      data-side={body.direction}
      aria-label={!mine ? props.name : body.automatic ? t('automatic') : t('you')}
    >
      {mine ? null : (
        <span className={styles['avatar']}>
          {row.startsGroup ? <Avatar openid={row.message.openid} size={32} /> : null}
        </span>
      )}
      <div className={styles['stack']}>
        <div className={styles['bubbleLine']}>
          <MessageMenu
            message={row.message}
            name={props.name}
            sendable={props.sendable}
            optimistic={row.optimistic !== null}
          >
            <div className={styles['bubble']} data-bare={bare || undefined} data-side={body.direction}>
              {mine && body.retryOf !== null ? (
                <p className={styles['retry']}>
                  <Icon name="refresh" size={14} />
                  {t('retryMark')}
                </p>
              ) : null}
              <MessageContent message={row.message} />
            </div>
          </MessageMenu>
          {mine && body.status === 'failed' ? (
            <span className={styles['failedMark']}>
              <Icon name="error" size={18} label={t('statusFailed')} />
            </span>
          ) : null}
        </div>
        {mine ? (
          <OutboundState row={row} body={body} sendable={props.sendable} />
        ) : row.endsGroup ? (
          <p className={styles['state']}>{formatTime(row.message.at, locale)}</p>
        ) : null}
      </div>
    </article>
  );
}
