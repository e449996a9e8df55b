import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import { call } from '../../../api';
import { useTexts } from '../../../i18n/texts';
import { EmptyState } from '../../../ui/empty-state';
import type { IconName } from '../../../ui/icon';
import { inboxTexts } from '../texts';
import type { Filter } from './list-filters';
import type { ListQuery } from './list-state';

const STATES = {
  active: { icon: 'check', title: 'emptyActiveTitle', text: 'emptyActiveText' },
  all: { icon: 'inbox', title: 'emptyAllTitle', text: 'emptyAllText' },
  'needs-reply': { icon: 'check', title: 'emptyNeedsReplyTitle', text: 'emptyNeedsReplyText' },
  'closing-soon': { icon: 'clock', title: 'emptyClosingTitle', text: 'emptyClosingText' },
  closed: { icon: 'lock', title: 'emptyClosedTitle', text: 'emptyClosedText' },
  failed: { icon: 'check', title: 'emptyFailedTitle', text: 'emptyFailedText' },
  starred: { icon: 'star', title: 'emptyStarredTitle', text: 'emptyStarredText' },
  snoozed: { icon: 'clock', title: 'emptySnoozedTitle', text: 'emptySnoozedText' },
  done: { icon: 'check', title: 'emptyDoneTitle', text: 'emptyDoneText' },
} as const satisfies Record<Filter, { icon: IconName; title: string; text: string }>;

/** Whether there is no conversation of any kind; false where nobody asks, null until it is known. */
function useNothingAtAll(asks: boolean, appid: string | null): boolean | null {
  const [nothing, setNothing] = useState<boolean | null>(null);
  useEffect(() => {
    if (!asks) return undefined;
    let shown = true;
    call('conversations.page', { appid, filter: 'all', order: 'newest', offset: 0, limit: 1 }).then(
      ({ total }) => shown && setNothing(total === 0),
      // The list itself was read a moment ago: without an answer it counts as finished.
      () => shown && setNothing(false),
    );
    return () => {
      shown = false;
    };
  }, [asks, appid]);
  return asks ? nothing : false;
}

/** What an empty queue means, each in its own words. */
export function EmptyList(props: { readonly query: ListQuery; readonly onShow: (filter: Filter) => void }) {
  const { filter, appid } = props.query;
  const t = useTexts(inboxTexts);
  const everEmpty = useNothingAtAll(filter === 'active', appid);
  if (everEmpty === null) return null;
  // An inbox that is finished is praised; one that has never had anything is explained.
  const state = STATES[everEmpty ? 'all' : filter];
  return (
    <EmptyState
      icon={state.icon}
      title={t(state.title)}
      text={t(state.text)}
      actions={
        filter === 'all' || everEmpty ? undefined : (
          <Button size="small" onClick={() => props.onShow(filter === 'active' ? 'all' : 'active')}>
            {t(filter === 'active' ? 'showAll' : 'showActive')}
          </Button>
        )
      }
    />
  );
}
