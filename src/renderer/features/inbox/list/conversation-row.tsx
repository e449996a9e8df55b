import { memo } from 'react';
import { readableText } from '#shared/domain/text-links';
import { withEmoji } from '#shared/domain/wechat-emoji';
import type { Account, Conversation } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Avatar } from '../../../ui/avatar';
import { useNow } from '../../../ui/clock';
import { formatRowTime } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { displayName } from '../../../ui/identity';
import { QuotaChip } from '../../../ui/quota-chip';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { inboxTexts } from '../texts';
import { useWindowState } from '../window-state';
import styles from './list.module.css';

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
      data-unread={row.unread > 0 || undefined}
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
          <span className={styles['unread']} aria-label={t('unread', { count: row.unread })}>
            {row.unread > MAX_BADGE ? `${MAX_BADGE}+` : row.unread}
          </span>
        ) : null}
      </span>
      <span className={styles['lines']}>
        <span className={styles['line']}>
          <span className={`${styles['name']} ellipsis`}>{name}</span>
          {account ? <span className="visually-hidden">{account.name}</span> : null}
          {row.starred ? (
            <span className={styles['star']}>
              <Icon name="star" size={14} label={t('starredMark')} />
            </span>
          ) : null}
          <span className={styles['time']}>{formatRowTime(row.lastAt, now, locale)}</span>
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

function LastLine({ row }: { readonly row: Conversation }) {
  const t = useTexts(inboxTexts);
  const content = useTexts(contentTexts);
  const locale = useLocale();
  if (row.draft) {
    return (
      <span className={`${styles['last']} ellipsis`}>
        <span className={styles['draft']}>{t('draft')}</span>{' '}
        {withEmoji(readableText(row.draft)).replace(/\s+/gu, ' ')}
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
