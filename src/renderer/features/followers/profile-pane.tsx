import Button from 'antd/es/button';
import Tooltip from 'antd/es/tooltip';
import { windowState } from '#shared/domain/window';
import type { Follower } from '#shared/ipc/models';
import { useNavigation, type Person } from '../../app/navigation';
import { useTexts } from '../../i18n/texts';
import { AliasField } from '../../ui/alias-field';
import { Avatar } from '../../ui/avatar';
import { useNow } from '../../ui/clock';
import { ErrorState } from '../../ui/error-state';
import { Icon } from '../../ui/icon';
import { NoteField } from '../../ui/note-field';
import { QuotaChip } from '../../ui/quota-chip';
import { SkeletonList } from '../../ui/skeleton-list';
import { hasChat } from './can-open-chat';
import styles from './followers.module.css';
import { ProfileFacts } from './profile-facts';
import { useProfileStore } from './profile-store';
import { followersTexts } from './texts';
import { Timeline } from './timeline';

function ChatButton({ follower }: { readonly follower: Follower }) {
  const t = useTexts(followersTexts);
  const openConversation = useNavigation((state) => state.openConversation);
  const possible = hasChat(follower);
  return (
    <div className={styles['profileActions']}>
      <Button
        type="primary"
        block
        disabled={!possible}
        icon={<Icon name="inbox" size={16} />}
        aria-describedby={possible ? undefined : 'why-no-chat'}
        onClick={() => openConversation(follower.appid, follower.openid)}
      >
        {t('openChat')}
      </Button>
      {possible ? null : (
        <p id="why-no-chat" className={styles['reason']}>
          <Icon name="lock" size={14} />
          {t('openChatNever')}
        </p>
      )}
    </div>
  );
}

/** Everything known about one person, with what the shop itself knows first. */
export function ProfilePane({ person }: { readonly person: Person }) {
  const t = useTexts(followersTexts);
  const now = useNow(1000);
  const store = useProfileStore(person);
  const state = store();
  const closeFollower = useNavigation((navigation) => navigation.closeFollower);
  const { follower, error } = state;
  const close = (
    <Tooltip title={t('closeProfile')}>
      <Button
        type="text"
        size="small"
        icon={<Icon name="close" size={16} />}
        aria-label={t('closeProfile')}
        onClick={closeFollower}
      />
    </Tooltip>
  );
  if (!follower) {
    return (
      <aside className={styles['profile']} aria-label={t('profile')}>
        <div className={styles['profileHead']}>
          <span />
          <span />
          {close}
        </div>
        {error ? (
          <ErrorState error={error} onRetry={() => void state.read()} />
        ) : (
          <SkeletonList rows={6} rowHeight={48} />
        )}
      </aside>
    );
  }
  return (
    <aside
      className={styles['profile']}
      aria-label={t('profile')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) closeFollower();
      }}
    >
      <div className={styles['profileHead']}>
        <Avatar openid={follower.openid} size={44} />
        <div>
          <AliasField follower={follower} onSave={(alias) => state.save({ alias })} />
          <QuotaChip state={windowState(follower.window, now)} />
        </div>
        {close}
      </div>
      <ChatButton follower={follower} />
      <ProfileFacts follower={follower} />
      <div className={styles['noteBox']}>
        <NoteField note={follower.note} onSave={(note) => state.save({ note })} />
      </div>
      <Timeline state={state} />
    </aside>
  );
}
