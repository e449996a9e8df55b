export const version = 5;
export const name = 'takeover';

/** What the website had before a server was connected, and how far taking it over or back has come. */
export const sql = `
CREATE TABLE takeovers (
  account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  content TEXT NOT NULL
);
`;
