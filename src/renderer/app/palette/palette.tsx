import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { chordParts, entryOf } from '#shared/commands';
import type { Account, Follower } from '#shared/ipc/models';
import { LOCALES, type Locale } from '#shared/localized';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { AccountDot, Avatar } from '../../ui/avatar';
import { explainError } from '../../ui/explain-error';
import { Icon } from '../../ui/icon';
import { displayName } from '../../ui/identity';
import { Kbd } from '../../ui/kbd';
import { useAccounts } from '../accounts-store';
import { obstacleTo, paletteCommands, runCommand } from '../commands';
import { SCREENS, useNavigation } from '../navigation';
import { isMac } from '../shortcuts';
import { appTexts } from '../texts';
import styles from './palette.module.css';
import {
  accountCandidate,
  commandCandidate,
  ranked,
  screenCandidate,
  type PaletteItem,
  type PaletteTarget,
} from './palette-items';
import { closePalette, usePalette } from './palette-store';
import { usePeople } from './people';
import { paletteTexts } from './texts';

/** Every command, screen, account and conversation by a few letters. */
export function Palette() {
  const open = usePalette((state) => state.open);
  const chosen = useRef<PaletteTarget | null>(null);
  const t = useTexts(paletteTexts);
  return (
    <Modal
      open={open}
      onCancel={closePalette}
      footer={null}
      closable={false}
      destroyOnHidden
      width={560}
      title={<span className="visually-hidden">{t('title')}</span>}
      className={styles['modal'] ?? ''}
      // The focus goes back to where it was before the choice is carried out: a command may move it elsewhere.
      afterClose={() => {
        const target = chosen.current;
        chosen.current = null;
        if (target) carryOut(target);
      }}
    >
      <Search
        onChoose={(target) => {
          chosen.current = target;
          closePalette();
        }}
      />
    </Modal>
  );
}

function carryOut(target: PaletteTarget): void {
  const { go, selectAccount, openConversation, openFollower } = useNavigation.getState();
  switch (target.kind) {
    case 'command':
      runCommand(target.id);
      return;
    case 'screen':
      go(target.screen);
      return;
    case 'account':
      selectAccount(target.appid);
      return;
    case 'person':
      if (target.wrote) openConversation(target.appid, target.openid);
      else openFollower(target.appid, target.openid);
  }
}

function Search(props: { readonly onChoose: (target: PaletteTarget) => void }) {
  const t = useTexts(paletteTexts);
  const locale = useLocale();
  const listId = useId();
  const accounts = useAccounts((state) => state.accounts);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const people = usePeople(query);
  const known = useCandidates(accounts, locale);
  const items = useMemo(
    () => [...ranked(query, known), ...people.rows.map((row) => personItem(row, accounts, locale, t))],
    [query, known, people.rows, accounts, locale, t],
  );
  const active = Math.min(at, items.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, active]);

  const choose = (item: PaletteItem | undefined): void => {
    if (item && !item.obstacle) props.onChoose(item.target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends a composition chooses characters, not a command.
    if (event.nativeEvent.isComposing || event.key === 'Process') return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && (event.key.startsWith('Arrow') || query === '')) {
      event.preventDefault();
      setAt(items.length === 0 ? 0 : (to + items.length) % items.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(items[active]);
    }
  };
  return (
    <>
      <Input
        autoFocus
        variant="borderless"
        size="large"
        prefix={
          <span className={styles['search']}>
            <Icon name="search" size={18} />
          </span>
        }
        placeholder={t('placeholder')}
        value={query}
        maxLength={100}
        role="combobox"
        aria-expanded
        aria-label={t('title')}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(active >= 0 ? { 'aria-activedescendant': optionId(active) } : {})}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('results')} className={styles['list']} tabIndex={-1}>
        {items.map((item, index) => (
          <Option
            key={item.key}
            id={optionId(index)}
            item={item}
            active={index === active}
            onPoint={() => setAt(index)}
            onChoose={() => choose(item)}
          />
        ))}
      </div>
      {people.error ? (
        <p className={styles['note']} role="alert">
          {t('peopleFailed', { why: explainError(people.error, locale).title })}
        </p>
      ) : items.length === 0 ? (
        <p className={styles['note']} role="status">
          {t('nothing', { query: query.trim() })}
        </p>
      ) : null}
    </>
  );
}

function useCandidates(accounts: readonly Account[], locale: Locale) {
  const t = useTexts(paletteTexts);
  const conversation = useNavigation((state) => state.conversation);
  return useMemo(() => {
    const both = [locale, ...LOCALES.filter((other) => other !== locale)];
    const commands = paletteCommands().map((id) => commandCandidate(id, locale, obstacleTo(id)));
    const [ofConversation, others] = [true, false].map((wanted) =>
      commands.filter(({ item }) => isOfConversation(item) === wanted),
    ) as [typeof commands, typeof commands];
    return [
      // What is likely meant comes first: something with the conversation that is open.
      ...(conversation ? ofConversation : []),
      ...SCREENS.map((screen) =>
        screenCandidate(
          screen,
          both.map((one) => appTexts[one][screen]),
          t('goTo'),
        ),
      ),
      ...(accounts.length > 1 ? accounts.map((account) => accountCandidate(account, t('switchTo'))) : []),
      ...others,
      ...(conversation ? [] : ofConversation),
    ];
  }, [accounts, locale, conversation, t]);
}

function isOfConversation({ target }: PaletteItem): boolean {
  return target.kind === 'command' && entryOf(target.id).onConversation === true;
}

function personItem(
  row: Follower,
  accounts: readonly Account[],
  locale: Locale,
  t: ReturnType<typeof useTexts<(typeof paletteTexts)['zh-CN']>>,
): PaletteItem {
  const { appid, openid, lastMessageAt } = row;
  const wrote = lastMessageAt !== null;
  const account = accounts.length > 1 ? accounts.find((one) => one.appid === appid)?.name : undefined;
  return {
    key: `person ${appid} ${openid}`,
    target: { kind: 'person', appid, openid, wrote },
    title: displayName(row, locale),
    detail: [t(wrote ? 'conversation' : 'follower'), account].filter(Boolean).join(' · '),
  };
}

function Option(props: {
  readonly id: string;
  readonly item: PaletteItem;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}) {
  const { item } = props;
  const t = useTexts(paletteTexts);
  return (
    <div
      id={props.id}
      role="option"
      aria-selected={props.active}
      aria-disabled={item.obstacle !== undefined}
      className={styles['option']}
      onMouseMove={props.active ? undefined : props.onPoint}
      onClick={props.onChoose}
    >
      <Face target={item.target} />
      <span className={`${styles['title']} ellipsis`}>{item.title}</span>
      <span className={styles['detail']}>
        {item.obstacle
          ? t(item.obstacle === 'no-conversation' ? 'needsConversation' : 'elsewhere')
          : item.detail}
      </span>
      {item.chord ? (
        <span className={styles['keys']}>
          {chordParts(item.chord, isMac()).map((key) => (
            <Kbd key={key} keys={key} />
          ))}
        </span>
      ) : null}
    </div>
  );
}

function Face({ target }: { readonly target: PaletteTarget }) {
  const colour = useAccounts((state) =>
    target.kind === 'account'
      ? state.accounts.find((account) => account.appid === target.appid)?.colour
      : undefined,
  );
  switch (target.kind) {
    case 'person':
      return <Avatar openid={target.openid} size={20} />;
    case 'account':
      return (
        <span className={styles['face']}>
          <AccountDot colour={colour ?? 0} size={10} />
        </span>
      );
    case 'screen':
      return <Icon name={target.screen} />;
    case 'command':
      return <Icon name="chevronRight" />;
  }
}
