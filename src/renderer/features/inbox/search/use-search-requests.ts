import { useEffect } from 'react';
import { useNavigation } from '../../../app/navigation';
import { takeSearchRequest, useSearchRequest } from '../../../app/search-request';
import { openChatSearch } from './chat-search-store';
import { followSearch, openSearch } from './search-store';

/** Grants the wish to search that a key, a button or the palette expressed. */
export function useSearchRequests(): void {
  const request = useSearchRequest((state) => state.request);
  useEffect(followSearch, []);
  useEffect(() => {
    if (!request) return;
    const { conversation } = useNavigation.getState();
    if (request.place === 'chat' && conversation) openChatSearch(conversation);
    else openSearch();
    takeSearchRequest();
  }, [request]);
}
