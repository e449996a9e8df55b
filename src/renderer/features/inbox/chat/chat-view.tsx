import { useCallback, useEffect, useMemo, useState } from 'react';
import { windowState } from '#shared/domain/window';
import type { Account, Conversation } from '#shared/ipc/models';
import { call } from '../../../api';
import { useAccounts } from '../../../app/accounts-store';
import { useNavigation } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { EmptyState } from '../../../ui/empty-state';
import { ErrorState } from '../../../ui/error-state';
import { displayName } from '../../../ui/identity';
import { SkeletonList } from '../../../ui/skeleton-list';
import { useToast } from '../../../ui/toast';
import { useStateOf } from '../../../ui/use-state-of';
import { barModel } from '../composer/bar-model';
import { useConsents } from '../composer/use-consents';
import { Composer } from '../composer/composer';
import { keyOf } from '../key';
import { inboxTexts } from '../texts';
import { ImageViewer } from '../viewer/image-viewer';
import { useWindowNow } from '../window-state';
import { ChatHeader } from './chat-header';
import { ChatLog } from './chat-log';
import type { ChatState } from './chat-state';
import { ChatSearchBar } from '../search/chat-search-bar';
import { underWay } from './chat-state';
import { readConversation, readNewest, useChat } from './chat-store';
import { SetAsideBar } from './set-aside-bar';
import styles from './chat.module.css';
import { useAttention } from './attention';

/** The middle pane: the open conversation, or what to do when none is open. */
export function ChatView() {
  const t = useTexts(inboxTexts);
  const chat = useChat((state) => state.chat);
  if (!chat) return <EmptyState icon="inbox" title={t('chooseTitle')} text={t('chooseText')} />;
  return <OpenChat chat={chat} />;
}

/**
 * Stays on the page when another conversation is opened, since header and composer are dear to make; what belongs to one
 * conversation alone is keyed by it, or is state of it.
 */
function OpenChat({ chat }: { readonly chat: ChatState }) {
  const accounts = useAccounts((state) => state.settled);
  const merged = useNavigation((state) => state.accountFilter === null) && accounts.length > 1;
  const account = accounts.find((item) => item.appid === chat.key.appid) ?? null;
  const { conversation } = chat;
  if (!conversation) {
    return chat.error ? (
      <ErrorState error={chat.error} onRetry={() => retry(chat)} />
    ) : (
      <SkeletonList rows={6} rowHeight={72} />
    );
  }
  return (
    <section className={styles['chat']}>
      <ChatHeader conversation={conversation} account={merged ? account : null} />
      <SetAsideBar conversation={conversation} />
      <ChatSearchBar chatKey={chat.key} />
      <ChatBody chat={chat} conversation={conversation} account={account} />
      <ImageViewer />
    </section>
  );
}

function ChatBody(props: {
  readonly chat: ChatState;
  readonly conversation: Conversation;
  readonly account: Account | null;
}) {
  const { chat, conversation, account } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const now = useWindowNow(conversation.window);
  const [sentCount, setSentCount] = useState(0);
  const log = `${keyOf(chat.key)} ${chat.stretch}`;
  const [atBottom, setAtBottom] = useStateOf(log, chat.target === null);
  useMarkRead(conversation, chat.status === 'ready' && atBottom && !chat.moreNewer);
  const { window: record } = conversation;
  const sending = underWay(chat);
  const consents = useConsents(conversation, !windowState(record, now).open);
  // One object as long as it says the same: the composer is dear to draw.
  const bar = useMemo(
    () => (account ? barModel(record, now, account, sending, consents) : ({ kind: 'not-bound' } as const)),
    [account, record, now, sending, consents],
  );
  const onSent = useCallback(() => setSentCount((count) => count + 1), []);
  const name = displayName(conversation, locale);
  return (
    <>
      <div className={styles['logPlace']}>
        {chat.status === 'failed' && chat.error ? (
          <ErrorState error={chat.error} onRetry={() => retry(chat)} />
        ) : chat.status === 'loading' ? (
          <SkeletonList rows={6} rowHeight={72} />
        ) : chat.messages.length === 0 && chat.optimistic.length === 0 ? (
          <EmptyState icon="inbox" title={t('chatEmptyTitle')} text={t('chatEmptyText')} />
        ) : (
          <ChatLog
            key={log}
            chat={chat}
            name={name}
            sendable={bar.kind === 'open'}
            sentCount={sentCount}
            onAtBottom={setAtBottom}
          />
        )}
      </div>
      <Composer conversation={conversation} account={account} bar={bar} now={now} onSent={onSent} />
    </>
  );
}

function retry(chat: ChatState): void {
  void readConversation(chat.key);
  void readNewest(chat.key);
}

/** Marks read what the user can see: the newest messages, in a window that has the focus. */
function useMarkRead(conversation: Conversation, newestShown: boolean): void {
  const attentive = useAttention();
  const toast = useToast();
  const { appid, openid, unread } = conversation;
  useEffect(() => {
    if (!attentive || !newestShown || unread === 0) return;
    call('conversations.markRead', { appid, openid }).catch((error: unknown) => toast.failed(error));
  }, [attentive, newestShown, unread, appid, openid, toast]);
}
