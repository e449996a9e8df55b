import type { markMethods } from '#shared/ipc/mark-methods';
import type { ConversationMarksService } from '../services/conversation-marks';
import type { Handlers } from './router';

/** Pins, mutes, snoozes and what is done. */
export function markHandlers(
  marks: () => Promise<ConversationMarksService>,
): Pick<Handlers, keyof typeof markMethods> {
  return {
    'conversations.setPinned': async (input) => {
      await (await marks()).setPinned(input);
      return {};
    },
    'conversations.setMuted': async (input) => {
      await (await marks()).setMuted(input);
      return {};
    },
    'conversations.snooze': async (input) => {
      await (await marks()).snooze(input);
      return {};
    },
    'conversations.setDone': async (input) => {
      await (await marks()).setDone(input);
      return {};
    },
    'conversations.markUnread': async (input) => {
      await (await marks()).markUnread(input);
      return {};
    },
  };
}
