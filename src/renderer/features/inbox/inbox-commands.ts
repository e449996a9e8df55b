/** The work of the inbox's commands, for keys, palette and native menu; there as long as the app is. */
import { useEffect } from 'react';
import type { CONVERSATION_FILTERS } from '#shared/ipc/conversation-methods';
import type { Conversation } from '#shared/ipc/models';
import { call } from '../../api';
import { provideCommands } from '../../app/commands';
import { useNavigation, type Person } from '../../app/navigation';
import { requestSearch } from '../../app/search-request';
import { useToast, type Toast } from '../../ui/toast';
import { focusComposer } from './composer/composer-store';
import {
  copyLink,
  knownConversation,
  markUnread,
  setDone,
  setMuted,
  setPinned,
  setStarred,
} from './list/row-actions';
import { neighbour, type ListChoice } from './list/list-state';
import { chooseInList, seeRows, useList } from './list/list-store';
import { pickSnooze } from './list/snooze-store';
import { isProfileShown, requestTagging, setProfileShown } from './profile/profile-visibility';

type Filter = (typeof CONVERSATION_FILTERS)[number];

function move(step: 1 | -1): void {
  const { list } = useList.getState();
  const { conversation, openConversation } = useNavigation.getState();
  const index = neighbour(list, conversation, step);
  if (index === null) return;
  const row = list.rows.get(index);
  if (row) openConversation(row.appid, row.openid);
  else seeRows({ first: index, last: index });
}

function show(choice: ListChoice): void {
  useNavigation.getState().go('inbox');
  chooseInList(choice, useNavigation.getState().accountFilter);
}

/** The open conversation as it is known here, else as main knows it. @throws AppError */
async function current(who: Person): Promise<Conversation> {
  return (
    knownConversation(who) ?? (await call('conversations.get', { appid: who.appid, openid: who.openid }))
  );
}

/** Something with the open conversation, on the inbox's screen, where its outcome is seen. */
function onOpen(toast: Toast, work: (row: Conversation) => unknown) {
  return () => {
    const { conversation, go, screen } = useNavigation.getState();
    if (!conversation) return;
    if (screen !== 'inbox') go('inbox');
    current(conversation)
      .then(work)
      .catch((error: unknown) => toast.failed(error));
  };
}

const queue = (filter: Filter) => () => show({ filter });

export function useInboxCommands(): void {
  const toast = useToast();
  useEffect(
    () =>
      provideCommands({
        next: () => move(1),
        previous: () => move(-1),
        'queue-active': queue('active'),
        'queue-needs-reply': queue('needs-reply'),
        'queue-closing-soon': queue('closing-soon'),
        'queue-closed': queue('closed'),
        'queue-failed': queue('failed'),
        'queue-starred': queue('starred'),
        'queue-snoozed': queue('snoozed'),
        'queue-done': queue('done'),
        'queue-all': queue('all'),
        'order-newest': () => show({ order: 'newest' }),
        'order-closing': () => show({ order: 'closing-first' }),
        reply: onOpen(toast, focusComposer),
        done: onOpen(toast, (row) => setDone(row, !(row.done || row.snoozedUntil !== null), toast)),
        snooze: onOpen(toast, pickSnooze),
        tag: onOpen(toast, requestTagging),
        star: onOpen(toast, (row) => setStarred(row, !row.starred, toast)),
        pin: onOpen(toast, (row) => setPinned(row, !row.pinned, toast)),
        mute: onOpen(toast, (row) => setMuted(row, !row.muted, toast)),
        unread: onOpen(toast, (row) => markUnread(row, toast)),
        'search-chat': onOpen(toast, () => requestSearch('chat')),
        profile: onOpen(toast, () => setProfileShown(!isProfileShown())),
        'copy-link': onOpen(toast, (row) => copyLink(row, toast)),
      }),
    [toast],
  );
}
