import type { SearchReads, SearchWrites } from '../../port/search';
import { followerId } from '../lookup';
import { searchEverywhere, searchInConversation } from '../message-search/find';
import { indexOlderMessages, indexProgress } from '../message-search/index-messages';
import type { Reads, Writes } from '../repository';

/** Pages of the index that one call may write while it joins pieces. */
const TIDY_PAGES = 200;

export const reads: Reads<SearchReads> = {
  everywhere: searchEverywhere,
  inConversation(db, appid, openid, query, limit) {
    const id = followerId(db, appid, openid);
    return id === null ? { hits: [], capped: false } : searchInConversation(db, { appid, id, query, limit });
  },
  indexing: indexProgress,
};

export const writes: Writes<SearchWrites> = {
  indexOlder: indexOlderMessages,
  tidy(db) {
    const before = db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    db.run("INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)", TIDY_PAGES);
    const after = db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    // What FTS5 documents: fewer than two changes say that there was nothing left to do.
    return after - before >= 2;
  },
};
