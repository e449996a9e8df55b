import type { ConversationsService, MediaService } from '../services/interfaces';
import type { PreparedDrafts } from '../services/prepared-drafts';
import type { conversationMethods } from '#shared/ipc/conversation-methods';
import type { Handlers } from './router';

interface InboxBackend {
  readonly conversations: ConversationsService;
  readonly media: MediaService;
  readonly preparedDrafts: PreparedDrafts;
}

/** Which service answers which method of the inbox. */
export function inboxHandlers(
  backend: () => Promise<InboxBackend>,
): Pick<Handlers, keyof typeof conversationMethods> {
  const conversations = async () => (await backend()).conversations;

  return {
    'conversations.page': async (input) => (await conversations()).page(input),
    'conversations.get': async ({ appid, openid }) => (await conversations()).get(appid, openid),
    'conversations.messages': async (input) => (await conversations()).messages(input),
    'conversations.send': async (input) => (await conversations()).send(input),
    'conversations.resend': async (input) => (await conversations()).resend(input),
    'conversations.cancelQueued': async (input) => {
      await (await conversations()).cancelQueued(input);
      return {};
    },
    'conversations.markRead': async ({ appid, openid }) => {
      await (await conversations()).markRead(appid, openid);
      return {};
    },
    'conversations.setDraft': async (input) => {
      await (await conversations()).setDraft(input);
      return {};
    },
    'conversations.prepared': async (who) => (await backend()).preparedDrafts.read(who),
    'conversations.setStarred': async (input) => {
      await (await conversations()).setStarred(input);
      return {};
    },
    'conversations.fetchMedia': async (input) => {
      await (await conversations()).fetchMedia(input);
      return {};
    },
    'conversations.typing': async (input) => {
      await (await conversations()).typing(input);
      return {};
    },
    'media.stage': async (input) => (await backend()).media.stage(input),
    'media.unstage': async (input) => {
      await (await backend()).media.unstage(input);
      return {};
    },
  };
}
