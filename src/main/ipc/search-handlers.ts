import type { searchMethods } from '#shared/ipc/search-methods';
import type { ConversationsService } from '../services/interfaces';
import type { SearchService } from '../services/search';
import type { Handlers } from './router';

interface SearchBackend {
  readonly search: SearchService;
  readonly conversations: Pick<ConversationsService, 'around' | 'messagesAfter'>;
}

/** Which service answers which method of the search. */
export function searchHandlers(
  backend: () => Promise<SearchBackend>,
): Pick<Handlers, keyof typeof searchMethods> {
  const search = async () => (await backend()).search;

  return {
    'search.everywhere': async (input) => (await search()).everywhere(input),
    'search.inConversation': async (input) => (await search()).inConversation(input),
    'search.indexing': async () => ({ progress: await (await search()).indexing() }),
    'search.recent': async () => ({ texts: await (await search()).recent() }),
    'search.remember': async ({ text }) => {
      await (await search()).remember(text);
      return {};
    },
    'search.forgetRecent': async () => {
      await (await search()).forgetRecent();
      return {};
    },
    'conversations.around': async (input) => (await backend()).conversations.around(input),
    'conversations.messagesAfter': async (input) => (await backend()).conversations.messagesAfter(input),
  };
}
