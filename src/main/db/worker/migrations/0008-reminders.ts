export const version = 8;
export const name = 'reminders';

/** The latest reminder of each conversation's closing window, so that a restart repeats none. */
export const sql = `
CREATE TABLE reminders (
  follower_id INTEGER PRIMARY KEY REFERENCES followers(id) ON DELETE CASCADE,
  window_ends_at REAL NOT NULL,
  -- Seconds before the end.
  lead INTEGER NOT NULL
);
`;
