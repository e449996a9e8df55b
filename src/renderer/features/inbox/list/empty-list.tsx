import Button from 'antd/es/button';
import { useTexts } from '../../../i18n/texts';
import { EmptyState } from '../../../ui/empty-state';
import type { IconName } from '../../../ui/icon';
import { inboxTexts } from '../texts';
import type { Filter } from './list-filters';

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

/** What an empty queue means, each in its own words. */
export function EmptyList(props: { readonly filter: Filter; readonly onShowAll: () => void }) {
  const t = useTexts(inboxTexts);
  const state = STATES[props.filter];
  return (
    <EmptyState
      icon={state.icon}
      title={t(state.title)}
      text={t(state.text)}
      actions={
        props.filter === 'all' ? undefined : (
          <Button size="small" onClick={props.onShowAll}>
            {t('showAll')}
          </Button>
        )
      }
    />
  );
}
