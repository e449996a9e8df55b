import type { messageMethods } from '#shared/ipc/message-methods';
import type { MessageDesk } from '../services/message-desk';
import type { Handlers } from './router';

/** Which service answers what is asked of one message. */
export function messageHandlers(
  backend: () => Promise<{ readonly messages: MessageDesk }>,
): Pick<Handlers, keyof typeof messageMethods> {
  const messages = async () => (await backend()).messages;

  return {
    'messages.details': async (input) => (await messages()).details(input),
    'messages.saveMedia': async (input) => ({ saved: await (await messages()).saveMedia(input) }),
    'messages.png': async (input) => ({ png: await (await messages()).png(input) }),
    'messages.checkFollower': async (input) => ({
      following: await (await messages()).checkFollower(input),
    }),
    'messages.waveform': async (input) => (await messages()).waveform(input),
  };
}
