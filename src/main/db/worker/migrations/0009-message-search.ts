export const version = 9;
export const name = 'message-search';

/**
 * What was stored before is indexed in the background, newest first: `message-search` in meta holds the highest id that still
 * has to be read and the count of what there was, as JSON; nothing there: all is indexed.
 */
export const sql = `
-- Words and marks of each message; rowid is the message's id. Positions are not kept: what is found is checked on the text.
CREATE VIRTUAL TABLE message_search USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', detail = none, prefix = '1'
);
CREATE TRIGGER messages_unsearched AFTER DELETE ON messages BEGIN
  DELETE FROM message_search WHERE rowid = old.id;
END;
CREATE INDEX conversations_drafts ON conversations (account_id, follower_id) WHERE draft IS NOT NULL;

INSERT INTO meta (key, value)
  SELECT 'message-search', json_object('rest', max(id), 'total', max(id)) FROM messages HAVING max(id) IS NOT NULL;
`;
