import { useChatSearch } from '../search/chat-search-store';
import { MarkedText } from '../search/marked-text';

/** A text with what the search in this conversation looks for marked. */
export function Searched({ text }: { readonly text: string }) {
  const matcher = useChatSearch((state) => state.matcher);
  // A text that holds only one of several words was not found.
  return matcher?.matches(text) ? <MarkedText text={text} ranges={matcher.ranges(text)} /> : text;
}
