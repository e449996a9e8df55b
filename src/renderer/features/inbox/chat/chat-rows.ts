/**
 * How the messages of a conversation are laid out: where a day starts, what belongs together, what is an event.
 * One row for each message, so that a position in the list means the same before and after older pages load.
 */
import type { Message } from '#shared/ipc/models';
import type { ChatState, Optimistic } from './chat-state';

/** Bubbles of one side within this many seconds form a group. */
const GROUP_SECONDS = 5 * 60;

export interface ChatRow {
  /** Stable over the life of a message; an optimistic row is named by its client id. */
  readonly id: string;
  readonly message: Message;
  /** The call was refused or not answered yet: only this page knows this message. */
  readonly optimistic: Optimistic | null;
  readonly shape: 'bubble' | 'event';
  /** Midnight-to-midnight days are those of this computer. */
  readonly startsDay: boolean;
  /** The first that was unread when the conversation was opened. */
  readonly startsUnread: boolean;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
  /** A later message is a new attempt of this one: it needs no button any more. */
  readonly retried: boolean;
}

/**
 * While older messages are not loaded the first row has no day heading: it would vanish, and move everything, when
 * they come.
 */
export function chatRows(
  state: Pick<ChatState, 'messages' | 'optimistic' | 'more'> &
    Partial<Pick<ChatState, 'moreNewer' | 'unreadFrom'>>,
): readonly ChatRow[] {
  const all: readonly { message: Message; optimistic: Optimistic | null }[] = [
    ...state.messages.map((message) => ({ message, optimistic: null })),
    // Behind a hole they would look like an answer to what was said long ago.
    ...(state.moreNewer ? [] : state.optimistic).map((optimistic) => ({
      message: optimistic.message,
      optimistic,
    })),
  ];
  const retried = new Set(
    all.map(({ message }) => (message.body.direction === 'out' ? message.body.retryOf : null)),
  );
  return all.map(({ message, optimistic }, index) => {
    const before = all[index - 1]?.message;
    const after = all[index + 1]?.message;
    return {
      id: optimistic ? optimistic.clientId : message.id,
      message,
      optimistic,
      shape: isLine(message) ? 'event' : 'bubble',
      // Where all is new, a line above all of it says nothing.
      startsUnread: message.seq === state.unreadFrom && (before !== undefined || state.more),
      startsDay: before ? dayOf(before.at) !== dayOf(message.at) : !state.more,
      startsGroup: !before || !together(before, message),
      endsGroup: !after || !together(message, after),
      retried: retried.has(message.id),
    };
  });
}

/** An event, or a message that was handed over to somebody else: nothing that was said. */
function isLine({ body }: Message): boolean {
  return body.content.kind === 'event' || body.content.kind === 'transfer';
}

function isAutomatic({ body }: Message): boolean {
  return body.direction === 'out' && body.automatic;
}

/**
 * What arrived from the customer after `seenId`: the number on the "new messages" pill. Events are not counted,
 * they need no answer.
 */
export function unseenCount(rows: readonly ChatRow[], seenId: string | null): number {
  if (seenId === null) return 0;
  const seen = rows.findIndex((row) => row.id === seenId);
  if (seen < 0) return 0;
  return rows.slice(seen + 1).filter((row) => row.shape === 'bubble' && row.message.body.direction === 'in')
    .length;
}

function together(a: Message, b: Message): boolean {
  return (
    !isLine(a) &&
    !isLine(b) &&
    a.body.direction === b.body.direction &&
    isAutomatic(a) === isAutomatic(b) &&
    b.at - a.at <= GROUP_SECONDS &&
    dayOf(a.at) === dayOf(b.at)
  );
}

function dayOf(at: number): string {
  const date = new Date(at * 1000);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
