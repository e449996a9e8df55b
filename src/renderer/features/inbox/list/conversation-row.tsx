import { memo } from 'react';
import { readableText } from '#shared/domain/text-links';
import { withEmoji } from '#shared/domain/wechat-emoji';
import type { Account, Conversation } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Avatar } from '../../../ui/avatar';
import { useNow } from '../../../ui/clock';
import { formatComing, formatComingShort, formatRowTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { displayName } from '../../../ui/identity';
import { QuotaChip } from '../../../ui/quota-chip';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { inboxTexts } from '../texts';
import { useWindowState } from '../window-state';
import styles from './list.module.css';
import { listTexts } from './texts';

const MINUTE_MS = 60_000;
const MAX_BADGE = 99;

interface ConversationRowProps {
  readonly id: string;
  readonly row: Conversation;
  readonly selected: boolean;
  /** Named only where several accounts are merged. */
  readonly account: Account | null;
  /** The account may send customer-service messages at all. */
  readonly canReply: boolean;
  readonly position: number;
  readonly total: number;
  readonly onOpen: (row: Conversation) => void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { row, account } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const name = displayName(row, locale);
  return (
    <div
      id={props.id}
      role="option"
      aria-selected={props.selected}
      aria-posinset={props.position}
      aria-setsize={props.total}
      className={styles['row']}
      data-row={props.position - 1}
      data-unread={row.unread > 0 || undefined}
      data-pinned={row.pinned || undefined}
      onClick={() => props.onOpen(row)}
    >
      {account ? (
        <span
          className={styles['edge']}
          style={{ background: `var(--account-${account.colour})` }}
          title={account.name}
        />
      ) : null}
      <span className={styles['face']}>
        <Avatar openid={row.openid} size={38} />
        {row.unread > 0 ? (
          <span
            className={styles['unread']}
            data-muted={row.muted || undefined}
            aria-label={t('unread', { count: row.unread })}
          >
            {row.unread > MAX_BADGE ? `${MAX_BADGE}+` : row.unread}
          </span>
        ) : null}
      </span>
      <span className={styles['lines']}>
        <span className={styles['line']}>
          <span className={`${styles['name']} ellipsis`}>{name}</span>
          {account ? <span className="visually-hidden">{account.name}</span> : null}
          <Marks row={row} />
          <RowTime row={row} now={now} />
        </span>
        <span className={styles['line']}>
          <LastLine row={row} />
          {row.hasFailed ? (
            <span className={styles['failed']}>
              <Icon name="error" size={16} label={t('failedMark')} />
            </span>
          ) : null}
          <Chip row={row} canReply={props.canReply} />
        </span>
      </span>
    </div>
  );
});

function Marks({ row }: { readonly row: Conversation }) {
  const t = useTexts(inboxTexts);
  const l = useTexts(listTexts);
  return (
    <>
      {row.starred ? (
        <span className={styles['star']}>
          <Icon name="star" size={14} label={t('starredMark')} />
        </span>
      ) : null}
      {row.pinned ? (
        <span className={styles['mark']}>
          <Icon name="pin" size={14} label={l('pinnedMark')} />
        </span>
      ) : null}
      {row.muted ? (
        <span className={styles['mark']}>
          <Icon name="mute" size={14} label={l('mutedMark')} />
        </span>
      ) : null}
      {row.done ? (
        <span className={styles['mark']}>
          <Icon name="check" size={14} label={l('doneMark')} />
        </span>
      ) : null}
    </>
  );
}

/** When it was last spoken; of what is snoozed, when it comes back; and whether it just has. */
function RowTime({ row, now }: { readonly row: Conversation; readonly now: number }) {
  const t = useTexts(listTexts);
  const locale = useLocale();
  if (row.snoozedUntil !== null) {
    const when = formatComing(row.snoozedUntil, now, locale);
    return (
      <span
        className={styles['returns']}
        role="img"
        aria-label={t('snoozedMark', { when })}
        title={t('snoozedMark', { when })}
      >
        <Icon name="snooze" size={14} />
        {formatComingShort(row.snoozedUntil, now, locale)}
      </span>
    );
  }
  return (
    <>
      {row.returnedAt === null ? null : (
        <span className={styles['returned']}>
          <Icon name="snooze" size={14} label={t('returnedMark')} />
        </span>
      )}
      <span className={styles['time']}>{formatRowTime(row.lastAt, now, locale)}</span>
    </>
  );
}

function LastLine({ row }: { readonly row: Conversation }) {
  const t = useTexts(inboxTexts);
  const content = useTexts(contentTexts);
  const locale = useLocale();
  if (row.draft || row.waiting > 0) {
    return (
      <span className={`${styles['last']} ellipsis`}>
        <span className={styles['draft']}>{t('draft')}</span>{' '}
        {row.draft
          ? withEmoji(readableText(row.draft)).replace(/\s+/gu, ' ')
          : t('waiting', { count: row.waiting })}
      </span>
    );
  }
  if (!row.last) return <span className={`${styles['last']} ellipsis`}>{t('nothingYet')}</span>;
  const { body } = row.last;
  const mine = body.direction === 'in' ? '' : body.automatic ? t('automaticPrefix') : t('you');
  return (
    <span className={`${styles['last']} ellipsis`}>
      {mine}
      {describeMessage(row.last, content, locale)}
    </span>
  );
}

function Chip({ row, canReply }: { readonly row: Conversation; readonly canReply: boolean }) {
  const t = useTexts(inboxTexts);
  const state = useWindowState(row.window);
  if (!canReply) {
    return (
      <span className={styles['passive']} title={t('passiveOnlyWhy')}>
        <Icon name="lock" size={14} />
        {t('passiveOnly')}
      </span>
    );
  }
  return (
    <span className={styles['chip']}>
      <QuotaChip state={state} />
    </span>
  );
}
