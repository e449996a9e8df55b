/**
 * When to ask WeChat to show a customer that an answer is being written (messages §2): only within 30 seconds of a message
 * of either side (45080), and not again while the sign of before is shown (45081).
 */
import type { UnixSeconds } from './clock';

/** Seconds after a message in which WeChat takes the sign. */
const AFTER_MESSAGE = 30;
/** Seconds for which one sign is shown. */
const SHOWN_FOR = 15;

export interface TypingFacts {
  /** The newest message of either side; null: none. */
  readonly lastMessageAt: UnixSeconds | null;
  /** When the sign was last asked for and not taken back. */
  readonly shownAt: UnixSeconds | null;
}

/** Whether to ask WeChat now that someone types (or, `typing` false, stopped): a call that it would refuse is not made. */
export function typingCall(
  facts: TypingFacts,
  typing: boolean,
  now: UnixSeconds,
): 'Typing' | 'CancelTyping' | null {
  const { lastMessageAt, shownAt } = facts;
  // Whatever message came after the sign has ended it.
  const shown =
    shownAt !== null && now - shownAt < SHOWN_FOR && (lastMessageAt === null || lastMessageAt <= shownAt);
  if (!typing) return shown ? 'CancelTyping' : null;
  if (shown || lastMessageAt === null) return null;
  return now - lastMessageAt < AFTER_MESSAGE ? 'Typing' : null;
}
