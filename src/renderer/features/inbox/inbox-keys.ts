/** Keys of the inbox: between conversations, and to the composer. */
import { useEffect } from 'react';
import { isTyping } from '../../app/shortcuts';
import { useNavigation } from '../../app/navigation';
import { focusComposer } from './composer/composer-store';
import { neighbour } from './list/list-state';
import { seeRows, useList } from './list/list-store';

type InboxCommand = 'next' | 'previous' | 'reply';

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/**
 * What a key asks for. Letters do nothing while someone types; arrows are left to places that scroll by them.
 */
export function inboxCommand(
  press: Press,
  place: { readonly typing: boolean; readonly keepsArrows: boolean },
): InboxCommand | null {
  if (press.isComposing || place.typing) return null;
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return null;
  switch (press.key) {
    case 'j':
      return 'next';
    case 'k':
      return 'previous';
    case 'r':
      return 'reply';
    case 'ArrowDown':
      return place.keepsArrows ? null : 'next';
    case 'ArrowUp':
      return place.keepsArrows ? null : 'previous';
    default:
      return null;
  }
}

function run(command: InboxCommand): void {
  if (command === 'reply') {
    focusComposer();
    return;
  }
  const { list } = useList.getState();
  const { conversation, openConversation } = useNavigation.getState();
  const index = neighbour(list, conversation, command === 'next' ? 1 : -1);
  if (index === null) return;
  const row = list.rows.get(index);
  if (row) openConversation(row.appid, row.openid);
  else seeRows({ first: index, last: index });
}

function keepsArrows(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      '[data-keeps-arrows], [role="separator"], [role="dialog"], [role="menu"], [role="slider"]',
    ) !== null
  );
}

export function useInboxKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const { target } = event;
      const command = inboxCommand(event, { typing: isTyping(target), keepsArrows: keepsArrows(target) });
      if (!command) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
