import { useEffect } from 'react';
import { useNavigation } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import { SplitPane } from '../../ui/split-pane';
import { ChatView } from './chat/chat-view';
import { closeChat, followChat, openChat, useChat } from './chat/chat-store';
import { followUploads } from './composer/upload-progress';
import { sameKey } from './key';
import { ConversationList } from './list/conversation-list';
import { indexOf } from './list/list-state';
import { followList, showList, useList } from './list/list-store';
import { ProfilePane } from './profile/profile-pane';
import { followProfile, openProfile } from './profile/profile-store';
import { setProfileShown, useProfilePlace } from './profile/profile-visibility';
import styles from './inbox.module.css';
import { SearchOverlay } from './search/search-overlay';
import { useSearchRequests } from './search/use-search-requests';
import { inboxTexts } from './texts';

const LIST = { width: 300, min: 240, max: 440 } as const;
const PROFILE = { width: 300, min: 240, max: 440 } as const;

/** Conversations, chat and follower, side by side. */
export function InboxScreen() {
  const t = useTexts(inboxTexts);
  const accountFilter = useNavigation((state) => state.accountFilter);
  const conversation = useNavigation((state) => state.conversation);
  const place = useProfilePlace();
  useSearchRequests();
  useEffect(() => {
    const disposers = [followList(), followChat(), followProfile(), followUploads()];
    return () => {
      for (const dispose of disposers) dispose();
    };
  }, []);
  useEffect(() => showList(accountFilter), [accountFilter]);
  useEffect(() => {
    if (!conversation) {
      closeChat();
      return;
    }
    if (!sameKey(useChat.getState().chat?.key ?? null, conversation)) {
      const { list } = useList.getState();
      const index = indexOf(list, conversation);
      openChat(conversation, (index === null ? null : list.rows.get(index)) ?? null);
    }
    openProfile(conversation);
  }, [conversation]);

  const profile = conversation === null ? 'closed' : place;
  return (
    <SplitPane name="inbox-list" label={t('resizeList')} side="start" {...LIST} pane={<ConversationList />}>
      <div className={styles['work']}>
        <SplitPane
          name="inbox-profile"
          label={t('resizeProfile')}
          side="end"
          {...PROFILE}
          folded={profile !== 'beside'}
          pane={profile === 'beside' ? <ProfilePane /> : null}
        >
          <ChatView />
        </SplitPane>
        {profile === 'over' ? (
          <div
            className={styles['over']}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.defaultPrevented) void setProfileShown(false);
            }}
          >
            <ProfilePane />
          </div>
        ) : null}
        <SearchOverlay />
      </div>
    </SplitPane>
  );
}
