import Checkbox from 'antd/es/checkbox';
import type { InputRef } from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useEffect, useRef, type RefObject } from 'react';
import { SUBSCRIBE_SCENES, subscribeSceneName } from '#shared/domain/subscribe-scene';
import { pick } from '#shared/localized';
import { provideCommands } from '../../app/commands';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { formatNumber } from '../../ui/format';
import { SearchInput } from '../../ui/search-input';
import { useToast } from '../../ui/toast';
import styles from './followers.module.css';
import { isNarrowed, useFollowerQuery, type FollowerQuery, type FollowerSort } from './query-store';
import { useTags, useTagsOfAccounts } from './tag-names';
import { followersTexts } from './texts';

/** `/` puts the cursor into the search box. */
function useSearchKey(search: RefObject<InputRef | null>): void {
  useEffect(() => provideCommands({ 'find-follower': () => search.current?.focus() }), [search]);
}

/** Search, filters, order and the number of people found. */
export function FollowerTools(props: { readonly appid: string | null; readonly total: number | null }) {
  const t = useTexts(followersTexts);
  const locale = useLocale();
  const { query, change } = useFollowerQuery();
  const toast = useToast();
  useTagsOfAccounts(toast.failed);
  // Tag ids belong to one account, so tags are offered when one account is shown.
  const tags = useTags(props.appid);
  const search = useRef<InputRef>(null);
  useSearchKey(search);

  const sorts: { value: FollowerSort; label: string }[] = [
    { value: 'subscribed-desc', label: t('sortNewest') },
    { value: 'subscribed-asc', label: t('sortOldest') },
    { value: 'last-message-desc', label: t('sortLastMessage') },
    { value: 'name', label: t('sortName') },
  ];
  return (
    <div className={styles['tools']} role="search">
      <SearchInput
        handle={search}
        className={styles['search']}
        value={query.text}
        label={t('search')}
        onSearch={(text) => change({ text })}
      />
      <Segmented<FollowerQuery['following']>
        aria-label={t('followingFilter')}
        value={query.following}
        options={[
          { value: 'following', label: t('following') },
          { value: 'left', label: t('left') },
          { value: 'all', label: t('all') },
        ]}
        onChange={(following) => change({ following })}
      />
      {tags.length > 0 ? (
        <Select
          aria-label={t('tag')}
          popupMatchSelectWidth={false}
          value={query.tagId ?? -1}
          options={[
            { value: -1, label: t('anyTag') },
            ...tags.map((tag) => ({
              value: tag.id,
              label: `${tag.name} ${formatNumber(tag.count, locale)}`,
            })),
          ]}
          onChange={(tagId) => change({ tagId: tagId === -1 ? null : tagId })}
        />
      ) : null}
      <Select
        aria-label={t('scene')}
        popupMatchSelectWidth={false}
        value={query.scene ?? ''}
        options={[
          { value: '', label: t('anyScene') },
          ...SUBSCRIBE_SCENES.map((value) => ({ value, label: pick(subscribeSceneName(value), locale) })),
        ]}
        onChange={(scene) => change({ scene: scene || null })}
      />
      <Checkbox
        checked={query.windowOpen === true}
        onChange={(event) => change({ windowOpen: event.target.checked ? true : null })}
      >
        {t('replyable')}
      </Checkbox>
      <span className={styles['toolsEnd']}>
        <span className={`${styles['count']} num`} role="status">
          {props.total === null ? null : t(isNarrowed(query) ? 'found' : 'total', { count: props.total })}
        </span>
        <Select<FollowerSort>
          aria-label={t('sort')}
          variant="borderless"
          popupMatchSelectWidth={false}
          value={query.sort}
          options={sorts}
          onChange={(sort) => change({ sort })}
        />
      </span>
    </div>
  );
}
