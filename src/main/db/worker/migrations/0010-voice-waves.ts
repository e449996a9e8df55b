export const version = 10;
export const name = 'voice-waves';

/** How loud a voice is from beginning to end, so that it is drawn without decoding it again. */
export const sql = `
CREATE TABLE voice_waves (
  media_id TEXT PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE,
  -- One byte per bar, 0 to 255.
  peaks BLOB NOT NULL,
  seconds REAL NOT NULL
) WITHOUT ROWID;
`;
