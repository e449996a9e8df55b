import type { InputRef } from 'antd/es/input';
import { useEffect, useRef } from 'react';
import type { Person } from '../../../app/navigation';
import { useTexts } from '../../../i18n/texts';
import { IconButton } from '../../../ui/icon-button';
import { SearchInput } from '../../../ui/search-input';
import { sameKey } from '../key';
import {
  closeChatSearch,
  moveInChat,
  searchInChat,
  useChatSearch,
  type ChatSearchState,
} from './chat-search-store';
import { problemWords } from './problem-words';
import styles from './search.module.css';
import { openSearch } from './search-store';
import { searchTexts } from './texts';

/** The field above the chat; Enter leads from place to place, Escape closes it. */
export function ChatSearchBar({ chatKey }: { readonly chatKey: Person }) {
  const t = useTexts(searchTexts);
  const state = useChatSearch();
  const field = useRef<InputRef>(null);
  const { focus } = state;
  useEffect(() => {
    if (focus > 0) field.current?.focus({ cursor: 'all' });
  }, [focus]);
  if (!sameKey(state.key, chatKey)) return null;
  const none = state.hits.length === 0;
  return (
    <search
      className={styles['bar']}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          closeChatSearch();
        }
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          moveInChat(event.shiftKey ? -1 : 1);
        }
      }}
    >
      {state.fromResults ? (
        <IconButton icon="chevronLeft" label={t('backToResults')} onClick={() => openSearch()} />
      ) : null}
      <SearchInput
        className={styles['barField']}
        handle={field}
        value={state.text}
        label={t('chatField')}
        onSearch={(text) => void searchInChat(chatKey, text)}
      />
      <span className={`${styles['barCount']} num`} role="status">
        <Count state={state} />
      </span>
      <IconButton icon="arrowUp" label={t('older')} disabled={none} onClick={() => moveInChat(1)} />
      <IconButton icon="arrowDown" label={t('newer')} disabled={none} onClick={() => moveInChat(-1)} />
      {state.fromResults ? null : (
        <IconButton icon="inbox" label={t('everywhere')} onClick={() => openSearch(state.text)} />
      )}
      <IconButton icon="close" label={t('closeChat')} onClick={closeChatSearch} />
    </search>
  );
}

function Count({ state }: { readonly state: ChatSearchState }) {
  const t = useTexts(searchTexts);
  const { hits, capped, index, status, text } = state;
  if (status === 'loading') return `${t('searching')}…`;
  if (status === 'failed') return t('moreFailed');
  if (status === 'idle') return problemWords(text, t)[0] ?? '';
  if (hits.length === 0) return t('chatNone');
  return t(capped ? 'chatCountCapped' : 'chatCount', { index: index + 1, count: hits.length });
}
