export const version = 12;
export const name = 'prepared-drafts';

/**
 * What is prepared beside the text of a draft: files and piled texts in their order, and cards half written. The files of
 * a draft are named, so that none is cleared away while it waits.
 */
export const sql = `
CREATE TABLE prepared_drafts (
  follower_id INTEGER PRIMARY KEY REFERENCES followers(id) ON DELETE CASCADE,
  content TEXT NOT NULL,
  waiting INTEGER NOT NULL
);

CREATE TABLE prepared_files (
  media_id TEXT NOT NULL,
  follower_id INTEGER NOT NULL REFERENCES prepared_drafts(follower_id) ON DELETE CASCADE,
  PRIMARY KEY (media_id, follower_id)
) WITHOUT ROWID;
CREATE INDEX prepared_files_follower ON prepared_files (follower_id);
`;
