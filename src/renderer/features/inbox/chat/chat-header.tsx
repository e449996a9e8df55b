import { memo } from 'react';
import type { Account, Conversation } from '#shared/ipc/models';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { AccountDot } from '../../../ui/avatar';
import { displayName } from '../../../ui/identity';
import { useToast } from '../../../ui/toast';
import { IconButton } from '../../../ui/icon-button';
import { requestSearch } from '../../../app/search-request';
import { setProfileShown, useProfilePlace } from '../profile/profile-visibility';
import { inboxTexts } from '../texts';
import { setStarred } from './chat-store';
import styles from './chat.module.css';

export const ChatHeader = memo(function ChatHeader(props: {
  readonly conversation: Conversation;
  /** Named where several accounts are merged. */
  readonly account: Account | null;
}) {
  const { conversation, account } = props;
  const t = useTexts(inboxTexts);
  const locale = useLocale();
  const toast = useToast();
  const profileOpen = useProfilePlace() !== 'closed';
  const failed = (error: unknown) => toast.failed(error);
  return (
    <header className={styles['header']}>
      <h2 className="ellipsis selectable">{displayName(conversation, locale)}</h2>
      {account ? (
        <span className={styles['headerAccount']}>
          <AccountDot colour={account.colour} />
          <span className="ellipsis">{account.name}</span>
        </span>
      ) : null}
      <span className={styles['headerTools']}>
        <IconButton icon="search" label={t('searchChat')} onClick={() => requestSearch('chat')} />
        <span className={styles['star']} data-on={conversation.starred || undefined}>
          <IconButton
            icon="star"
            label={t(conversation.starred ? 'unstar' : 'star')}
            pressed={conversation.starred}
            onClick={() => void setStarred(conversation, !conversation.starred).catch(failed)}
          />
        </span>
        <IconButton
          icon="panel"
          label={t(profileOpen ? 'hideProfile' : 'showProfile')}
          pressed={profileOpen}
          onClick={() => void setProfileShown(!profileOpen).catch(failed)}
        />
      </span>
    </header>
  );
});
