/** Search over everything that is stored. */
import type { SearchQuery } from '#shared/domain/search/query';
import type { ChatSearch, IndexProgress, SearchPage } from '#shared/ipc/search-models';

export interface SearchRequest {
  /** null: all accounts. */
  readonly appid: string | null;
  readonly query: SearchQuery;
  /** Conversations per page. */
  readonly limit: number;
  /** `next` of the page before; null: the first page, with people, drafts and quick replies. */
  readonly before: number | null;
}

export interface SearchReads {
  everywhere(request: SearchRequest): SearchPage;
  /** Newest first, at most `limit`. */
  inConversation(appid: string, openid: string, query: SearchQuery, limit: number): ChatSearch;
  /** null: everything is indexed. */
  indexing(): IndexProgress | null;
}

export interface SearchWrites {
  /** Indexes up to `limit` messages of before this index existed, newest first; null when nothing is left. */
  indexOlder(limit: number): IndexProgress | null;
  /** Joins a little of what indexing left in pieces; false when there is nothing to join. */
  tidy(): boolean;
}
