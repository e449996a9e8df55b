import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { bodyOf, wordsOf, type KeptQuickReply } from '#shared/domain/quick-replies/quick-reply';
import type { QuickReplyLibrary } from '#shared/ipc/quick-reply-models';
import { call } from '../../../../api';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { serverNow } from '../../../../ui/clock';
import { EmptyState } from '../../../../ui/empty-state';
import { Icon } from '../../../../ui/icon';
import { SearchInput } from '../../../../ui/search-input';
import { useToast } from '../../../../ui/toast';
import { FolderHead, NewFolder } from './folder-head';
import { KindIcon } from './kinds';
import { beginReply, chooseReply, useManager } from './manager-store';
import styles from './quick-replies.module.css';
import { neighbourAfterStep, sectionsOf, type Order, type Section } from './rows';
import { quickReplyTexts } from './texts';
import type { Transfer } from './use-transfer';

/** Folders with their replies: choose, search, sort by hand or by use. */
export function ReplyList(props: { readonly library: QuickReplyLibrary; readonly transfer: Transfer }) {
  const { library, transfer } = props;
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>('manual');
  const [naming, setNaming] = useState(false);
  const [dragged, setDragged] = useState<string | null>(null);
  const drafts = useManager((state) => state.drafts);
  const sections = sectionsOf(library, drafts, search, order, serverNow());
  const sortable = order === 'manual' && search.trim() === '';
  const empty = sections.every(({ replies }) => replies.length === 0);

  const move = (id: string, folderId: string | null, before: string | null): void => {
    call('quickReplies.move', { id, folderId, before }).catch(toast.failed);
  };
  return (
    <div className={styles['listPane']}>
      <div className={styles['listTools']}>
        <SearchInput value={search} label={t('search')} onSearch={setSearch} />
        <MoreMenu transfer={transfer} order={order} onOrder={setOrder} onNewFolder={() => setNaming(true)} />
        <Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => beginReply()}>
          {t('newReply')}
        </Button>
      </div>
      {naming ? <NewFolder onDone={() => setNaming(false)} /> : null}
      <div className={styles['list']} role="listbox" aria-label={t('list')}>
        {empty && library.folders.length === 0 && search === '' ? (
          <EmptyState
            icon="quickReply"
            title={t('noneYet')}
            text={t('starterText')}
            actions={
              <Button disabled={transfer.busy} onClick={transfer.addStarter}>
                {t('starterOffer')}
              </Button>
            }
          />
        ) : empty && search !== '' ? (
          <EmptyState
            icon="search"
            title={t('noMatch')}
            actions={<Button onClick={() => setSearch('')}>{t('clearSearch')}</Button>}
          />
        ) : (
          sections.map((section) => (
            <div
              key={section.folder?.id ?? ''}
              role="group"
              aria-label={section.folder?.name ?? t('noFolder')}
              onDragOver={(event) => sortable && dragged !== null && event.preventDefault()}
              onDrop={(event) => {
                if (!sortable || dragged === null) return;
                event.preventDefault();
                move(dragged, section.folder?.id ?? null, null);
              }}
            >
              {sortable && library.folders.length > 0 ? (
                <FolderHead folder={section.folder} folders={library.folders} />
              ) : null}
              <Rows
                section={section}
                sortable={sortable}
                dragged={dragged}
                onDrag={setDragged}
                onMove={(id, before) => move(id, section.folder?.id ?? null, before)}
              />
            </div>
          ))
        )}
      </div>
    </div>
  );
}

function MoreMenu(props: {
  readonly transfer: Transfer;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly onNewFolder: () => void;
}) {
  const { transfer } = props;
  const t = useTexts(quickReplyTexts);
  const acts: Readonly<Record<string, () => void>> = {
    folder: props.onNewFolder,
    manual: () => props.onOrder('manual'),
    use: () => props.onOrder('use'),
    import: transfer.choose,
    export: transfer.exportAll,
    table: transfer.exportTable,
    starter: transfer.addStarter,
  };
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectedKeys: [props.order],
        items: [
          { key: 'folder', label: t('newFolder') },
          { type: 'divider' },
          { key: 'manual', label: t('orderManual') },
          { key: 'use', label: t('orderUse') },
          { type: 'divider' },
          { key: 'import', label: t('importFile') },
          { key: 'export', label: t('exportFile') },
          { key: 'table', label: t('exportTable') },
          { key: 'starter', label: t('addStarter') },
        ],
        onClick: ({ key }) => acts[key]?.(),
      }}
    >
      <Button aria-label={t('more')} disabled={transfer.busy} icon={<Icon name="more" size={16} />} />
    </Dropdown>
  );
}

function Rows(props: {
  readonly section: Section;
  readonly sortable: boolean;
  readonly dragged: string | null;
  readonly onDrag: (id: string | null) => void;
  readonly onMove: (id: string, before: string | null) => void;
}) {
  const { replies } = props.section;
  const ids = replies.map(({ id }) => id);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, id: string): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step === null) return;
    event.preventDefault();
    if (event.altKey) {
      const before = props.sortable ? neighbourAfterStep(ids, id, step) : undefined;
      if (before !== undefined) props.onMove(id, before);
      return;
    }
    const rows = [
      ...(event.currentTarget.closest('[role=listbox]')?.querySelectorAll('[role=option]') ?? []),
    ];
    const next = rows[rows.indexOf(event.currentTarget) + step];
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <>
      {replies.map((reply) => (
        <Row
          key={reply.id}
          reply={reply}
          draggable={props.sortable}
          onKeyDown={(event) => onKeyDown(event, reply.id)}
          onDrag={props.onDrag}
          onDropped={() => {
            if (props.dragged !== null && props.dragged !== reply.id) props.onMove(props.dragged, reply.id);
          }}
        />
      ))}
    </>
  );
}

function Row(props: {
  readonly reply: KeptQuickReply;
  readonly draggable: boolean;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onDrag: (id: string | null) => void;
  readonly onDropped: () => void;
}) {
  const t = useTexts(quickReplyTexts);
  const locale = useLocale();
  const chosen = useManager((state) => state.chosen === props.reply.id);
  const draft = useManager((state) => state.drafts[props.reply.id] ?? null);
  const reply = draft?.reply ?? props.reply;
  const said = bodyOf(reply, locale === 'en' ? 'en' : 'zh');
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It may have been chosen from elsewhere.
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={row}
      role="option"
      aria-selected={chosen}
      tabIndex={0}
      className={styles['row']}
      title={props.draggable ? t('reorder') : undefined}
      draggable={props.draggable}
      onClick={() => chooseReply(reply.id)}
      onFocus={(event) => event.target === event.currentTarget && chooseReply(reply.id)}
      onKeyDown={props.onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        props.onDrag(reply.id);
      }}
      onDragEnd={() => props.onDrag(null)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        props.onDropped();
      }}
    >
      <span className={styles['matchHead']}>
        {said ? <KindIcon kind={said.body.kind} /> : <Icon name="quickReply" size={16} />}
        <span className={styles['matchName']}>{reply.name.trim() === '' ? t('newReply') : reply.name}</span>
        {reply.shortcut === '' ? null : <span className={styles['shortcut']}>/{reply.shortcut}</span>}
        {draft ? <span className={styles['blankMark']}>{t('unsaved')}</span> : null}
      </span>
      <span className={styles['matchText']}>
        {said ? wordsOf(said.body) || t('kindImage') : t('variantMissing')}
        {props.reply.uses > 0 ? ` · ${t('uses', { count: props.reply.uses })}` : ''}
      </span>
    </div>
  );
}
