import { useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import Button from 'antd/es/button';
import { useAccounts } from '../../../app/accounts-store';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { AccountDot, Avatar } from '../../../ui/avatar';
import { useNow } from '../../../ui/clock';
import { formatRowTime, formatTime, daysAgo } from '../../../ui/format';
import { Icon } from '../../../ui/icon';
import { displayName } from '../../../ui/identity';
import { describeMessage } from '../bubbles/describe';
import { contentTexts } from '../bubbles/texts';
import { MarkedText } from './marked-text';
import { KindIcon } from '../composer/quick-replies/kinds';
import type { ResultRow, SectionName } from './result-rows';
import { canChoose } from './result-rows';
import styles from './search.module.css';
import { loadMore, useSearch } from './search-store';
import { searchTexts } from './texts';
import type { ReplyChoice } from './use-reply-choice';

const MINUTE_MS = 60_000;

export const rowId = (index: number): string => `search-row-${String(index)}`;

/** What was found, drawn by window. */
export function SearchResults(props: {
  readonly rows: readonly ResultRow[];
  /** The line that Enter opens. */
  readonly active: number;
  readonly replies: ReplyChoice;
  readonly onOpen: (row: ResultRow) => void;
}) {
  const { rows, active, replies } = props;
  const t = useTexts(searchTexts);
  const list = useRef<VirtuosoHandle>(null);
  useEffect(() => {
    if (active >= 0) list.current?.scrollIntoView({ index: active });
  }, [active]);
  return (
    <Virtuoso<ResultRow>
      ref={list}
      className={styles['results'] ?? ''}
      id="search-results"
      role="listbox"
      aria-label={t('resultsLabel')}
      tabIndex={-1}
      data={rows}
      computeItemKey={(_index, row) => row.id}
      endReached={() => void loadMore()}
      components={COMPONENTS}
      itemContent={(index, row) =>
        canChoose(row) ? (
          <div
            id={rowId(index)}
            role="option"
            aria-selected={index === active}
            className={styles['row']}
            data-kind={row.kind}
            onClick={() => props.onOpen(row)}
          >
            <RowContent row={row} replies={replies} />
          </div>
        ) : (
          <RowContent row={row} replies={replies} />
        )
      }
    />
  );
}

function RowContent({ row, replies }: { readonly row: ResultRow; readonly replies: ReplyChoice }) {
  switch (row.kind) {
    case 'section':
      return <Section name={row.name} />;
    case 'person':
      return <Person row={row} />;
    case 'reply':
      return <Reply row={row} replies={replies} />;
    case 'group':
      return <Group row={row} />;
    case 'hit':
      return <Hit row={row} />;
    case 'more':
      return <More />;
  }
}

function Section({ name }: { readonly name: SectionName }) {
  const t = useTexts(searchTexts);
  return (
    <p className={styles['section']} role="presentation">
      {t(name)}
    </p>
  );
}

function Person({ row }: { readonly row: Extract<ResultRow, { kind: 'person' }> }) {
  const t = useTexts(searchTexts);
  const locale = useLocale();
  const { conversation, field, snippet } = row.person;
  return (
    <>
      <Avatar openid={conversation.openid} size={28} />
      <span className={styles['person']}>
        <span className="ellipsis">{displayName(conversation, locale)}</span>
        {snippet.text === '' ? null : (
          <span className={`${styles['snippet']} ellipsis`}>
            <span className={styles['field']}>{t(field)}</span>
            <MarkedText {...snippet} />
          </span>
        )}
      </span>
      <AccountName appid={conversation.appid} />
    </>
  );
}

function Reply(props: {
  readonly row: Extract<ResultRow, { kind: 'reply' }>;
  readonly replies: ReplyChoice;
}) {
  const { row, replies } = props;
  const t = useTexts(searchTexts);
  const { reply, name } = row.found;
  const said = replies.said(row.found);
  const words = said && row.found[said.variant];
  return (
    <>
      <span className={styles['replySign']}>
        {said ? <KindIcon kind={said.body.kind} /> : <Icon name="quickReply" size={16} />}
      </span>
      <span className={styles['person']}>
        <span className="ellipsis">
          <MarkedText {...name} />
          {reply.shortcut === '' ? null : <span className={styles['shortcut']}>/{reply.shortcut}</span>}
        </span>
        {words ? (
          <span className={`${styles['snippet']} ellipsis`}>
            <MarkedText {...words} />
          </span>
        ) : null}
      </span>
      <span className={styles['leads']}>{t(replies.inserts(row.found) ? 'insertReply' : 'showReply')}</span>
    </>
  );
}

function Group({ row }: { readonly row: Extract<ResultRow, { kind: 'group' }> }) {
  const t = useTexts(searchTexts);
  const locale = useLocale();
  const { conversation, count, capped } = row.group;
  return (
    <div className={styles['group']} role="presentation">
      <Avatar openid={conversation.openid} size={24} />
      <span className={`${styles['groupName']} ellipsis`}>{displayName(conversation, locale)}</span>
      <AccountName appid={conversation.appid} />
      <span className={`${styles['count']} num`}>{t(capped ? 'hitsCapped' : 'hits', { count })}</span>
    </div>
  );
}

function Hit({ row }: { readonly row: Extract<ResultRow, { kind: 'hit' }> }) {
  const t = useTexts(searchTexts);
  const content = useTexts(contentTexts);
  const locale = useLocale();
  const now = useNow(MINUTE_MS);
  const { message, snippet } = row.hit;
  const { body } = message;
  const failed = body.direction === 'out' && (body.status === 'failed' || body.status === 'unknown');
  return (
    <>
      <span className={`${styles['snippet']} ${styles['hit']}`}>
        {body.direction === 'out' ? <span className={styles['field']}>{t('ours')}</span> : null}
        {snippet.text === '' ? describeMessage(message, content, locale) : <MarkedText {...snippet} />}
      </span>
      {failed ? (
        <span className={styles['failed']}>
          <Icon name="error" size={14} />
          {t('failedMark')}
        </span>
      ) : null}
      <time className="num">
        {formatRowTime(message.at, now, locale)}
        {daysAgo(message.at, now) === 0 ? '' : ` ${formatTime(message.at, locale)}`}
      </time>
    </>
  );
}

function More() {
  const t = useTexts(searchTexts);
  return <span className={styles['more']}>{t('more')}</span>;
}

/** Named where there are several. */
function AccountName({ appid }: { readonly appid: string }) {
  const accounts = useAccounts((state) => state.accounts);
  const account = accounts.find((one) => one.appid === appid);
  if (accounts.length < 2 || !account) return null;
  return (
    <span className={styles['account']}>
      <AccountDot colour={account.colour} />
      <span className="ellipsis">{account.name}</span>
    </span>
  );
}

function Foot() {
  const t = useTexts(searchTexts);
  const { found, loadingMore, error } = useSearch();
  if (error) {
    return (
      <p className={styles['foot']}>
        {t('moreFailed')}
        <Button size="small" type="text" onClick={() => void loadMore()}>
          <Icon name="refresh" size={14} />
        </Button>
      </p>
    );
  }
  if (!loadingMore && found?.next != null)
    return (
      <p className={styles['foot']}>
        <Button
          size="small"
          type="text"
          icon={<Icon name="chevronDown" size={14} />}
          onClick={() => void loadMore()}
        >
          {t('searchFurther')}
        </Button>
      </p>
    );
  return <p className={styles['foot']}>{loadingMore ? `${t('loadingMore')}…` : t('endOfResults')}</p>;
}

const COMPONENTS = { Footer: Foot };
