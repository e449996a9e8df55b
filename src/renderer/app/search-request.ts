/** A wish to search, from a key, the palette or the menu; the search screens take it. */
import { create } from 'zustand';

/** In the open conversation, or over everything. */
export type SearchPlace = 'chat' | 'everywhere';

interface SearchRequest {
  readonly place: SearchPlace;
  /** A second wish for the same place is a new one: the field takes the focus again. */
  readonly n: number;
}

export const useSearchRequest = create<{ readonly request: SearchRequest | null }>(() => ({ request: null }));

let count = 0;

export function requestSearch(place: SearchPlace): void {
  count += 1;
  useSearchRequest.setState({ request: { place, n: count } });
}

/** The search was opened: the wish is granted. */
export function takeSearchRequest(): void {
  useSearchRequest.setState({ request: null });
}
